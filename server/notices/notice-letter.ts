import { DateTime } from 'luxon'
import { type Approval } from '../approvals/approval.ts'
import { type Language } from '../organisations/organisation.ts'
import { type Notice } from './notice.ts'
import { noticeWords } from './notice-words.ts'

type Words = Readonly<Record<Language, string>>

const subjects: Readonly<Record<Language, (count: number) => string>> = {
  sv: count => (count === 1 ? 'Örnkoll: en sak väntar på dig' : `Örnkoll: ${count} saker väntar på dig`),
  en: count =>
    count === 1 ? 'Örnkoll: one thing is waiting for you' : `Örnkoll: ${count} things are waiting for you`,
}
const openings: Readonly<Record<Language, (organisation: string) => string>> = {
  sv: organisation => `Hej! Det här väntar på dig i Örnkoll för ${organisation}.`,
  en: organisation => `Hello! This is waiting for you in Örnkoll at ${organisation}.`,
}
const closings: Words = {
  sv: 'Örnkoll skickar det här automatiskt och läser inga svar. Välj vad du får e-post om:',
  en: 'Örnkoll sends this by itself and takes no answers. Choose what you get e-mail about:',
}

/** What a request asks for, where its label alone does not say so; `{label}` is the label. */
const approvals: Readonly<Record<string, Words>> = {
  wipe: { sv: 'radera iPaden i ärende {label}', en: 'wipe the iPad in case {label}' },
  'roll-out': { sv: 'stor utrullning av {label}', en: 'large roll-out of {label}' },
  'bulk-action': { sv: 'en massåtgärd på flera iPads ({label})', en: 'a job on several iPads ({label})' },
  disposal: {
    sv: 'utrangera eller överlåta iPads ({label})',
    en: 'retire or transfer iPads ({label})',
  },
}

/** The language as dates are written in it. */
const locales: Words = { sv: 'sv', en: 'en-GB' }
const aCommand: Words = { sv: 'ett kommando', en: 'a command' }

/**
 * Everything that waits as one letter. It names no borrower and quotes nobody, for mail is read on many screens; the
 * links lead to pages that ask who it is.
 */
export function noticeLetter(
  fresh: readonly (Notice & { readonly href: string })[],
  { organisation, language, publicUrl }: NoticeReader,
): { subject: string; text: string } {
  const naming = {
    approval: ({ kind, subject: { label } }: Approval) =>
      (approvals[kind]?.[language] ?? '{label}').replace('{label}', () => label),
    day: (on: string) => DateTime.fromISO(on).setLocale(locales[language]).toFormat('d LLL yyyy'),
    command: () => aCommand[language],
  }
  const lines = fresh.map(one => `${noticeWords(one, language, naming)}\n${publicUrl}${one.href}\n`)
  const end = `${closings[language]}\n${publicUrl}/notifications/mail\n`
  return {
    subject: subjects[language](fresh.length),
    text: [`${openings[language](organisation)}\n`, ...lines, end].join('\n'),
  }
}

interface NoticeReader {
  readonly organisation: string
  readonly language: Language
  readonly publicUrl: string
}
