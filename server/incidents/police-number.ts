import { DomainError } from '../domain-error.ts'

export interface PoliceNumber {
  /** As the police writes it. */
  readonly number: string
  /** As it was typed. */
  readonly raw: string
}

/**
 * The case number of a police report. Sweden: authority code, K and a running number, year, `5000-K1234567-26`; small
 * letters, blanks and missing hyphens are put right (N-50). Finland: `5500/R/12345/24`.
 * @throws {DomainError} invalid `police-number`, with the field
 */
export function readPoliceNumber(raw: string, now: Date): PoliceNumber {
  const text = raw
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, '')
    .toUpperCase()
  const number = swedish(text) ?? finnish(text)
  if (!number)
    refuse('A police number looks like 5000-K1234567-26: four digits, K and a number, and the year.')
  if (yearOf(number) > now.getUTCFullYear())
    refuse('The year at the end of the police number has not come yet.')
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

function refuse(message: string): never {
  throw new DomainError('invalid', 'police-number', message, [{ path: 'policeNumber', message }])
}
