import { compareVersions, inherit } from '../../../profiles/catalogue/availability.ts'
import { type Availability, type CatalogueKey, type Scalar } from '../../../profiles/catalogue/notation.ts'
import { choiceWords } from '../../../profiles/editor/choice-words.ts'
import { firstKeysInside } from '../../../profiles/editor/first-keys.ts'
import { type FormField } from '../../../profiles/editor/form-field.ts'
import { removalName, type FieldFault } from '../../../profiles/editor/read-fields.ts'
import { type Referable } from '../../../profiles/editor/references.ts'
import { lacksOf, type IpadKind } from '../../../profiles/validation/check-availability.ts'
import { type Finding } from '../../../profiles/validation/finding.ts'
import { type Language } from '../../../server/organisations/organisation.ts'
import { sayIn, type Say } from '../../language.ts'
import { findingView } from '../finding-view.ts'
import { inWords } from '../words.ts'
import { faultWords } from './fault-words.ts'
import { fieldId } from './places.ts'
import { sentName } from './sent-fields.ts'

/** What the fields of a form are shown with. */
export interface FieldSurroundings {
  readonly language: Language
  readonly around: Availability
  readonly kinds: readonly IpadKind[]
  readonly total: number
  /** Those of the part; their places start at it. */
  readonly findings: readonly Finding[]
  readonly faults: readonly FieldFault[]
  readonly referables: (wanted: NonNullable<CatalogueKey['refersTo']>) => readonly Referable[]
}

interface Choice {
  readonly value: string
  readonly text: string
  readonly isChosen: boolean
}

/** A field as the page draws it, with the fields inside it. */
export function fieldView(field: FormField, surroundings: FieldSurroundings): FieldViewOf {
  const { language, findings, faults } = surroundings
  const say = sayIn(language)
  const { key, control, path } = field
  const around = inherit(surroundings.around, key)
  const id = fieldId(field.name)
  const name = String(path.at(-1))
  const here = findings.filter(({ place }) => place.path.join('.') === path.join('.'))
  const fault = faults.find(each => each.name === field.name)
  const shown = [
    ...(fault ? [{ badge: undefined, words: faultWords(fault.broken, say) }] : []),
    ...here.map(each => findingView(each, language, say)),
  ]
  const inside = { ...surroundings, around }
  const rows = field.rows.map((row, index) => ({
    ...fieldView(row, inside),
    isRow: true,
    isFirst: index === 0,
    ...rowHead(row, index, { findings, say }),
    deedName: row.name,
  }))
  const { first: fields, more } = insideGroup(field, inside)
  const hint = hintOf(key, language, say)
  return {
    id,
    name: sentName(field.name),
    path: field.name,
    label: key.title ? inWords(key.title, language) : name,
    technical: typeof path.at(-1) === 'number' ? '' : name,
    hint,
    facts: factsOf(key, around, surroundings, say),
    isRequired: key.required === true,
    findings: shown,
    isWrong: fault !== undefined || here.some(({ severity }) => severity === 'error'),
    isUnknown: field.isUnknown,
    isSet: field.isSet,
    isOpen: field.isSet || hasFindings(field, findings),
    describedBy: [hint && `${id}-hint`, shown.length > 0 && `${id}-findings`].filter(Boolean).join(' '),
    value: fault?.typed ?? field.text,
    removal: sentName(removalName(field.name)),
    size: field.bytes === undefined ? undefined : say('profile.bytes', { count: field.bytes }),
    canInsert: control === 'text' || control === 'long-text' || control === 'lines',
    choices: choicesOf(field, surroundings, say),
    lines: Math.min(14, Math.max(3, field.text.split('\n').length + 1)),
    fields,
    more,
    isMoreOpen: more.some(each => each.isSet || each.isWrong),
    rows,
    is: { [control]: true },
    isRow: false,
    isFirst: false,
    deedName: field.name,
  }
}

interface FieldViewOf {
  readonly [name: string]: unknown
  readonly id: string
  readonly path: string
  readonly label: string
  readonly technical: string
  readonly isSet: boolean
  readonly isOpen: boolean
  readonly isWrong: boolean
}

/** What stands in a group: the usual first, the rest behind one step. */
function insideGroup(field: FormField, inside: FieldSurroundings) {
  const usual = firstKeysInside(String(field.path.at(-1)), field.key.keys ?? {})
  const order = (each: FormField) => usual.indexOf(String(each.path.at(-1)))
  const there = field.fields.filter(each => isOffered(each, inside.kinds))
  const show = (each: FormField) => fieldView(each, inside)
  return {
    first: there
      .filter(each => order(each) >= 0)
      .sort((a, b) => order(a) - order(b))
      .map(show),
    more: there.filter(each => order(each) < 0).map(show),
  }
}

/** A row by its number and what stands in it; one that is filled in and has no fault is shut. */
function rowHead(
  row: FormField,
  index: number,
  { findings, say }: { readonly findings: readonly Finding[]; readonly say: Say },
) {
  const words = wordsIn(row)
  const number = say('editor.row', { number: index + 1 })
  return {
    label: words === '' ? number : `${number}: ${words.slice(0, 60)}`,
    isOpen: words === '' || hasFindings(row, findings),
    // Its words say that it is set.
    isSet: false,
  }
}

/** The first text that somebody wrote in the field or in those inside it. */
function wordsIn({ control, text, fields, rows }: FormField): string {
  if ((control === 'text' || control === 'lines') && text !== '') return text.split('\n')[0] ?? ''
  return [...fields, ...rows].map(wordsIn).find(words => words !== '') ?? ''
}

/** Whether the field is of any use: what is set, and what Apple has not taken away from every iPad there is. */
export function isOffered({ isSet, key: { removed } }: FormField, kinds: readonly IpadKind[]): boolean {
  if (isSet || removed === undefined) return true
  return kinds.some(({ facts }) => compareVersions(facts.osVersion, removed) < 0)
}

/** Whether anything was found in the field or inside it. */
const hasFindings = ({ path }: FormField, findings: readonly Finding[]): boolean =>
  findings.some(({ place }) => path.every((step, index) => place.path[index] === step))

function hintOf(key: CatalogueKey, language: Language, say: Say): string {
  const parts = [key.help === undefined ? '' : inWords(key.help, language)]
  if (key.min !== undefined && key.max !== undefined)
    parts.push(say('editor.range', { min: key.min, max: key.max }))
  else if (key.min !== undefined) parts.push(say('editor.at-least', { min: key.min }))
  else if (key.max !== undefined) parts.push(say('editor.at-most', { max: key.max }))
  if (key.default !== undefined && key.kind !== 'boolean' && key.allowed === undefined && key.default !== '')
    parts.push(say('editor.default', { value: String(key.default) }))
  return parts.filter(part => part !== '').join(' ')
}

/** What an administrator must know of it: on which iPads it works, and on how many of ours it does not. */
function factsOf(
  key: CatalogueKey,
  around: Availability,
  { kinds, total, around: outside }: FieldSurroundings,
  say: Say,
) {
  const facts: string[] = []
  if (around.supervised === true && outside.supervised !== true) facts.push(say('editor.supervised'))
  if (key.deprecated !== undefined) facts.push(say('editor.deprecated', { version: key.deprecated }))
  if (key.removed !== undefined) facts.push(say('editor.removed', { version: key.removed }))
  const states = key.since !== undefined || key.supervised !== undefined || key.removed !== undefined
  const lacking = states ? lacksOf(around, kinds).reduce((sum, { count }) => sum + count, 0) : 0
  if (lacking > 0) facts.push(say('editor.lacking', { count: lacking, of: total }))
  return facts.join(' · ')
}

function choicesOf(field: FormField, surroundings: FieldSurroundings, say: Say): Choice[] {
  const { key, control, text, chosen } = field
  const name = String(field.path.at(-1))
  switch (control) {
    case 'switch':
      return switchChoices(key, text, say)
    case 'choice':
      return [notSet(key, name, surroundings.language, say), ...allowed(key, name, [text], surroundings)]
    case 'checks':
      return allowed(key.of ?? key, name, chosen, surroundings)
    case 'reference':
      return [
        { value: '', text: say('editor.not-set'), isChosen: text === '' },
        ...referring(key, [text], surroundings, say),
      ]
    case 'references':
      return referring(key.of ?? key, chosen, surroundings, say)
    default:
      return []
  }
}

function switchChoices(key: CatalogueKey, text: string, say: Say): Choice[] {
  const words = { true: say('editor.on'), false: say('editor.off') }
  const own = key.default === undefined ? undefined : key.default === true ? words.true : words.false
  return [
    {
      value: '',
      text: own ? say('editor.not-set-is', { value: own }) : say('editor.not-set'),
      isChosen: text === '',
    },
    { value: 'true', text: words.true, isChosen: text === 'true' },
    { value: 'false', text: words.false, isChosen: text === 'false' },
  ]
}

function notSet(key: CatalogueKey, name: string, language: Language, say: Say): Choice {
  const { default: own } = key
  if (own === undefined || own === '') return { value: '', text: say('editor.not-set'), isChosen: false }
  return {
    value: '',
    text: say('editor.not-set-is', { value: inChoiceWords(name, own, language) }),
    isChosen: false,
  }
}

function inChoiceWords(name: string, value: Scalar, language: Language): string {
  const words = choiceWords(name, value)
  return words === undefined ? String(value) : inWords(words, language)
}

function allowed(
  { allowed: values = [] }: CatalogueKey,
  name: string,
  chosen: readonly string[],
  { language }: FieldSurroundings,
): Choice[] {
  const known = values.map(value => ({
    value: String(value),
    text: inChoiceWords(name, value, language),
    isChosen: chosen.includes(String(value)),
  }))
  return [...known, ...strangers(chosen, known)]
}

/** What stands there although it is none of the choices. */
const strangers = (chosen: readonly string[], known: readonly Choice[]): Choice[] =>
  chosen
    .filter(each => each !== '' && !known.some(({ value }) => value === each))
    .map(each => ({ value: each, text: each, isChosen: true }))

function referring(
  { refersTo }: CatalogueKey,
  chosen: readonly string[],
  { referables, language }: FieldSurroundings,
  say: Say,
): Choice[] {
  if (refersTo === undefined) return []
  const same = (uuid: string) => chosen.find(each => each.toUpperCase() === uuid.toUpperCase())
  const known = referables(refersTo).map(({ uuid, name, title }) => ({
    // As it was written, so that a form which is only looked through changes nothing.
    value: same(uuid) ?? uuid,
    text: [inWords(title, language), name]
      .filter((part, index, all) => part !== '' && all.indexOf(part) === index)
      .join(': '),
    isChosen: same(uuid) !== undefined,
  }))
  return [
    ...known,
    ...strangers(chosen, known).map(each => ({ ...each, text: say('editor.gone', { uuid: each.value }) })),
  ]
}
