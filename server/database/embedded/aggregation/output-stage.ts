import { atLocation, failedToParse } from '../errors.ts'
import { typeName } from '../query/type-alias.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type StageCall } from './stage.ts'

const whenMatchedChoices = ['merge', 'replace', 'keepExisting', 'fail'] as const
const whenNotMatchedChoices = ['insert', 'discard', 'fail'] as const

type WhenMatched = (typeof whenMatchedChoices)[number]
type WhenNotMatched = (typeof whenNotMatchedChoices)[number]

/** What is to be done with a pipeline's result instead of answering with it. `database` is undefined for the own one. */
export type OutputStage =
  | { readonly kind: 'out'; readonly database: string | undefined; readonly collection: string }
  | {
      readonly kind: 'merge'
      readonly database: string | undefined
      readonly collection: string
      /** The fields that tell whether a document is there already. */
      readonly on: readonly string[]
      /** A pipeline sees the existing document, and the new one as `$$new`. */
      readonly whenMatched: WhenMatched | readonly Value[]
      readonly whenNotMatched: WhenNotMatched
      /** `let` of a pipeline: expressions over the new document. */
      readonly variables: Document
    }

export const isOutputStage = (name: string) => name === '$out' || name === '$merge'

/** Checks `$out` or `$merge`. */
export function parseOutputStage({ name, argument }: StageCall): OutputStage {
  return name === '$out' ? parseOut(argument) : parseMerge(argument)
}

function target(value: Value | undefined, keys: readonly [string, string], stage: string) {
  if (typeof value === 'string') return { database: undefined, collection: value }
  const [database, collection] = isDocument(value) ? keys.map(key => value.get(key)) : []
  if (typeof collection !== 'string')
    throw atLocation(
      16990,
      `${stage} only supports a string or object argument, not ${value === undefined ? 'missing' : typeName(value)}`,
    )
  return { database: typeof database === 'string' ? database : undefined, collection }
}

const parseOut = (argument: Value): OutputStage => ({
  kind: 'out',
  ...target(argument, ['db', 'coll'], '$out'),
})

function parseMerge(argument: Value): OutputStage {
  const given: Document = isDocument(argument) ? argument : new Map([['into', argument]])
  for (const key of given.keys()) {
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(key))
      throw atLocation(40415, `BSON field '$merge.${key}' is an unknown field.`)
  }
  const on = given.get('on') ?? '_id'
  const fields = Array.isArray(on) ? on : [on]
  if (!fields.every(field => typeof field === 'string') || fields.length === 0)
    throw atLocation(51186, "$merge 'on' field must be either a string or an array of strings")
  const matched = given.get('whenMatched') ?? 'merge'
  const variables = given.get('let')
  return {
    kind: 'merge',
    ...target(given.get('into'), ['db', 'coll'], '$merge'),
    on: fields,
    whenMatched: Array.isArray(matched) ? matched : choice(whenMatchedChoices, matched, 'whenMatched'),
    whenNotMatched: choice(whenNotMatchedChoices, given.get('whenNotMatched') ?? 'insert', 'whenNotMatched'),
    variables: isDocument(variables) ? variables : new Map<string, Value>(),
  }
}

function choice<Choice extends string>(choices: readonly Choice[], value: Value, key: string): Choice {
  const chosen = choices.find(known => known === value)
  if (chosen === undefined)
    throw failedToParse(`Enumeration value for field '$merge.${key}' is not a valid value.`)
  return chosen
}
