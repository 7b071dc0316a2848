import { type Text } from './texts.ts'

export const passkeyTexts = {
  'passkeys.title': { sv: 'Nycklar på enheter', en: 'Passkeys' },
  'passkeys.none': {
    sv: 'Med en nyckel på din telefon, iPad eller dator loggar du in med ansikte, finger eller skärmlås, utan lösenord.',
    en: 'With a passkey on your phone, iPad or computer you sign in by face, finger or screen lock, without a password.',
  },
  'second-factor.set-up.passkey': { sv: 'Eller en nyckel på enheten', en: 'Or a passkey on this device' },
  'second-factor.set-up.passkey.text': {
    sv: 'Då loggar du in med ansikte, finger eller skärmlås och behöver ingen app.',
    en: 'Then you sign in by face, finger or screen lock and need no app.',
  },
  'passkeys.add': { sv: 'Lägg till nyckel', en: 'Add a passkey' },
  'passkeys.add.text': {
    sv: 'Enheten frågar efter ansikte, finger eller skärmlås. Nyckeln stannar där.',
    en: 'The device asks for face, finger or screen lock. The key stays there.',
  },
  'passkeys.name': { sv: 'Vad enheten heter', en: 'What the device is called' },
  'passkeys.name.hint': { sv: 'Till exempel: min telefon', en: 'Such as: my phone' },
  'passkeys.made': { sv: 'Tillagd {when}', en: 'Added {when}' },
  'passkeys.used': { sv: 'använd {when}', en: 'used {when}' },
  'passkeys.remove': { sv: 'Ta bort', en: 'Remove' },
  'passkeys.sign-in': { sv: 'Logga in med nyckel', en: 'Sign in with a passkey' },
  'passkeys.failed': {
    sv: 'Enheten gav ingen nyckel. Försök igen.',
    en: 'The device gave no passkey. Try again.',
  },
  'passkeys.no-script': {
    sv: 'Den här webbläsaren har inga nycklar, eller så är skript avstängda.',
    en: 'This browser has no passkeys, or scripts are turned off.',
  },
  'said.passkey-added': { sv: 'Nyckeln är tillagd.', en: 'The passkey is added.' },
  'said.passkey-removed': { sv: 'Nyckeln är borttagen.', en: 'The passkey is removed.' },
  'refusal.passkey-refused': {
    sv: 'Nyckeln godtogs inte. Försök igen.',
    en: 'This passkey was not accepted. Try again.',
  },
  'refusal.passkey-known': { sv: 'Den nyckeln finns redan.', en: 'This passkey is known already.' },
  'refusal.passkey-unknown': { sv: 'Nyckeln finns inte längre.', en: 'There is no such passkey any more.' },
  'refusal.passkeys-unavailable': {
    sv: 'Nycklar kräver att Örnkoll nås på ett namn och med TLS.',
    en: 'Passkeys need Örnkoll to be reached by a name and with TLS.',
  },
} as const satisfies Record<string, Text>
