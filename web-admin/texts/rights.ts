import { type Text } from './texts.ts'

export const rightsTexts = {
  'rights.link': { sv: 'Vem får göra vad', en: 'Who may do what' },
  'rights.title': { sv: 'Vem får göra vad', en: 'Who may do what' },
  'rights.lead': {
    sv: '{organisation}, {at}. Alla som arbetar här nu, och programnycklarna.',
    en: '{organisation}, {at}. Everybody who works here now, and the API keys.',
  },
  'rights.print': { sv: 'Skriv ut', en: 'Print' },
  'rights.organisation': { sv: 'Organisation', en: 'Organisation' },
  'rights.since': { sv: 'Sedan', en: 'Since' },
  'rights.given-by': { sv: 'Gavs av', en: 'Given by' },
  'rights.by': { sv: 'av {name}', en: 'by {name}' },
  'rights.last-sign-in': { sv: 'Senast inloggad', en: 'Last signed in' },
  'rights.factors': { sv: 'Utöver lösenord', en: 'In addition to a password' },
  'rights.factor.authenticator': { sv: 'Kod från app', en: 'Code from an app' },
  'rights.factor.passkey': { sv: 'Inloggningsnyckel', en: 'Passkey' },
  'rights.factor.identity-provider': { sv: 'Kommunens inloggning', en: 'Single sign-on' },
  'rights.factor.none': { sv: 'Inget', en: 'Nothing' },
  'rights.tokens': { sv: 'Programnycklar', en: 'API keys' },
  'rights.token': { sv: '{name} ({roles}, till {until})', en: '{name} ({roles}, until {until})' },
  'rights.token.only': {
    sv: '{name} ({roles}, men bara: {rights}; till {until})',
    en: '{name} ({roles}, but only: {rights}; until {until})',
  },
  'rights.rights': { sv: 'Rättigheter', en: 'Rights' },
  'rights.command-line': { sv: 'Kommandoraden', en: 'The command line' },
  'audit.did.staff.report': { sv: 'Hämtade behörighetsrapporten', en: 'Exported the access report' },
} as const satisfies Record<string, Text>
