import { type CatalogueKey, type Keys, type Words } from '../../profiles/catalogue/notation.ts'
import { isDictionary, isList, type PlistValue } from '../../profiles/plist/plist-value.ts'
import { mask } from '../../profiles/secrets.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { dayAndTime } from '../dates.ts'
import { sayIn } from '../language.ts'

type Path = readonly (string | number)[]

/** Of a pair of words, the one in the reader's language. */
export const inWords = ([sv, en]: Words, language: Language): string => (language === 'sv' ? sv : en)

/** The way down to a value in the catalogue's titles, 'Wi-Fi › Password'; a key it does not know stands as it is. */
export function pathWords(keys: Keys | undefined, path: Path, language: Language): string {
  const words: string[] = []
  let within: { keys?: Keys | undefined; of?: CatalogueKey | undefined } = { keys }
  for (const step of path) {
    if (typeof step === 'number') {
      words.push(String(step + 1))
      within = within.of ?? {}
      continue
    }
    const key: CatalogueKey | undefined = keyIn(within.keys, step)
    words.push(key?.title === undefined ? step : inWords(key.title, language))
    within = key ?? {}
  }
  return words.join(' › ')
}

const keyIn = (keys: Keys | undefined, name: string): CatalogueKey | undefined =>
  keys !== undefined && Object.hasOwn(keys, name) ? keys[name] : undefined

interface ShownValue {
  readonly path: Path
  readonly value: string
  /** Masked: it is there, and is shown to nobody. */
  readonly isHidden: boolean
}

/** Every single value inside, with the way down to it; short lists of plain values stand on one line. */
export function valuesIn(value: PlistValue, language: Language, path: Path = []): ShownValue[] {
  if (isDictionary(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([name, each]) => valuesIn(each, language, [...path, name]))
  if (isList(value) && value.some(each => isDictionary(each) || isList(each)))
    return value.flatMap((each, index) => valuesIn(each, language, [...path, index]))
  return [{ path, value: textOf(value, language), isHidden: value === mask }]
}

/** A plain value as people read it. */
function textOf(value: PlistValue, language: Language): string {
  const say = sayIn(language)
  if (value === mask) return say('profile.hidden')
  if (value === true) return say('profile.yes')
  if (value === false) return say('profile.no')
  if (value instanceof Uint8Array) return say('profile.bytes', { count: value.length })
  if (value instanceof Date) return dayAndTime(value, language)
  if (isList(value)) return value.length === 0 ? '–' : value.map(each => textOf(each, language)).join(', ')
  return isDictionary(value) || value === '' ? '–' : String(value)
}
