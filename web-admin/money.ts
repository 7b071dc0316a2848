import { type Language } from '../server/organisations/organisation.ts'

const locales: Record<Language, string> = { sv: 'sv-SE', en: 'en-GB' }

/**
 * An amount as people read it: `1 234,50 kr` in Swedish, `1,234.50 kr` in English. Spaces do not break.
 * @param ore integer öre; negative amounts carry a real minus sign.
 */
export function kronor(ore: number, language: Language): string {
  const digits = new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(Math.abs(ore) / 100)
  return `${ore < 0 ? '\u2212' : ''}${digits}\u00a0kr`
}

/** A count with the thousands sign of the language, e.g. `1 234`. */
export function count(number: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(number)
}

/**
 * Integer öre from what a person typed: `1 234,50`, `1234.5`, `1234 kr`. Undefined when it is no amount, has more than
 * two decimals or could be read in two ways (`1.234` is refused: a thousand, or one krona and a bit?).
 */
export function oreFrom(typed: string): number | undefined {
  const bare = typed.replace(/kr\.?$/i, '').replace(/[\s\u00a0\u202f]/g, '')
  const match = /^(-?)(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!match) return undefined
  const ore = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -ore : ore
}

/** An amount as it stands in a form field: `1234,50`, without thousands sign or currency. */
export function typedKronor(ore: number): string {
  return (ore / 100).toFixed(2).replace('.', ',')
}
