import { item, type CatalogueKey, type Keys } from '../catalogue/notation.ts'
import {
  isDictionary,
  isList,
  WholeReal,
  type PlistDictionary,
  type PlistValue,
} from '../plist/plist-value.ts'
import { controlFor, type Control } from './control.ts'
import { fieldName, type FieldPath } from './field-path.ts'
import { type FormField, type Moments } from './form-field.ts'
import { xmlOf } from './xml-fragment.ts'

export interface Described {
  readonly keys?: Keys | undefined
  readonly others?: CatalogueKey | undefined
}

/**
 * A field for every key that the catalogue has, and one for each further key that stands in `dictionary`, which is
 * masked.
 */
export function fieldsOf(
  dictionary: PlistDictionary,
  { keys = {}, others }: Described,
  moments: Moments,
  path: FieldPath = [],
): FormField[] {
  const known = Object.entries(keys).map(([name, key]) =>
    fieldOf(key, valueIn(dictionary, name), moments, [...path, name]),
  )
  const further = Object.keys(dictionary)
    .filter(name => !Object.hasOwn(keys, name))
    .map(name => ({
      ...fieldOf(others ?? item('any'), valueIn(dictionary, name), moments, [...path, name]),
      isUnknown: others === undefined,
    }))
  return [...known, ...further]
}

export const valueIn = (dictionary: PlistDictionary, name: string): PlistValue | undefined =>
  Object.hasOwn(dictionary, name) ? dictionary[name] : undefined

function fieldOf(
  key: CatalogueKey,
  value: PlistValue | undefined,
  moments: Moments,
  path: FieldPath,
): FormField {
  const control = controlFor(key, value)
  return {
    name: fieldName(path),
    path,
    key,
    control,
    isSet: value !== undefined,
    isUnknown: false,
    text: textIn(control, value, moments),
    chosen: isList(value) && (control === 'checks' || control === 'references') ? value.map(String) : [],
    ...(value instanceof Uint8Array && { bytes: value.length }),
    fields: control === 'group' ? fieldsOf(isDictionary(value) ? value : {}, key, moments, path) : [],
    rows: control === 'rows' && isList(value) ? rowsOf(key, value, moments, path) : [],
  }
}

const rowsOf = (
  key: CatalogueKey,
  items: readonly PlistValue[],
  moments: Moments,
  path: FieldPath,
): FormField[] => items.map((each, index) => fieldOf(key.of ?? item('any'), each, moments, [...path, index]))

function textIn(control: Control, value: PlistValue | undefined, moments: Moments): string {
  if (value === undefined) return ''
  switch (control) {
    case 'secret':
    case 'secret-file':
    case 'file':
    case 'group':
    case 'rows':
    case 'checks':
    case 'references':
      return ''
    case 'xml':
      return xmlOf(value)
    case 'lines':
      return isList(value) ? value.map(String).join('\n') : plain(value)
    case 'moment':
      return value instanceof Date ? moments.show(value) : plain(value)
    default:
      return plain(value)
  }
}

/** Of a single value; controls that show others have words of their own. */
const plain = (value: PlistValue): string => {
  const alone = value instanceof WholeReal ? value.value : value
  return typeof alone === 'object' ? '' : String(alone)
}
