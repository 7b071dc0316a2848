import { type Request } from '@hapi/hapi'
import { type Language } from '../server/organisations/organisation.ts'
import { texts, type TextKey } from './texts/texts.ts'

/** Words of the catalogue in one language. `values` fill the `{names}`; `{count}` also chooses `key.one` for 1. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

function fill(text: string, values: Readonly<Record<string, string | number>>, language: Language): string {
  // Parts of a whole are written with a comma in Swedish.
  const written = (value: string | number) =>
    typeof value === 'number' && language === 'sv' ? String(value).replace('.', ',') : String(value)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => written(values[name] ?? whole))
}

/** The catalogue in `language`. */
export function sayIn(language: Language): Say {
  return (key, values = {}) => {
    const one = `${key}.one`
    const chosen = values['count'] === 1 && isText(one) ? one : key
    return fill(texts[chosen][language], values, language)
  }
}

/** Whether `key` stands in the catalogue; for words chosen by a code that comes from elsewhere. */
export function isText(key: string): key is TextKey {
  return Object.hasOwn(texts, key)
}

/** A cookie of the browser; undefined also for a request that was refused before its cookies were read. */
export function cookieOf(request: Pick<Request, 'state'>, name: string): unknown {
  const state = request.state as Readonly<Record<string, unknown>> | null
  return state?.[name]
}

/** The language chosen on this browser, else the one it asks for, else Swedish. */
export function languageOf(request: Pick<Request, 'state' | 'headers'>): Language {
  const chosen = cookieOf(request, 'language')
  if (chosen === 'sv' || chosen === 'en') return chosen
  const asked: unknown = request.headers['accept-language']
  const first = typeof asked === 'string' ? /\b(sv|en)\b/i.exec(asked)?.[1]?.toLowerCase() : undefined
  return first === 'en' ? 'en' : 'sv'
}
