type Schema = Readonly<Record<string, unknown>>

/** A value that a schema of the API's description accepts, and others that it does not, each with what is wrong. */
interface Samples {
  readonly good: unknown
  readonly broken: readonly (readonly [why: string, value: unknown])[]
}

/** For the kinds of schema that the description writes. */
export function samplesOf(schema: Schema): Samples {
  const good = goodOf(schema)
  return { good, broken: brokenOf(schema, good) }
}

function goodOf(schema: Schema): unknown {
  if ('default' in schema) return schema['default']
  if ('const' in schema) return schema['const']
  const choices = (schema['enum'] ?? schema['anyOf'] ?? schema['oneOf']) as readonly unknown[] | undefined
  if (schema['enum']) return choices?.find(value => value !== null && value !== '')
  if (schema['type'] === undefined && choices) return goodOf(choices[0] as Schema)
  switch (schema['type']) {
    case 'object':
      return goodObject(schema)
    case 'array':
      return schema['minItems'] === undefined ? [] : [goodOf((schema['items'] ?? {}) as Schema)]
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1
    case 'boolean':
      return true
    default:
      return goodText(schema)
  }
}

function goodObject(schema: Schema): object {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)
  const group = (schema['anyOf'] ?? schema['oneOf']) as readonly { required: string[] }[] | undefined
  const wanted = [...((schema['required'] ?? []) as string[]), ...(group?.[0]?.required ?? [])]
  return Object.fromEntries(
    properties.filter(([name]) => wanted.includes(name)).map(([name, each]) => [name, goodOf(each)]),
  )
}

function goodText({ format, pattern, minLength, maxLength }: Schema): string {
  if (format === 'date-time') return '2026-11-22T10:00:00Z'
  if (format === 'email') return 'prov@example.se'
  if (format === 'uri') return 'https://example.se/x'
  if (format === 'hostname') return 'example.se'
  const shortest = Math.max(Number(minLength ?? 1), 8)
  const text = 'a'.repeat(Math.min(shortest, Number(maxLength ?? shortest)))
  return typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text) ? 'example.se' : text
}

const evil = JSON.parse(
  '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
) as object
const wrongType: readonly unknown[] = [{ $ne: null }, ['a', { $gt: '' }], 12.5, null, true, '\u0000\ud800']

function brokenOf(schema: Schema, good: unknown): (readonly [string, unknown])[] {
  if (schema['type'] !== 'object') return wrongType.map(value => ['another type', value])
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>)
  const whole = good as Record<string, unknown>
  const one = (name: string, value: unknown) => ({ ...whole, [name]: value })
  return [
    ['a list for an object', [good]],
    ['a text for an object', 'text'],
    ['prototype keys', { ...whole, ...evil, ['__proto__']: 1 }],
    ['an operator', { ...whole, $where: '1' }],
    ...((schema['required'] ?? []) as string[]).map(
      name =>
        [
          `${name} is missing`,
          Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name)),
        ] as const,
    ),
    ...properties.flatMap(([name, each]) => [
      ...wrongType.map(value => [`${name} of another type`, one(name, value)] as const),
      [`${name} far too long`, one(name, tooLong(each))] as const,
    ]),
  ]
}

function tooLong(schema: Schema): unknown {
  if (schema['type'] === 'array')
    return Array.from({ length: Number(schema['maxItems'] ?? 5000) + 1 }, () => 'a')
  if (schema['type'] === 'integer' || schema['type'] === 'number') return 1e300
  return 'a'.repeat(Number(schema['maxLength'] ?? 20_000) + 1)
}
