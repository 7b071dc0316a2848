import { atLocation } from '../../errors.ts'
import { typeName } from '../../query/type-alias.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { compareText } from '../../values/order.ts'
import { BsonSymbol, type Value } from '../../values/value.ts'
import { any, isNothing, type MaybeValue, named, one, several, two } from './arguments.ts'
import { wholeNumber } from './arrays.ts'
import { textOfValue } from './conversion.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

function stringOf(name: string, value: MaybeValue, code: number): string {
  if (typeof value === 'string') return value
  if (value instanceof BsonSymbol) return value.text
  throw atLocation(
    code,
    `${name} requires a string argument, found: ${value === undefined ? 'missing' : typeName(value)}`,
  )
}

/** What an operator on words takes for text: nothing is empty, numbers and dates are written out. */
function written(name: string, value: MaybeValue): string {
  if (isNothing(value)) return ''
  if (typeof value === 'string') return value
  if (isNumber(value) || value instanceof Date) return textOfValue(value)
  return stringOf(name, value, 16007)
}

const characters = (text: string) => Array.from(text)

function substringOfCharacters([input, from, count]: readonly MaybeValue[]): Value {
  const text = characters(written('$substrCP', input))
  const [start, length] = [wholeNumber('$substrCP', from, 34450), wholeNumber('$substrCP', count, 34452)]
  if (start < 0) throw atLocation(34455, '$substrCP: the starting index must be a nonnegative integer.')
  if (length < 0) throw atLocation(34454, '$substrCP: length must be a nonnegative integer.')
  return text.slice(start, start + length).join('')
}

function substringOfBytes([input, from, count]: readonly MaybeValue[]): Value {
  const bytes = Buffer.from(written('$substrBytes', input), 'utf8')
  const start = from !== undefined && isNumber(from) ? asNumber(from) : 0
  const length = count !== undefined && isNumber(count) ? asNumber(count) : -1
  if (start < 0) return ''
  const end = length < 0 ? bytes.length : start + length
  const isContinuation = (index: number) => ((bytes[index] ?? 0) & 0xc0) === 0x80
  if (isContinuation(start))
    throw atLocation(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.')
  if (isContinuation(end))
    throw atLocation(
      28657,
      '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.',
    )
  return bytes.toString('utf8', start, end)
}

const blank = [
  '\0',
  ' ',
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  '\u00a0',
  '\u1680',
  ...Array.from({ length: 11 }, (_, i) => String.fromCharCode(0x2000 + i)),
]

const trimming = (
  name: string,
  sides: { readonly left: boolean; readonly right: boolean },
): CompileOperator =>
  named(name, { required: ['input'], optional: ['chars'] }, (given, has) => {
    const input = given('input')
    const chars = given('chars')
    if (isNothing(input) || (has('chars') && isNothing(chars))) return null
    const text = characters(stringOf(name, input, 50699))
    const unwanted = has('chars') ? characters(stringOf(name, chars, 50700)) : blank
    const kept = (character: string) => !unwanted.includes(character)
    const first = text.findIndex(kept)
    if (first < 0) return ''
    return text
      .slice(sides.left ? first : 0, sides.right ? text.findLastIndex(kept) + 1 : text.length)
      .join('')
  })

/** The place of a text in units of characters or bytes, or -1. */
function indexIn(
  name: string,
  units: (text: string) => ArrayLike<unknown>,
  [input, wanted, from, to]: readonly MaybeValue[],
): Value {
  if (isNothing(input)) return null
  const [text, part] = [units(stringOf(name, input, 40091)), units(stringOf(name, wanted, 40092))]
  const start = from === undefined ? 0 : wholeNumber(name, from, 40096)
  const end = to === undefined ? text.length : Math.min(text.length, wholeNumber(name, to, 40096))
  const standsAt = (index: number) =>
    Array.from({ length: part.length }, (_, i) => i).every(i => text[index + i] === part[i])
  for (let index = start; index + part.length <= end; index++) if (standsAt(index)) return index
  return -1
}

const replacing = (
  name: string,
  replace: (text: string, find: string, replacement: string) => string,
): CompileOperator =>
  named(name, { required: ['input', 'find', 'replacement'] }, given => {
    const parts = ['input', 'find', 'replacement'].map(given)
    if (parts.some(isNothing)) return null
    const [text = '', find = '', replacement = ''] = parts.map(part => stringOf(name, part, 51746))
    return replace(text, find, replacement)
  })

export const text: OperatorTable = {
  $concat: any('$concat', values =>
    values.some(isNothing) ? null : values.map(value => stringOf('$concat', value, 16702)).join(''),
  ),
  // Letters beyond ASCII stay as they are, on the server too.
  $toLower: one('$toLower', value =>
    written('$toLower', value).replace(/[A-Z]+/g, letters => letters.toLowerCase()),
  ),
  $toUpper: one('$toUpper', value =>
    written('$toUpper', value).replace(/[a-z]+/g, letters => letters.toUpperCase()),
  ),
  $strcasecmp: two('$strcasecmp', (a, b) =>
    Math.sign(compareText(written('$strcasecmp', a).toUpperCase(), written('$strcasecmp', b).toUpperCase())),
  ),
  $strLenCP: one('$strLenCP', value => characters(stringOf('$strLenCP', value, 34471)).length),
  $strLenBytes: one('$strLenBytes', value =>
    Buffer.byteLength(stringOf('$strLenBytes', value, 34473), 'utf8'),
  ),
  $substr: several('$substr', [3, 3], substringOfBytes),
  $substrBytes: several('$substrBytes', [3, 3], substringOfBytes),
  $substrCP: several('$substrCP', [3, 3], substringOfCharacters),
  $split: two('$split', (input, separator) => {
    if (isNothing(input) || isNothing(separator)) return null
    const by = stringOf('$split', separator, 40086)
    if (by === '') throw atLocation(40087, '$split requires a non-empty separator')
    return stringOf('$split', input, 40085).split(by)
  }),
  $trim: trimming('$trim', { left: true, right: true }),
  $ltrim: trimming('$ltrim', { left: true, right: false }),
  $rtrim: trimming('$rtrim', { left: false, right: true }),
  $indexOfCP: several('$indexOfCP', [2, 4], values => indexIn('$indexOfCP', characters, values)),
  $indexOfBytes: several('$indexOfBytes', [2, 4], values =>
    indexIn('$indexOfBytes', part => Buffer.from(part, 'utf8'), values),
  ),
  $replaceOne: replacing('$replaceOne', (input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replacing('$replaceAll', (input, find, replacement) =>
    input.replaceAll(find, () => replacement),
  ),
}
