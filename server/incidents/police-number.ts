import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'

interface PoliceNumber {
  /** As the police writes it. */
  readonly number: string
  /** As it was typed. */
  readonly raw: string
}

/**
 * The case number of a police report. Sweden: authority code, K and a running number, year, `5000-K1234567-26`; small
 * letters, blanks and missing hyphens are put right (N-50). Finland: `5500/R/12345/24`.
 * @throws {DomainError} invalid `police-number`; `police-number-year` for a year that has not come in Sweden; with the
 * field
 */
export function readPoliceNumber(raw: string, now: Date): PoliceNumber {
  const text = raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, '')
    .toUpperCase()
  const number = swedish(text) ?? finnish(text)
  if (!number) {
    const form =
      'A police case number looks like 5000-K1234567-26: four digits, K and a number, and the year.'
    refuse('police-number', form)
  }
  if (yearOf(number) > Number(dayOf(now).slice(0, 4)))
    refuse('police-number-year', 'The year at the end of the police case number has not come yet.')
  return { number, raw }
}

function swedish(text: string): string | undefined {
  const [, authority, serial, year] =
    /^(\d{4})-?K-?(\d{1,7})-(\d{2})$/.exec(text) ?? shortened.exec(text) ?? []
  return authority && serial && year && `${authority}-K${serial}-${year}`
}

/** Without the last hyphen the last two digits are the year. */
const shortened = /^(\d{4})-?K-?(\d{1,7})(\d{2})$/

function finnish(text: string): string | undefined {
  return /^\d{4}\/[A-ZÅÄÖ]\/\d{1,7}\/\d{2}$/.test(text) ? text : undefined
}

function yearOf(number: string): number {
  return 2000 + Number(number.slice(-2))
}

function refuse(code: string, message: string): never {
  throw new DomainError('invalid', code, message, [{ path: 'policeNumber', message }])
}
