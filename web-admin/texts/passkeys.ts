import { type Text } from './texts.ts'

export const passkeyTexts = {
  'passkeys.title': { sv: 'Inloggningsnycklar', en: 'Passkeys' },
  'passkeys.none': {
    sv: 'Med en inloggningsnyckel på din telefon, iPad eller dator loggar du in med ansikte, finger eller skärmlås, utan lösenord.',
    en: 'With a passkey on your phone, iPad or computer you sign in with your face, finger or screen lock, without a password.',
  },
  'second-factor.set-up.passkey': { sv: 'Eller en inloggningsnyckel', en: 'Or a passkey' },
  'second-factor.set-up.passkey.text': {
    sv: 'Då loggar du in med ansikte, finger eller skärmlås och behöver ingen app.',
    en: 'Then you sign in with your face, finger or screen lock and need no app.',
  },
  'passkeys.add': { sv: 'Lägg till inloggningsnyckel', en: 'Add a passkey' },
  'passkeys.add.text': {
    sv: 'Enheten frågar efter ansikte, finger eller skärmlås. Inloggningsnyckeln stannar på enheten.',
    en: 'The device asks for your face, finger or screen lock. The passkey stays on the device.',
  },
  'passkeys.name': { sv: 'Vad enheten heter', en: 'What the device is called' },
  'passkeys.name.hint': { sv: 'Till exempel: min telefon', en: 'For example: my phone' },
  'passkeys.made': { sv: 'Tillagd {when}', en: 'Added {when}' },
  'passkeys.used': { sv: 'använd {when}', en: 'used {when}' },
  'passkeys.remove': { sv: 'Ta bort', en: 'Remove' },
  'passkeys.sign-in': { sv: 'Logga in med inloggningsnyckel', en: 'Sign in with a passkey' },
  'passkeys.failed': {
    sv: 'Det gick inte med enhetens inloggningsnyckel. Försök igen.',
    en: 'It did not work with the device’s passkey. Try again.',
  },
  'passkeys.no-script': {
    sv: 'Webbläsaren stöder inte inloggningsnycklar, eller så är skript avstängda.',
    en: 'This browser does not support passkeys, or scripts are turned off.',
  },
  'said.passkey-added': { sv: 'Inloggningsnyckeln är tillagd.', en: 'The passkey has been added.' },
  'said.passkey-removed': { sv: 'Inloggningsnyckeln är borttagen.', en: 'The passkey has been removed.' },
  'refusal.passkey-refused': {
    sv: 'Inloggningsnyckeln godtogs inte. Försök igen.',
    en: 'This passkey was not accepted. Try again.',
  },
  'refusal.passkey-known': {
    sv: 'Den inloggningsnyckeln finns redan.',
    en: 'This passkey has already been added.',
  },
  'refusal.passkey-unknown': {
    sv: 'Inloggningsnyckeln finns inte längre.',
    en: 'This passkey no longer exists.',
  },
  'refusal.passkeys-unavailable': {
    sv: 'Inloggningsnycklar går inte att använda här än. Den som sköter servern behöver först ge den en egen webbadress som börjar med https.',
    en: 'Passkeys cannot be used here yet. Whoever runs the server first has to give it a web address of its own that begins with https.',
  },
} as const satisfies Record<string, Text>
