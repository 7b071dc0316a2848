import { type Say } from '../language.ts'

type Schema = Readonly<Record<string, unknown>>

export interface FieldRow {
  /** Dotted from the outermost object; `[]` for each of a list. */
  readonly name: string
  readonly type: string
  readonly rules: string
  readonly isRequired: boolean
}

/** The named schemas of a document. */
export type Named = Readonly<Record<string, Schema>>

interface Reading {
  readonly say: Say
  readonly named: Named
}

/** How deep a table of fields goes: what lies deeper is told by the document. */
const deepest = 4

/** Every field that an object of this schema has, outermost first. */
export function fieldRows(schema: Schema, reading: Reading, path = ''): FieldRow[] {
  const real = followed(schema, reading.named)
  const required = (real['required'] ?? []) as readonly string[]
  const own = Object.entries((real['properties'] ?? {}) as Named).flatMap(([key, each]) => {
    const name = path === '' ? key : `${path}.${key}`
    const field = followed(each, reading.named)
    const row: FieldRow = {
      name,
      type: typeWords(field, reading.say),
      rules: ruleWords(field, reading.say),
      isRequired: required.includes(key),
    }
    return name.split('.').length < deepest ? [row, ...innerRows(field, reading, name)] : [row]
  })
  const seen = new Set(own.map(({ name }) => name))
  const others = choicesOf(real).flatMap(choice => fieldRows(choice, reading, path))
  return [...own, ...others.filter(({ name }) => !seen.has(name) && seen.add(name))]
}

function innerRows(field: Schema, reading: Reading, name: string): FieldRow[] {
  if (field['type'] === 'array') {
    return fieldRows(followed((field['items'] ?? {}) as Schema, reading.named), reading, `${name}[]`)
  }
  return fieldRows(field, reading, name)
}

function followed(schema: Schema, named: Named): Schema {
  const { $ref } = schema
  return typeof $ref === 'string' ? (named[$ref.split('/').at(-1) ?? ''] ?? {}) : schema
}

function choicesOf(schema: Schema): readonly Schema[] {
  return (schema['anyOf'] ?? schema['oneOf'] ?? []) as readonly Schema[]
}

const simple = ['string', 'integer', 'number', 'boolean', 'object'] as const

function typeWords(schema: Schema, say: Say): string {
  const { type, format, items } = schema
  if (format === 'date-time') return say('api.type.instant')
  if (format === 'date') return say('api.type.day')
  if (type === 'array') return say('api.type.list', { of: typeWords((items ?? {}) as Schema, say) })
  const known = simple.find(name => name === type)
  if (known) return say(`api.type.${known}`)
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return say('api.type.choice')
  const [first] = choicesOf(schema)
  return first ? typeWords(first, say) : say('api.type.any')
}

/** What a rule of the schema says with the number that stands in it. */
const limits = {
  minimum: 'api.rule.least',
  maximum: 'api.rule.most',
  maxItems: 'api.rule.items',
} as const

function ruleWords(schema: Schema, say: Say): string {
  const { minLength, maxLength, pattern } = schema
  const [first] = schema['type'] === undefined ? choicesOf(schema) : []
  const exact = minLength === maxLength ? 'api.rule.exactly' : 'api.rule.characters'
  const rules = [
    valuesOf(schema),
    typeof maxLength === 'number' ? say(exact, { limit: maxLength }) : '',
    ...Object.entries(limits).map(([name, key]) => {
      const limit = schema[name]
      return typeof limit === 'number' ? say(key, { limit }) : ''
    }),
    typeof pattern === 'string' ? pattern : '',
    'default' in schema ? say('api.rule.default', { value: JSON.stringify(schema['default']) }) : '',
    first ? ruleWords(first, say) : '',
  ]
  return rules.filter(Boolean).join('; ')
}

/** The values that are taken, where they are named; an empty text means that the field is emptied. */
function valuesOf(schema: Schema): string {
  const one = 'const' in schema ? [schema['const']] : []
  const values = (schema['enum'] ?? one) as readonly (string | number | boolean | null)[]
  return values
    .filter(value => value !== '')
    .map(String)
    .join(', ')
}

/** A body that has all required fields, as an example to begin from. */
export function exampleOf(schema: Schema, named: Named): unknown {
  const real = followed(schema, named)
  if ('const' in real) return real['const']
  if (Array.isArray(real['enum'])) return (real['enum'] as unknown[]).find(value => value !== null)
  const [first] = choicesOf(real)
  if (real['type'] === undefined && first) return exampleOf(first, named)
  switch (real['type']) {
    case 'object':
      return exampleObject(real, named)
    case 'array':
      return real['minItems'] === undefined ? [] : [exampleOf((real['items'] ?? {}) as Schema, named)]
    case 'integer':
    case 'number':
      return real['default'] ?? real['minimum'] ?? 1
    case 'boolean':
      return true
    default:
      return real['format'] === 'date-time' ? '2026-11-22T10:00:00Z' : '…'
  }
}

function exampleObject(schema: Schema, named: Named): object {
  const required = (schema['required'] ?? []) as readonly string[]
  const groups = choicesOf(schema)
  const also = (groups[0]?.['required'] ?? []) as readonly string[]
  const wanted = new Set([...required, ...also])
  const fields = Object.entries((schema['properties'] ?? {}) as Named)
  return Object.fromEntries(
    fields.filter(([name]) => wanted.has(name)).map(([name, each]) => [name, exampleOf(each, named)]),
  )
}
