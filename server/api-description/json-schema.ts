import { formOfString } from './string-form.ts'
import { type Described, type JsonSchema, UnknownSchema } from './schema-form.ts'

/** What Joi says of a schema that does not change what is accepted, or is read where it matters. */
const known = {
  any: [],
  boolean: [],
  date: [],
  string: ['rules'],
  number: ['rules'],
  array: ['rules', 'items'],
  object: ['keys', 'dependencies'],
  alternatives: ['matches'],
} as const satisfies Record<string, readonly string[]>
const always = ['type', 'flags', 'allow', 'preferences', 'metas', 'notes', 'examples']
const knownFlags = ['presence', 'only', 'default', 'unknown', 'format', 'single', 'description', 'label']

/**
 * The JSON Schema (2020-12) of what a Joi schema accepts, from its `describe()`. Where Joi is stricter than words of
 * JSON Schema can say, the result is wider; a `format` is a hint.
 * @throws {UnknownSchema} when Joi says something that this does not understand: nothing is left out in silence
 */
export function jsonSchemaOf(described: Described): JsonSchema {
  mustBeKnown(described)
  const { flags = {}, allow = [] } = described
  const description = flags['description']
  return {
    ...(flags['only'] === true ? choiceOf(allow) : withExtras(bareForm(described), allow)),
    ...(isPlain(flags['default']) && { default: flags['default'] }),
    ...(typeof description === 'string' && { description }),
  }
}

/** Whether the caller has to give it. */
export function isRequired({ flags }: Described): boolean {
  return flags?.['presence'] === 'required'
}

function mustBeKnown({ type, flags = {}, ...rest }: Described): void {
  const words: readonly string[] | undefined = (known as Record<string, readonly string[]>)[type]
  if (!words) throw new UnknownSchema(`the type ${type}`)
  for (const word of Object.keys(rest))
    if (!always.includes(word) && !words.includes(word)) throw new UnknownSchema(`${type} with ${word}`)
  for (const [flag, value] of Object.entries(flags)) {
    const forbidden = flag === 'presence' && value === 'forbidden'
    if (forbidden || !knownFlags.includes(flag)) throw new UnknownSchema(`${type} with the flag ${flag}`)
  }
}

function bareForm(described: Described): JsonSchema {
  switch (described.type) {
    case 'string':
      return formOfString(described.rules ?? [])
    case 'number':
      return formOfNumber(described)
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date-time' }
    case 'array':
      return formOfArray(described)
    case 'object':
      return formOfObject(described)
    case 'alternatives':
      return { anyOf: (described.matches ?? []).flatMap(choicesOf).map(jsonSchemaOf) }
    default:
      return {}
  }
}

function formOfNumber({ rules = [] }: Described): JsonSchema {
  const form: Record<string, unknown> = { type: 'number' }
  for (const { name, args } of rules) {
    if (name === 'integer') form['type'] = 'integer'
    else if (name === 'min') form['minimum'] = args?.['limit']
    else if (name === 'max') form['maximum'] = args?.['limit']
    else throw new UnknownSchema(`number with ${name}`)
  }
  return form
}

function formOfArray({ rules = [], items = [] }: Described): JsonSchema {
  const [first, ...others] = items.map(jsonSchemaOf)
  const form: Record<string, unknown> = { type: 'array' }
  if (first) form['items'] = others.length === 0 ? first : { anyOf: [first, ...others] }
  for (const { name, args } of rules) {
    if (name === 'min') form['minItems'] = args?.['limit']
    else if (name === 'max') form['maxItems'] = args?.['limit']
    else if (name === 'unique') form['uniqueItems'] = true
    else throw new UnknownSchema(`array with ${name}`)
  }
  return form
}

function formOfObject({ keys, flags = {}, preferences = {}, dependencies = [] }: Described): JsonSchema {
  const properties = Object.entries(keys ?? {})
  const required = properties.filter(([, each]) => isRequired(each)).map(([name]) => name)
  const isOpen = !keys || flags['unknown'] === true || preferences['stripUnknown'] !== undefined
  return {
    type: 'object',
    ...(keys && {
      properties: Object.fromEntries(properties.map(([name, each]) => [name, jsonSchemaOf(each)])),
    }),
    ...(required.length > 0 && { required }),
    ...(!isOpen && { additionalProperties: false }),
    ...together(dependencies),
  }
}

/** Which keys go with which: at least one, exactly one, or all of them. */
function together(dependencies: NonNullable<Described['dependencies']>): JsonSchema {
  const forms = dependencies.map(({ rel, peers }): JsonSchema => {
    const each = peers.map(peer => ({ required: [peer] }))
    if (rel === 'or') return { anyOf: each }
    if (rel === 'xor') return { oneOf: each }
    if (rel === 'and')
      return {
        dependentRequired: Object.fromEntries(peers.map(peer => [peer, peers.filter(one => one !== peer)])),
      }
    throw new UnknownSchema(`object with ${rel}`)
  })
  const [only, ...more] = forms
  if (!only) return {}
  return more.length === 0 ? only : { allOf: forms }
}

function choicesOf(match: NonNullable<Described['matches']>[number]): Described[] {
  if (match.schema) return [match.schema]
  if (match.then && match.otherwise && !match.switch) return [match.then, match.otherwise]
  throw new UnknownSchema(`alternatives with ${Object.keys(match).join(', ')}`)
}

function choiceOf(values: readonly unknown[]): JsonSchema {
  if (!values.every(value => value === null || isPlain(value)))
    throw new UnknownSchema('a value that is not plain')
  return values.length === 1 ? { const: values[0] } : { enum: values }
}

/** The form, or one of the values that are let through whatever the rest says. */
function withExtras(form: JsonSchema, allow: readonly unknown[]): JsonSchema {
  if (allow.length === 0) return form
  return { anyOf: [form, choiceOf(allow)] }
}

/** Joi describes a default that is worked out as an object of its own; such a one cannot be written down. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return !('special' in value) && !('function' in value)
  return value !== undefined && typeof value !== 'function'
}
