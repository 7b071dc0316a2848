import { type CatalogueKey } from '../catalogue/notation.ts'
import {
  isDictionary,
  isList,
  WholeReal,
  type PlistDictionary,
  type PlistValue,
} from '../plist/plist-value.ts'
import { dictionaryOf } from './dictionary-of.ts'
import { valueIn } from './fields.ts'
import { type FormField, type Moments } from './form-field.ts'
import { keepSecrets } from './keep-secrets.ts'
import { type BrokenXml } from '../plist/xml-place.ts'
import { valueOfXml } from './xml-fragment.ts'

/** What a form sent under one name. */
export interface Sent {
  readonly texts: readonly string[]
  /** Of a file field, when a file was chosen. */
  readonly file?: Uint8Array
}

/** Everything that a form sent, by name. */
export type SentFields = ReadonlyMap<string, Sent>

/** A field that takes its value away when it is sent. */
export const removalName = (name: string): string => `${name}!remove`

export interface FieldFault {
  readonly name: string
  readonly typed: string
  readonly broken: BrokenXml | { readonly fault: 'no-secret' }
}

export interface ReadFields {
  readonly dictionary: PlistDictionary
  /** Pieces of XML that cannot be read; their values are as they were. */
  readonly faults: readonly FieldFault[]
}

/**
 * `before` with what was sent for `fields`, which were made from it. A field that was sent as it was shown, or not at
 * all, keeps its value to the bit. What cannot be what its key wants is kept as text, so that nobody loses what they
 * typed: validation says what is wrong with it.
 */
export function readFields(
  before: PlistDictionary,
  fields: readonly FormField[],
  sent: SentFields,
  moments: Moments,
): ReadFields {
  const faults: FieldFault[] = []
  return { dictionary: readInto(before, fields, { sent, moments, faults }), faults }
}

interface Reading {
  readonly sent: SentFields
  readonly moments: Moments
  readonly faults: FieldFault[]
}

function readInto(before: PlistDictionary, fields: readonly FormField[], reading: Reading): PlistDictionary {
  const after = new Map(Object.entries(before))
  for (const field of fields) {
    const name = String(field.path.at(-1))
    const value = readField(field, valueIn(before, name), reading)
    if (value === undefined) after.delete(name)
    else after.set(name, value)
  }
  return dictionaryOf(after)
}

function readField(
  field: FormField,
  before: PlistValue | undefined,
  reading: Reading,
): PlistValue | undefined {
  if (field.control === 'group') return readGroup(field, before, reading)
  if (field.control === 'rows')
    return isList(before)
      ? field.rows.map((row, index) => readField(row, before[index], reading) ?? emptyOf(row))
      : before
  const sent = reading.sent.get(field.name)
  if (reading.sent.has(removalName(field.name))) return undefined
  return sent === undefined ? before : readLeaf(field, before, sent, reading)
}

/** What an item becomes whose fields were all emptied: a row goes only when it is taken away. */
function emptyOf({ key }: FormField): PlistValue {
  if (key.kind === 'dictionary') return {}
  return key.kind === 'array' ? [] : ''
}

function readGroup(
  field: FormField,
  before: PlistValue | undefined,
  reading: Reading,
): PlistValue | undefined {
  const old = isDictionary(before) ? before : {}
  const after = readInto(old, field.fields, reading)
  if (Object.keys(after).length > 0) return after
  return before !== undefined && Object.keys(old).length === 0 ? before : undefined
}

function readLeaf(
  field: FormField,
  before: PlistValue | undefined,
  sent: Sent,
  reading: Reading,
): PlistValue | undefined {
  const typed = unified(sent.texts[0] ?? '')
  switch (field.control) {
    case 'file':
    case 'secret-file':
      return sent.file !== undefined && sent.file.length > 0 ? sent.file : before
    case 'secret':
      return typed === '' ? before : typed
    case 'checks':
    case 'references':
      return readChosen(field, before, sent)
    default:
      if (typed === unified(field.text)) return before
      return typed.trim() === '' ? undefined : readTyped(field, typed, before, reading)
  }
}

/** Browsers send every line break as two characters. */
const unified = (text: string): string => text.replace(/\r\n?/g, '\n')

function readChosen(
  { chosen, key }: FormField,
  before: PlistValue | undefined,
  sent: Sent,
): PlistValue | undefined {
  const now = [...new Set(sent.texts.filter(text => text !== ''))]
  const was = new Set(chosen)
  if (now.length === was.size && now.every(each => was.has(each))) return before
  if (now.length === 0) return undefined
  const allowed = key.of?.allowed
  if (allowed === undefined) return now
  const known = allowed.filter(each => now.includes(String(each)))
  return [...known, ...now.filter(each => !known.some(one => String(one) === each))]
}

function readTyped(
  field: FormField,
  typed: string,
  before: PlistValue | undefined,
  reading: Reading,
): PlistValue | undefined {
  const { key, control } = field
  switch (control) {
    case 'switch':
      return typed === 'true' ? true : typed === 'false' ? false : before
    case 'choice':
      return ofItsKind(key, key.allowed?.find(each => String(each) === typed) ?? typed)
    case 'number':
      return numberOf(typed, key.kind === 'real')
    case 'moment':
      return reading.moments.read(typed.trim()) ?? typed
    case 'lines':
      return linesOf(field, typed)
    case 'xml':
      return readXml(field, typed, before, reading)
    default:
      return typed
  }
}

function numberOf(typed: string, isReal: boolean): PlistValue {
  const text = typed.replace(/[\s\u00a0]/g, '').replace('−', '-')
  if (/^-?\d{1,20}$/.test(text)) {
    const number = Number(text)
    if (isReal) return new WholeReal(number)
    return Number.isSafeInteger(number) ? number : BigInt(text)
  }
  const real = text.replace(',', '.')
  if (!isReal || !/^-?\d{1,20}\.\d{1,20}$/.test(real)) return typed
  return Number.isInteger(Number(real)) ? new WholeReal(Number(real)) : Number(real)
}

/** A whole number is written as a real where Apple wants one. */
const ofItsKind = (key: CatalogueKey, value: string | number): PlistValue =>
  key.kind === 'real' && Number.isInteger(value) ? new WholeReal(Number(value)) : value

function linesOf({ key }: FormField, typed: string): PlistValue | undefined {
  const lines = typed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.length === 0) return undefined
  if (key.orList === true && lines.length === 1) return lines[0]
  return key.of?.kind === 'integer' ? lines.map(line => numberOf(line, false)) : lines
}

function readXml(
  { name, text }: FormField,
  typed: string,
  before: PlistValue | undefined,
  { faults }: Reading,
): PlistValue | undefined {
  const read = valueOfXml(typed)
  if ('broken' in read) {
    faults.push({ name, typed, broken: read.broken })
    return before
  }
  const shown = valueOfXml(text)
  const { value, lost } = keepSecrets(read.value, {
    value: before,
    shown: 'value' in shown ? shown.value : undefined,
  })
  if (lost.length === 0) return value
  faults.push({ name, typed, broken: { fault: 'no-secret' } })
  return before
}
