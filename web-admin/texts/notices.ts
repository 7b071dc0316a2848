import { type Text } from './texts.ts'

export const noticeTexts = {
  'notices.title': { sv: 'Notiser', en: 'Notifications' },
  'notices.lead': {
    sv: 'Det som väntar på dig. En notis försvinner automatiskt när saken är klar.',
    en: 'What is waiting for you. A notification disappears automatically when the matter is settled.',
  },
  'notice.command': { sv: '”{name}”', en: '“{name}”' },
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
  'notices.mail': { sv: 'Notiser med e-post', en: 'Notifications by e-mail' },
  'notices.mail.lead': {
    sv: 'Du får ett mejl med allt nytt på en gång, aldrig ett för varje sak. Mejlen nämner ingen låntagare.',
    en: 'You get one e-mail with everything that is new, never one for each thing. The e-mails never name a borrower.',
  },
  'notices.mail.unset': {
    sv: 'Örnkoll kan inte skicka e-post ännu. Den som driver servern ställer in det.',
    en: 'Örnkoll cannot send e-mail yet. The person who runs the server can set it up.',
  },
  'notices.mail.nothing': {
    sv: 'Din roll får inga notiser.',
    en: 'Your role gets no notifications.',
  },
  'notices.rhythm.never': { sv: 'Ingen e-post', en: 'No e-mail' },
  'notices.rhythm.at-once': { sv: 'Direkt', en: 'Immediately' },
  'notices.rhythm.daily': { sv: 'En gång om dagen, på morgonen', en: 'Once a day, in the morning' },
  'said.notices-mail': { sv: 'Dina val är sparade.', en: 'Your choices have been saved.' },
  'audit.did.notices.choose-mail': {
    sv: 'Valde vilka notiser som skickas med e-post',
    en: 'Chose which notifications are e-mailed',
  },
  'notices.of.approval': { sv: 'Beslut', en: 'Decisions' },
  'notices.of.answer': { sv: 'Svar på det du har bett om', en: 'Answers to what you asked for' },
  'notices.of.case': { sv: 'Ärenden', en: 'Cases' },
  'notices.of.rollout': { sv: 'Utrullningar som väntar på någon', en: 'Roll-outs waiting for somebody' },
  'notices.of.certificate': { sv: 'Certifikat', en: 'Certificates' },
  'notices.of.command': { sv: 'Kommandon som misslyckades', en: 'Commands that failed' },
  'notices.of.overdue': { sv: 'Försenade lån', en: 'Overdue loans' },
  'notices.of.webhook': { sv: 'Webhooks som inte tar emot', en: 'Webhooks that accept nothing' },
  'notices.of.apps': { sv: 'iPads med avvikande appar', en: 'iPads with differing apps' },
  'notices.of.silent': { sv: 'iPads utan kontakt', en: 'iPads without contact' },
} as const satisfies Record<string, Text>
