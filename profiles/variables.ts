import { type Words } from './catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from './plist/plist-value.ts'

/**
 * What a profile can hold as `{{person.email}}`; it becomes a value of the person or iPad that the profile is sent to.
 */
export const variables = {
  'person.email': ['Personens e-postadress hos kommunen', "The person's mail address at the municipality"],
  'person.name': ['Personens hela namn', "The person's full name"],
  'person.givenName': ['Personens förnamn', "The person's given name"],
  'person.familyName': ['Personens efternamn', "The person's family name"],
  'person.username': ['Personens användarnamn', "The person's user name"],
  'device.tag': ['iPadens märkning', 'The tag of the iPad'],
  'device.serial': ['iPadens serienummer', 'The serial number of the iPad'],
  'device.name': ['iPadens namn', 'The name of the iPad'],
  'device.udid': ['iPadens UDID', 'The UDID of the iPad'],
  'body.name': ['Nämndens eller bolagets namn', 'The name of the committee or company'],
  'organisation.name': ['Organisationens namn', 'The name of the organisation'],
} as const satisfies Record<string, Words>

export type VariableName = keyof typeof variables

/** What is known about one iPad and its holder. Absent or empty: not known. */
export type VariableValues = Readonly<Partial<Record<VariableName, string>>>

// Blanks are part of what is found and taken off afterwards: a pattern with two greedy runs of them needs the square of
// their number of steps.
const variable = /\{\{([^{}]{0,80})\}\}/g

/** Whether a text has a variable in it. */
export const holdsVariables = (text: string): boolean => text.includes('{{') && text.search(variable) >= 0

/** The names between the braces in a text, as they are written, known or not. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(variable)].map(([, name = '']) => name.trim())

/** Whether there is a variable of that name. */
export const isVariable = (name: string): name is VariableName => Object.hasOwn(variables, name)

/** Every variable that a profile uses, once each, in the order of appearance; unknown names are left out. */
export function variablesOf(value: PlistValue): VariableName[] {
  const found = new Set<VariableName>()
  for (const text of textsIn(value)) for (const name of namesIn(text)) if (isVariable(name)) found.add(name)
  return [...found]
}

function* textsIn(value: PlistValue): Generator<string> {
  if (typeof value === 'string') yield value
  else if (isList(value)) for (const each of value) yield* textsIn(each)
  else if (isDictionary(value))
    for (const [key, each] of Object.entries(value)) if (!isName(key)) yield* textsIn(each)
}

/**
 * What a profile and its parts are known by. They are the same on every iPad, or what was installed could not be found
 * again: also in a version that was approved before that was checked.
 */
const isName = (key: string): boolean =>
  key === 'PayloadIdentifier' || key === 'PayloadType' || key === 'PayloadUUID'

type Expanded =
  | { readonly outcome: 'expanded'; readonly profile: PlistDictionary }
  /** The profile must not be sent: these are not known (R08: no profile without a municipal mail address). */
  | { readonly outcome: 'missing'; readonly missing: readonly VariableName[] }

/**
 * The profile with each variable replaced by its value, or the names of all that have none. Keys are left alone;
 * names that are no variables stay as they are (validation refuses them). Values are put in as text: one that holds
 * braces itself is not expanded again.
 */
export function expandVariables(profile: PlistDictionary, values: VariableValues): Expanded {
  const missing = variablesOf(profile).filter(name => (values[name] ?? '').trim() === '')
  if (missing.length > 0) return { outcome: 'missing', missing }
  return { outcome: 'expanded', profile: replaced(profile, values) as PlistDictionary }
}

function replaced(value: PlistValue, values: VariableValues): PlistValue {
  if (typeof value === 'string')
    return value.replace(variable, (all, between: string) => {
      const name = between.trim()
      return isVariable(name) ? (values[name] ?? all) : all
    })
  if (isList(value)) return value.map(each => replaced(each, values))
  if (!isDictionary(value)) return value
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [key, each] of Object.entries(value)) copy[key] = isName(key) ? each : replaced(each, values)
  return copy
}
