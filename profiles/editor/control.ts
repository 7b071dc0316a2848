import { type CatalogueKey } from '../catalogue/notation.ts'
import { isDictionary, isList, WholeReal, type PlistValue } from '../plist/plist-value.ts'

/** How a value is shown and changed in a form. */
export type Control =
  | 'text'
  /** Text of several lines. */
  | 'long-text'
  /** On, off or not set. */
  | 'switch'
  | 'choice'
  | 'number'
  | 'moment'
  | 'file'
  /** Never shown; empty means unchanged. */
  | 'secret'
  | 'secret-file'
  /** The UUID of another part of the profile, by choosing it. */
  | 'reference'
  | 'references'
  /** Texts or whole numbers, one on each line. */
  | 'lines'
  | 'checks'
  /** A dictionary whose keys are known. */
  | 'group'
  /** An array whose items have fields of their own. */
  | 'rows'
  /** Any value, as XML. */
  | 'xml'

/**
 * The control for a key that has this value (masked; undefined: not set). What a key's own control could not show
 * without loss is shown as XML.
 */
export function controlFor(key: CatalogueKey, value: PlistValue | undefined): Control {
  switch (key.kind) {
    case 'string':
      return controlForText(key, value)
    case 'integer':
    case 'real':
      if (!isNothingOr(value, isNumberOrText)) return 'xml'
      return key.allowed === undefined ? 'number' : 'choice'
    case 'boolean':
      return isNothingOr(value, each => typeof each === 'boolean') ? 'switch' : 'xml'
    case 'date':
      return isNothingOr(value, each => each instanceof Date || typeof each === 'string') ? 'moment' : 'xml'
    case 'data':
      if (key.secret === true) return 'secret-file'
      return isNothingOr(value, each => each instanceof Uint8Array) ? 'file' : 'xml'
    case 'array':
      return controlForList(key, value)
    case 'dictionary':
      return isNothingOr(value, isDictionary) && Object.keys(key.keys ?? {}).length > 0 ? 'group' : 'xml'
    case 'any':
      return 'xml'
  }
}

function controlForText(key: CatalogueKey, value: PlistValue | undefined): Control {
  if (key.secret === true) return 'secret'
  if (key.orList === true)
    return isNothingOr(value, each => typeof each === 'string' || isPlainLines(each)) ? 'lines' : 'xml'
  if (value !== undefined && typeof value !== 'string') return 'xml'
  if (key.refersTo !== undefined) return 'reference'
  if (key.allowed !== undefined) return 'choice'
  return value?.includes('\n') === true || value?.includes('\r') === true ? 'long-text' : 'text'
}

function controlForList(key: CatalogueKey, value: PlistValue | undefined): Control {
  const { of } = key
  if (of === undefined || !isNothingOr(value, isList)) return 'xml'
  if (of.kind === 'dictionary' || of.kind === 'array' || of.kind === 'data') return 'rows'
  if (of.kind !== 'string' && of.kind !== 'integer') return 'xml'
  if (of.refersTo !== undefined) return isNothingOr(value, isTexts) ? 'references' : 'xml'
  if (of.allowed !== undefined) return isNothingOr(value, isScalars) ? 'checks' : 'xml'
  return isNothingOr(value, isPlainLines) ? 'lines' : 'xml'
}

const isNothingOr = (value: PlistValue | undefined, fits: (value: PlistValue) => boolean): boolean =>
  value === undefined || fits(value)

const isNumberOrText = (value: PlistValue): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'string' ||
  value instanceof WholeReal

const isTexts = (value: PlistValue): boolean => isList(value) && value.every(each => typeof each === 'string')

const isScalars = (value: PlistValue): boolean =>
  isList(value) && value.every(each => typeof each === 'string' || typeof each === 'number')

/** Items that come back from lines as they went in. */
const isPlainLines = (value: PlistValue): boolean =>
  isList(value) &&
  value.every(
    each =>
      typeof each === 'number' ||
      typeof each === 'bigint' ||
      (typeof each === 'string' && each !== '' && each.trim() === each && !/[\r\n]/.test(each)),
  )
