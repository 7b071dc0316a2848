import { type Text } from './texts.ts'

export const tokenTexts = {
  'tokens.lead': {
    sv: 'En programnyckel låter ett program använda Örnkoll utan att någon loggar in.',
    en: 'An API key lets a program use Örnkoll without anybody signing in.',
  },
  'tokens.add': { sv: 'Ny programnyckel', en: 'New API key' },
  'tokens.name': { sv: 'Vad nyckeln används till', en: 'What the key is used for' },
  'tokens.name.hint': {
    sv: 'Till exempel: etikettskrivaren i receptionen',
    en: 'For example: the label printer at the desk',
  },
  'tokens.roles': { sv: 'Vad programmet får göra', en: 'What the program may do' },
  'tokens.scopes': { sv: 'Begränsa till vissa rättigheter', en: 'Limit it to certain rights' },
  'tokens.scopes.hint': {
    sv: 'Kryssa i det som programmet behöver av det som rollerna tillåter. Utan kryss får det göra allt som rollerna tillåter.',
    en: 'Tick what the program needs of what the roles allow. With nothing ticked it may do everything that the roles allow.',
  },
  'tokens.only': { sv: 'Bara: {rights}', en: 'Only: {rights}' },
  'tokens.days': { sv: 'Giltighet i dagar', en: 'Valid for (days)' },
  'tokens.days.hint': { sv: '1 till 730', en: '1 to 730' },
  'tokens.column.name': { sv: 'Nyckel', en: 'Key' },
  'tokens.column.roles': { sv: 'Får göra', en: 'May do' },
  'tokens.column.scopes': { sv: 'Bara', en: 'Only' },
  'tokens.made': { sv: 'Skapad', en: 'Created' },
  'tokens.maker': { sv: 'Skapad av', en: 'Created by' },
  'tokens.used': { sv: 'Senast använd', en: 'Last used' },
  'tokens.unused': { sv: 'Aldrig', en: 'Never' },
  'tokens.docs': { sv: 'Om API:et', en: 'About the API' },
  'tokens.expires': { sv: 'Gäller till', en: 'Valid until' },
  'tokens.over': { sv: 'Har gått ut', en: 'Has expired' },
  'tokens.revoke': { sv: 'Återkalla', en: 'Revoke' },
  'tokens.revoke.text': {
    sv: 'Program som använder nyckeln slutar fungera direkt. Nyckeln går inte att få tillbaka.',
    en: 'Programs that use the key stop working at once. The key cannot be brought back.',
  },
  'tokens.new': { sv: 'Kopiera nyckeln nu', en: 'Copy the key now' },
  'tokens.new.text': {
    sv: 'Den visas bara den här gången. Den som har nyckeln kan göra det som står i listan.',
    en: 'It is shown only this once. Anyone who has it can do what the list says.',
  },
  'tokens.copy': { sv: 'Kopiera', en: 'Copy' },
  'tokens.copied': { sv: 'Kopierad', en: 'Copied' },
  'tokens.none.title': { sv: 'Inga programnycklar', en: 'No API keys' },
  'tokens.none.text': {
    sv: 'Skapa en när ett annat system ska hämta eller lämna uppgifter.',
    en: 'Create one when another system is to read or write.',
  },
  'said.token-revoked': { sv: 'Nyckeln fungerar inte längre.', en: 'The key no longer works.' },
  'refusal.token': { sv: 'Programnyckeln finns inte längre.', en: 'This API key no longer exists.' },
  'refusal.token-scopes': {
    sv: 'Rollerna tillåter inte allt som är ikryssat. Kryssa ur det eller välj fler roller.',
    en: 'The roles do not allow everything that is ticked. Untick it, or choose more roles.',
  },
  'refusal.token-roles': {
    sv: 'Bara en administratör kan skapa programnycklar.',
    en: 'Only an administrator can create API keys.',
  },
} as const satisfies Record<string, Text>
