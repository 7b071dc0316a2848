import { type Text } from './texts.ts'

export const noticeTexts = {
  'notices.title': { sv: 'Notiser', en: 'Notifications' },
  'notices.lead': {
    sv: 'Det som väntar på dig. En notis försvinner av sig själv när saken är klar.',
    en: 'What is waiting for you. A notification goes away by itself when the matter is done.',
  },
  'notices.unread': { sv: 'olästa', en: 'unread' },
  'notices.waiting': { sv: 'väntar', en: 'waiting' },
  'notices.new': { sv: 'Ny', en: 'New' },
  'notices.read': { sv: 'Markera som läst', en: 'Mark as read' },
  'notices.read-all': { sv: 'Markera alla som lästa', en: 'Mark all as read' },
  'notices.none.title': { sv: 'Ingenting väntar på dig', en: 'Nothing is waiting for you' },
  'notices.none.text': {
    sv: 'Här visas beslut, ärenden, försenade lån och annat som behöver dig.',
    en: 'Decisions, cases, overdue loans and other things that need you are shown here.',
  },
  'notices.of.approval': { sv: 'Beslut', en: 'Decisions' },
  'notices.of.case': { sv: 'Ärenden', en: 'Cases' },
  'notices.of.certificate': { sv: 'Certifikat', en: 'Certificates' },
  'notices.of.command': { sv: 'Kommandon som misslyckades', en: 'Commands that failed' },
  'notices.of.overdue': { sv: 'Försenade lån', en: 'Overdue loans' },
  'notices.of.silent': { sv: 'Tysta iPads', en: 'Silent iPads' },
} as const satisfies Record<string, Text>
