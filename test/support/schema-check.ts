type Schema = Readonly<Record<string, unknown>>

/**
 * What is wrong with `value` by `schema`, as paths with words; empty when nothing is. Knows what the description of the
 * API writes for answers, and throws for what it does not know. Clients must bear further keys, so the description leaves
 * them open; here a key that is answered and not described is a fault wherever keys are described at all.
 */
export function faultsOf(value: unknown, schema: Schema, document: Schema, at = '$'): string[] {
  const {
    $ref,
    type,
    enum: values,
    required = [],
    properties = {},
    items,
    additionalProperties,
    ...rest
  } = schema
  for (const key of Object.keys(rest))
    if (!['format', 'description'].includes(key)) throw new Error(`Unknown: ${key}`)
  if (typeof $ref === 'string') return faultsOf(value, target($ref, document), document, at)
  const types = [type ?? []].flat() as string[]
  if (types.length > 0 && !types.some(each => isOf(each, value)))
    return [`${at} is not ${types.join(' or ')}`]
  if (values && !(values as unknown[]).includes(value))
    return [`${at} is not one of ${JSON.stringify(values)}`]
  if (Array.isArray(value))
    return value.flatMap((each, index) =>
      faultsOf(each, (items ?? {}) as Schema, document, `${at}[${String(index)}]`),
    )
  if (typeof value !== 'object' || value === null) return []
  const own = value as Record<string, unknown>
  const known = properties as Record<string, Schema>
  return [
    ...(required as string[]).filter(name => !(name in own)).map(name => `${at}.${name} is missing`),
    ...Object.keys(own)
      .filter(name => (additionalProperties === false || Object.keys(known).length > 0) && !(name in known))
      .map(name => `${at}.${name} is not in the description`),
    ...Object.entries(known)
      .filter(([name]) => name in own)
      .flatMap(([name, each]) => faultsOf(own[name], each, document, `${at}.${name}`)),
  ]
}

function target(reference: string, document: Schema): Schema {
  const found = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
  if (!found) throw new Error(`${reference} leads nowhere`)
  return found as Schema
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}
