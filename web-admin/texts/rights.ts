import { type Text } from './texts.ts'

export const rightsTexts = {
  'rights.link': { sv: 'Vem som får vad', en: 'Who may what' },
  'rights.title': { sv: 'Vem som får vad', en: 'Who may what' },
  'rights.lead': {
    sv: '{organisation}, {at}. Alla som arbetar här nu och nycklarna för program.',
    en: '{organisation}, {at}. Everybody who works here now, and the keys for programs.',
  },
  'rights.print': { sv: 'Skriv ut', en: 'Print' },
  'rights.organisation': { sv: 'Organisation', en: 'Organisation' },
  'rights.since': { sv: 'Sedan', en: 'Since' },
  'rights.given-by': { sv: 'Gavs av', en: 'Given by' },
  'rights.by': { sv: 'av {name}', en: 'by {name}' },
  'rights.last-sign-in': { sv: 'Senast inloggad', en: 'Last signed in' },
  'rights.factors': { sv: 'Utöver lösenord', en: 'Besides a password' },
  'rights.factor.authenticator': { sv: 'Kod från app', en: 'Code from an app' },
  'rights.factor.passkey': { sv: 'Nyckel i enhet', en: 'Passkey' },
  'rights.factor.identity-provider': { sv: 'Kommunens inloggning', en: 'Single sign-on' },
  'rights.factor.none': { sv: 'Inget', en: 'Nothing' },
  'rights.tokens': { sv: 'Nycklar för program', en: 'Keys for programs' },
  'rights.token': { sv: '{name} ({roles}, till {until})', en: '{name} ({roles}, until {until})' },
  'rights.rights': { sv: 'Rättigheter', en: 'Rights' },
  'rights.command-line': { sv: 'Kommandoraden', en: 'The command line' },
  'audit.did.staff.report': { sv: 'Hämtade vem som får vad', en: 'Took the report of who may what' },
} as const satisfies Record<string, Text>
