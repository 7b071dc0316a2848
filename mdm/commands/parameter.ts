import { createHash } from 'node:crypto'
import { isBase64 } from '../../profiles/plist/plist-scalars.ts'
import { type PlistDictionary, type PlistValue } from '../../profiles/plist/plist-value.ts'
import { type ParameterProblem } from './command-error.ts'

/** What one key of a command may hold, in the words of a property list. In JSON, data travels as base64. */
export type Parameter = { readonly required?: true } & (
  | { readonly kind: 'string'; readonly maxLength: number; readonly oneOf?: readonly string[] }
  | {
      readonly kind: 'integer'
      readonly min: number
      readonly max: number
      readonly oneOf?: readonly number[]
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'data'; readonly maxBytes: number }
  | { readonly kind: 'strings'; readonly maxItems: number; readonly oneOf?: readonly string[] }
  | { readonly kind: 'dictionary'; readonly keys: Parameters }
  | { readonly kind: 'dictionaries'; readonly maxItems: number; readonly keys: Parameters }
  /** Anything JSON can say, as text, number, truth value, list or dictionary: an app's own configuration. */
  | { readonly kind: 'anything' }
)

export type Parameters = Readonly<Record<string, Parameter>>

/** What is wrong with `given`, key by key; empty when nothing is. Unknown keys are wrong: they are usually misspelt. */
export function problemsOf(
  parameters: Parameters,
  given: Readonly<Record<string, unknown>>,
  path = '',
): ParameterProblem[] {
  const unknown = Object.keys(given)
    .filter(key => !Object.hasOwn(parameters, key))
    .map(key => ({ path: path + key, message: 'The command has no such parameter.' }))
  const wrong = Object.entries(parameters).flatMap(([key, parameter]) => {
    const value = given[key]
    if (value !== undefined) return problemsOfValue(parameter, value, path + key)
    return parameter.required ? [{ path: path + key, message: 'This parameter is needed.' }] : []
  })
  return [...unknown, ...wrong]
}

function problemsOfValue(parameter: Parameter, value: unknown, path: string): ParameterProblem[] {
  const wrong = (message: string) => [{ path, message }]
  switch (parameter.kind) {
    case 'string':
      if (typeof value !== 'string' || value === '') return wrong('This must be a text.')
      if (value.length > parameter.maxLength) return wrong(`This may have ${parameter.maxLength} characters.`)
      return oneOf(parameter.oneOf, value, path)
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value))
        return wrong('This must be a whole number.')
      if (value < parameter.min || value > parameter.max)
        return wrong(`This must lie between ${parameter.min} and ${parameter.max}.`)
      return oneOf(parameter.oneOf, value, path)
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('This must be true or false.')
    case 'data':
      if (typeof value !== 'string' || !isBase64(value)) return wrong('This must be base64.')
      return value.length > (parameter.maxBytes / 3) * 4 + 4 ? wrong('This is too large.') : []
    case 'strings':
      return problemsOfStrings(parameter, value, path)
    case 'dictionary':
      return isObject(value)
        ? problemsOf(parameter.keys, value, `${path}.`)
        : wrong('This must be an object.')
    case 'dictionaries':
      if (!Array.isArray(value) || value.length === 0) return wrong('This must be a list.')
      if (value.length > parameter.maxItems) return wrong(`This may have ${parameter.maxItems} entries.`)
      return value.flatMap((item: unknown, index) =>
        isObject(item)
          ? problemsOf(parameter.keys, item, `${path}.${index}.`)
          : [{ path: `${path}.${index}`, message: 'This must be an object.' }],
      )
    case 'anything':
      if (!isObject(value)) return wrong('This must be an object.')
      return isDeeper(value, maxDepth) ? wrong(`This may be ${maxDepth} levels deep.`) : []
  }
}

/** Deeper than any app needs, and far below what the stack can hold. */
const maxDepth = 50

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1))
}

function problemsOfStrings(
  { maxItems, oneOf: allowed }: Extract<Parameter, { kind: 'strings' }>,
  value: unknown,
  path: string,
): ParameterProblem[] {
  if (!Array.isArray(value) || value.length > maxItems || value.some(item => typeof item !== 'string'))
    return [{ path, message: `This must be a list of at most ${maxItems} texts.` }]
  return (value as string[]).flatMap((item, index) => oneOf(allowed, item, `${path}.${index}`))
}

function oneOf<T extends string | number>(
  allowed: readonly T[] | undefined,
  value: T,
  path: string,
): ParameterProblem[] {
  if (!allowed || allowed.includes(value)) return []
  return [{ path, message: `This must be one of ${allowed.join(', ')}.` }]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Parameters as they may be shown: of data, and of what an app is set up with, only how large it is and its SHA-256,
 * since profiles and settings hold passwords and one-time secrets.
 */
export function shownParameters(
  parameters: Parameters,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const parameter = parameters[key]
      return [key, parameter ? shownValue(parameter, value) : hidden(JSON.stringify(value))]
    }),
  )
}

function shownValue(parameter: Parameter, value: unknown): unknown {
  switch (parameter.kind) {
    case 'data':
      return hidden(Buffer.from(String(value), 'base64'))
    case 'anything':
      return hidden(JSON.stringify(value))
    case 'dictionary':
      return shownParameters(parameter.keys, value as Record<string, unknown>)
    case 'dictionaries':
      return (value as Record<string, unknown>[]).map(item => shownParameters(parameter.keys, item))
    default:
      return value
  }
}

function hidden(content: string | Uint8Array): { readonly bytes: number; readonly sha256: string } {
  const bytes = Buffer.from(content)
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Checked parameters as a property list has them: base64 becomes data again. */
export function plistOf(parameters: Parameters, given: Readonly<Record<string, unknown>>): PlistDictionary {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const parameter = parameters[key]
      return parameter === undefined || value === undefined ? [] : [[key, plistValue(parameter, value)]]
    }),
  )
}

function plistValue(parameter: Parameter, value: unknown): PlistValue {
  switch (parameter.kind) {
    case 'data':
      return Buffer.from(value as string, 'base64')
    case 'dictionary':
      return plistOf(parameter.keys, value as Record<string, unknown>)
    case 'dictionaries':
      return (value as Record<string, unknown>[]).map(item => plistOf(parameter.keys, item))
    case 'anything':
      return withoutNulls(value)
    default:
      return value as PlistValue
  }
}

/** A property list has no null. */
function withoutNulls(value: unknown): PlistValue {
  if (Array.isArray(value)) return value.filter(item => item !== null).map(withoutNulls)
  if (!isObject(value)) return value as PlistValue
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}
