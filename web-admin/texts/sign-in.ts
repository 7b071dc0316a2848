import { type Text } from './texts.ts'

export const signInTexts = {
  'sign-in.title': { sv: 'Logga in', en: 'Sign in' },
  'sign-in.lead': {
    sv: 'Utlämning, stöldskydd och kostnader för kommunens iPads.',
    en: 'Lending, theft protection and costs of the municipality’s iPads.',
  },
  'sign-in.over': {
    sv: 'Du är inte inloggad längre. Logga in igen för att fortsätta.',
    en: 'You are no longer signed in. Sign in again to go on.',
  },
  'sign-in.email': { sv: 'E-postadress', en: 'E-mail address' },
  'sign-in.password': { sv: 'Lösenord', en: 'Password' },
  'sign-in.do': { sv: 'Logga in', en: 'Sign in' },
  'sign-in.help': {
    sv: 'Har du glömt lösenordet? Er administratör kan ge dig en länk.',
    en: 'Forgotten your password? Your administrator can give you a link.',
  },
  'said.signed-out': { sv: 'Du är utloggad.', en: 'You are signed out.' },
  'refusal.wrong-password': {
    sv: 'Fel e-postadress eller lösenord.',
    en: 'Wrong e-mail address or password.',
  },
  'refusal.account-locked': {
    sv: 'För många fel lösenord eller koder. Vänta en stund och försök igen.',
    en: 'Too many wrong passwords or codes. Wait a while and try again.',
  },
  'reason.account-locked': {
    sv: 'För många fel lösenord eller koder. Vänta {count} min och försök igen.',
    en: 'Too many wrong passwords or codes. Wait {count} min and try again.',
  },
  'refusal.no-membership': {
    sv: 'Kontot hör inte längre till någon organisation. Tala med er administratör.',
    en: 'This account no longer belongs to any organisation. Talk to your administrator.',
  },
  'set-up.second-factor': {
    sv: 'Administratörer och andra linjen loggar in i två steg',
    en: 'Administrators and second line sign in in two steps',
  },
  'set-up.second-factor.hint': {
    sv: 'De kan radera iPads och ge behörighet. I nästa steg kopplar du en app i telefonen. Utan bocken räcker lösenordet, och det går att ändra senare.',
    en: 'They can wipe iPads and give permissions. In the next step you connect an app on your phone. If you untick this, a password is enough; it can be changed later.',
  },
  'set-up.title': { sv: 'Välkommen till Örnkoll', en: 'Welcome to Örnkoll' },
  'set-up.lead': {
    sv: 'Här skapas den första administratören. Länken fungerar en gång.',
    en: 'This creates the first administrator. The link works once.',
  },
  'set-up.organisation': { sv: 'Organisationens namn', en: 'Name of the organisation' },
  'set-up.organisation.hint': { sv: 'Till exempel Ekeby kommun', en: 'For example Ekeby kommun' },
  'set-up.name': { sv: 'Ditt namn', en: 'Your name' },
  'set-up.email': { sv: 'Din e-postadress', en: 'Your e-mail address' },
  'set-up.password': { sv: 'Välj ett lösenord', en: 'Choose a password' },
  'set-up.password.hint': {
    sv: 'Minst 12 tecken. Några vanliga ord efter varandra går bra.',
    en: 'At least 12 characters. A few plain words in a row will do.',
  },
  'set-up.do': { sv: 'Skapa och logga in', en: 'Create and sign in' },
  'said.set-up': {
    sv: 'Klart. Du är administratör och kan börja.',
    en: 'Done. You are the administrator and can begin.',
  },
  'refusal.set-up-link': {
    sv: 'Länken är redan använd eller för gammal. Starta om Örnkoll för att få en ny.',
    en: 'This link has been used or is too old. Restart Örnkoll to get a new one.',
  },
  'refusal.password-short': {
    sv: 'Välj ett lösenord med minst 12 tecken.',
    en: 'Choose a password of at least 12 characters.',
  },
} as const satisfies Record<string, Text>
