import { type CatalogueKey, type Kind, type Words } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistValue } from '../plist/plist-value.ts'
import { holdsVariables } from '../variables.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'
import { formWords, hasForm } from './forms.ts'

const kindWords: Readonly<Record<Kind, Words>> = {
  string: ['text', 'text'],
  integer: ['ett heltal', 'a whole number'],
  real: ['ett tal', 'a number'],
  boolean: ['på eller av', 'on or off'],
  date: ['en tidpunkt', 'a time'],
  data: ['en fil (binärdata)', 'a file (binary data)'],
  array: ['en lista', 'a list'],
  dictionary: ['en grupp av inställningar', 'a group of settings'],
  any: ['vad som helst', 'anything'],
}

/** How a value is called in words: its title with the key, or the key alone. */
export function callIt(key: Pick<CatalogueKey, 'title'>, place: Place): Words {
  const name = place.path.findLast(part => typeof part === 'string') ?? ''
  if (key.title === undefined) return [name, name]
  return [`${key.title[0]} (${name})`, `${key.title[1]} (${name})`]
}

/** Whether `value` has the kind that `key` wants, and, when it does not, says so. */
export function checkKind(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): boolean {
  const found = kindOf(value)
  if (fits(key, found, value)) return true
  const [sv, en] = callIt(key, place)
  findings.error('wrong-type', place, [
    `${sv} ska vara ${kindWords[key.kind][0]}, men är ${kindWords[found][0]}.`,
    `${en} must be ${kindWords[key.kind][1]}, but is ${kindWords[found][1]}.`,
  ])
  return false
}

function fits(key: CatalogueKey, found: Kind, value: PlistValue): boolean {
  if (key.kind === 'any' || key.kind === found) return true
  if (key.kind === 'real') return found === 'integer'
  return key.orList === true && isList(value) && value.every(each => kindOf(each) === key.kind)
}

/** What a property list says that a value is; a real without a fraction counts as a whole number. */
function kindOf(value: PlistValue): Kind {
  if (isList(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (value instanceof Uint8Array) return 'data'
  if (isDictionary(value)) return 'dictionary'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real'
  if (typeof value === 'bigint') return 'integer'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

/** Checks the list of allowed values, the range, the form and the number of items. */
export function checkFacts(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): void {
  if (typeof value === 'string' && holdsVariables(value)) return
  checkAllowed(key, value, place, findings)
  checkRange(key, value, place, findings)
  if (key.format !== undefined && typeof value === 'string' && !key.format.test(value)) {
    const [sv, en] = callIt(key, place)
    findings.error('wrong-form', place, [`${sv} har fel form.`, `${en} has the wrong form.`])
  }
  checkForm(key, value, place, findings)
  if (key.items !== undefined && isList(value)) checkCount(key, value.length, place, findings)
}

/** What is out of Apple's own range is told as that alone. */
function checkForm(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): void {
  const { form } = key
  if (form === undefined || hasForm(form, value) || isOutside(key, value)) return
  const [sv, en] = callIt(key, place)
  const [svWords, enWords] = formWords[form]
  findings.error('wrong-form', place, [`${sv} ${svWords}.`, `${en} ${enWords}.`])
}

function checkAllowed(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): void {
  if (key.allowed === undefined || (typeof value !== 'string' && typeof value !== 'number')) return
  if (key.allowed.includes(value)) return
  const [sv, en] = callIt(key, place)
  const list = key.allowed.join(', ')
  findings.error('not-allowed', place, [`${sv} kan bara vara: ${list}.`, `${en} can only be: ${list}.`])
}

function checkRange(key: CatalogueKey, value: PlistValue, place: Place, findings: Findings): void {
  if (typeof value !== 'number' && typeof value !== 'bigint') return
  const { min, max } = key
  if (!isOutside(key, value)) return
  const [sv, en] = callIt(key, place)
  const [least, most] = [min ?? '…', max ?? '…']
  findings.error('out-of-range', place, [
    `${sv} ska ligga mellan ${least} och ${most}.`,
    `${en} must be between ${least} and ${most}.`,
  ])
}

const isOutside = ({ min, max }: CatalogueKey, value: PlistValue): boolean =>
  (typeof value === 'number' || typeof value === 'bigint') &&
  ((min !== undefined && value < min) || (max !== undefined && value > max))

function checkCount(key: CatalogueKey, count: number, place: Place, findings: Findings): void {
  const [min, max] = key.items ?? [0, Infinity]
  if (count >= min && count <= max) return
  const [sv, en] = callIt(key, place)
  findings.error('wrong-count', place, [
    `${sv} ska ha ${min === max ? min : `${min}–${max}`} poster, men har ${count}.`,
    `${en} must have ${min === max ? min : `${min}–${max}`} entries, but has ${count}.`,
  ])
}
