import { type Approval } from '../approvals/approval.ts'
import { type Language } from '../organisations/organisation.ts'
import { type Notice } from './notice.ts'

type Words = Readonly<Record<Language, string>>

/** `{label}` what it is about, `{on}` a day, `{count}` how many, `{what}` a command as pages call it. */
const words: Readonly<Record<string, Words>> = {
  approval: { sv: 'Väntar på ditt beslut: {label}', en: 'Waiting for your decision: {label}' },
  'answer.approved': { sv: 'Godkänt: {label}', en: 'Approved: {label}' },
  'answer.refused': { sv: 'Avslaget: {label}', en: 'Refused: {label}' },
  'answer.expired': { sv: 'Ingen svarade i tid: {label}', en: 'Nobody answered in time: {label}' },
  'case.confirm': {
    sv: 'Ärende {label} är anmält och ska bekräftas',
    en: 'Case {label} has been reported and needs to be confirmed',
  },
  'case.escalated': {
    sv: 'Ärende {label} har lämnats till andra linjen',
    en: 'Case {label} has been handed to the second line',
  },
  'case.decide': {
    sv: 'Ärende {label} väntar på beslut om ersättning',
    en: 'Case {label} is waiting for a decision on compensation',
  },
  'case.close': { sv: 'Ärende {label} kan avslutas', en: 'Case {label} can be closed' },
  rollout: {
    sv: 'Utrullningen av {label} stoppades automatiskt: för många iPads misslyckades',
    en: 'The roll-out of {label} stopped automatically: too many iPads failed',
  },
  webhook: {
    sv: 'Webhooken till {label} tar inte emot. Det som ska dit väntar i högst 30 dagar',
    en: 'The webhook to {label} is not accepting anything. What is meant for it waits for at most 30 days',
  },
  'webhook.gone': {
    sv: 'Webhooken till {label} är avstängd: mottagaren svarade att adressen inte finns längre',
    en: 'The webhook to {label} is turned off: the receiver answered that the address no longer exists',
  },
  'webhook.secret-lost': {
    sv: 'Webhooken till {label} skickar inget: hemligheten går inte att öppna. Byt den',
    en: 'The webhook to {label} sends nothing: its secret cannot be opened. Replace it',
  },
  'rollout.held-version': {
    sv: 'Version {count} av {label} är godkänd men väntar på dig: den tar bort alla Wi-Fi-nät som den förra gav',
    en: 'Version {count} of {label} is approved and is waiting for you: it removes every Wi-Fi network that the previous one gave',
  },
  'rollout.kept': {
    sv: '{label}: en profil som inte är tilldelad längre är kvar, för iPaden skulle annars inte kunna nås eller öppnas',
    en: '{label}: a profile that is no longer assigned is kept, because the iPad could not be reached or opened without it',
  },
  'rollout.mended': {
    sv: '{label}: en profil hade försvunnit eller ändrats, och har skickats igen',
    en: '{label}: a profile had gone or had changed, and has been sent again',
  },
  'rollout.drifted': {
    sv: '{label}: en profil har försvunnit eller ändrats och väntar på dig',
    en: '{label}: a profile has gone or has changed, and is waiting for you',
  },
  'rollout.came-back': {
    sv: '{label}: en profil som togs bort har kommit tillbaka och väntar på dig',
    en: '{label}: a profile that was removed has come back, and is waiting for you',
  },
  'certificate.soon': {
    sv: 'Certifikatet för {label} går ut {on}. Förnya det, annars nås inga iPads',
    en: 'The certificate for {label} expires on {on}. Renew it, or no iPad can be reached',
  },
  'certificate.over': {
    sv: 'Certifikatet för {label} gick ut {on}. Inga iPads nås',
    en: 'The certificate for {label} expired on {on}. No iPad can be reached',
  },
  'certificate.missing': {
    sv: 'Det finns inget certifikat för {label}. Inga iPads nås',
    en: 'There is no certificate for {label}. No iPad can be reached',
  },
  'certificate.signing-soon': {
    sv: 'Certifikatet som profiler signeras med går ut {on}. Sedan signerar Örnkolls eget',
    en: 'The certificate that profiles are signed with expires on {on}. Then Örnkoll’s own signs them',
  },
  'certificate.signing-over': {
    sv: 'Certifikatet som profiler signerades med gick ut {on}. Nu signerar Örnkolls eget',
    en: 'The certificate that profiles were signed with expired on {on}. Örnkoll’s own signs them now',
  },
  command: { sv: '{label}: {what} misslyckades', en: '{label}: {what} failed' },
  overdue: { sv: '{label} skulle ha lämnats tillbaka {on}', en: '{label} was due back on {on}' },
  'apps.differ': {
    sv: '{count} iPads har andra appar än deras uppsättningar säger',
    en: '{count} iPads have other apps than their sets say',
  },
  'apps.one': {
    sv: 'En iPad har andra appar än dess uppsättningar säger',
    en: 'One iPad has other apps than its sets say',
  },
  'silent.some': {
    sv: '{count} iPads har inte hört av sig på två veckor',
    en: '{count} iPads have not been heard from for two weeks',
  },
  'silent.one': {
    sv: 'En iPad har inte hört av sig på två veckor',
    en: 'One iPad has not been heard from for two weeks',
  },
  'silent.many': {
    sv: 'Minst {count} iPads har inte hört av sig på två veckor',
    en: 'At least {count} iPads have not been heard from for two weeks',
  },
}

/** How the words name what a notice holds as data. */
interface Naming {
  /** A day, as the reader writes it. */
  readonly day: (on: string) => string
  /** What an approval would let happen. */
  readonly approval: (approval: Approval) => string
  /** A command by its request type. */
  readonly command: (requestType: string) => string
}

/** One sentence without a full stop, for the page and for mail. */
export function noticeWords(notice: Notice, language: Language, { day, approval, command }: Naming): string {
  const { kind, variant, label, on, count } = notice
  const isOne = (kind === 'silent' || kind === 'apps') && count === 1
  const found = words[isOne ? `${kind}.one` : `${kind}.${variant}`] ?? words[kind]
  const values: Readonly<Record<string, string>> = {
    label: notice.approval ? approval(notice.approval) : label,
    on: on === undefined ? '' : day(on),
    count: String(count ?? ''),
    what: kind === 'command' ? command(variant) : '',
  }
  return (found?.[language] ?? label).replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}
