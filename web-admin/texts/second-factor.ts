import { type Text } from './texts.ts'

export const secondFactorTexts = {
  'second-factor.title': { sv: 'Tvåstegsinloggning', en: 'Two-step sign-in' },
  'second-factor.on': { sv: 'App sedan {when}', en: 'App since {when}' },
  'second-factor.off': {
    sv: 'Bara lösenordet skyddar kontot.',
    en: 'Only the password protects this account.',
  },
  'second-factor.codes-left': {
    sv: '{count} återställningskoder finns kvar.',
    en: '{count} recovery codes are left.',
  },
  'second-factor.codes-left.one': {
    sv: 'En återställningskod finns kvar. Skapa nya.',
    en: 'One recovery code is left. Create new ones.',
  },
  'second-factor.set-up': { sv: 'Lägg till en app för koder', en: 'Add an app for codes' },
  'second-factor.replace': { sv: 'Byt app', en: 'Replace the app' },
  'second-factor.set-up.needed': {
    sv: 'Din organisation kräver mer än ett lösenord för din roll.',
    en: 'Your organisation requires more than a password for your role.',
  },
  'second-factor.step-app': {
    sv: 'Öppna en app för engångskoder på telefonen, till exempel Apples Lösenord, Google Authenticator eller Microsoft Authenticator.',
    en: 'Open an app for one-time codes on your phone, such as Apple’s Passwords, Google Authenticator or Microsoft Authenticator.',
  },
  'second-factor.step-scan': {
    sv: 'Läs av QR-koden med appen.',
    en: 'Scan the QR code with the app.',
  },
  'second-factor.step-here': {
    sv: 'Finns appen på den här skärmen?',
    en: 'Is the app on this very screen?',
  },
  'second-factor.step-here.do': { sv: 'Öppna den', en: 'Open it' },
  'second-factor.step-key': {
    sv: 'Går det inte, skriv in nyckeln:',
    en: 'If that does not work, type the key:',
  },
  'second-factor.step-code': {
    sv: 'Skriv de sex siffror som appen visar.',
    en: 'Type the six digits that the app shows.',
  },
  'second-factor.code': { sv: 'Kod', en: 'Code' },
  'second-factor.code.hint': { sv: 'Sex siffror', en: 'Six digits' },
  'second-factor.set-up.do': { sv: 'Börja använda', en: 'Start using it' },
  'second-factor.remove': { sv: 'Ta bort appen', en: 'Remove the app' },
  'second-factor.remove.text': {
    sv: 'Då räcker lösenordet för att logga in.',
    en: 'The password alone is then enough to sign in.',
  },
  'second-factor.answer.title': { sv: 'Ett steg till', en: 'One more step' },
  'second-factor.answer.lead': {
    sv: 'Öppna appen på telefonen och skriv koden.',
    en: 'Open the app on your phone and type the code.',
  },
  'second-factor.answer.hint': {
    sv: 'Sex siffror, eller en av dina återställningskoder.',
    en: 'Six digits, or one of your recovery codes.',
  },
  'second-factor.answer.help': {
    sv: 'Är både telefonen och koderna borta? Er administratör kan ta bort det andra steget.',
    en: 'Are both the phone and the codes gone? Your administrator can remove the second step.',
  },
  'second-factor.answer.again': { sv: 'Börja om', en: 'Start again' },
  'recovery-codes.title': { sv: 'Spara dina återställningskoder', en: 'Save your recovery codes' },
  'recovery-codes.text': {
    sv: 'Varje kod loggar in dig en gång om telefonen är borta. De visas bara nu. Skriv ut dem eller spara dem i en lösenordshanterare.',
    en: 'Each code signs you in once if the phone is gone. They are shown only now. Print them or keep them in a password manager.',
  },
  'recovery-codes.copy': { sv: 'Kopiera koderna', en: 'Copy the codes' },
  'recovery-codes.print': { sv: 'Skriv ut', en: 'Print' },
  'recovery-codes.done': { sv: 'Jag har sparat dem', en: 'I have saved them' },
  'recovery-codes.new': { sv: 'Nya återställningskoder', en: 'New recovery codes' },
  'said.second-factor-removed': { sv: 'Appen är borttagen.', en: 'The app has been removed.' },
  'said.sign-in-over': {
    sv: 'Det tog för lång tid. Logga in igen.',
    en: 'That took too long. Sign in again.',
  },
  'refusal.wrong-code': {
    sv: 'Koden är fel eller redan använd. Vänta på nästa kod i appen.',
    en: 'The code is wrong or has already been used. Wait for the next one in the app.',
  },
  'refusal.proof-at-provider': {
    sv: 'Du loggade in via din organisation. Bekräfta där att det är du.',
    en: 'You signed in through your organisation. Confirm there that it is you.',
  },
  'refusal.proofs-over': {
    sv: 'Det blev fel för många gånger. Logga in igen.',
    en: 'That was wrong too many times. Sign in again.',
  },
  'refusal.first-code-wrong': {
    sv: 'Koden är fel. Se efter i appen och skriv den kod som visas nu.',
    en: 'The code is wrong. Look in the app and type the code that it shows now.',
  },
  'refusal.offer-over': {
    sv: 'Det tog för lång tid. Läs av den nya QR-koden.',
    en: 'That took too long. Scan the new QR code.',
  },
  'refusal.no-second-factor': { sv: 'Det finns inget andra steg.', en: 'There is no second step.' },
  'refusal.second-factor-needed': {
    sv: 'Din organisation kräver två steg. Byt app i stället.',
    en: 'Your organisation requires two steps. Replace the app instead.',
  },
  'refusal.sign-in-over': {
    sv: 'Det tog för lång tid. Logga in igen.',
    en: 'That took too long. Sign in again.',
  },

  'confirm.title': { sv: 'Bekräfta att det är du', en: 'Confirm that it is you' },
  'confirm.lead': {
    sv: 'Det har gått mer än fem minuter sedan du senast bekräftade det. Det du skrev är kvar och skickas sedan.',
    en: 'It has been more than five minutes since you last confirmed it. What you typed is kept and sent afterwards.',
  },
  'confirm.lent.title': { sv: 'Tillbaka till disken', en: 'Back to the desk' },
  'confirm.lent.lead': {
    sv: 'Skärmen har varit hos en låntagare. {name}, bekräfta att du har den igen.',
    en: 'The screen has been with a borrower. {name}, confirm that you have it again.',
  },
  'confirm.wrong-password': { sv: 'Lösenordet är fel.', en: 'The password is wrong.' },
  'confirm.do': { sv: 'Fortsätt', en: 'Continue' },
  'confirm.passkey': { sv: 'Fortsätt med inloggningsnyckel', en: 'Continue with a passkey' },
  'refusal.screen-lent': {
    sv: 'Skärmen är hos en låntagare. Bekräfta först att det är du.',
    en: 'This screen is with a borrower. First confirm that it is you.',
  },
  'refusal.fresh-sign-in-needed': {
    sv: 'Bekräfta först att det är du.',
    en: 'First confirm that it is you.',
  },
  'refusal.proof-missing': { sv: 'Skriv lösenordet eller koden.', en: 'Type the password or the code.' },

  'staff.second-factor.remove': { sv: 'Ta bort det andra steget', en: 'Remove the second step' },
  'staff.second-factor.text': {
    sv: 'När telefonen och koderna är borta. Kontrollera vem du talar med. Personen loggas ut överallt, och ni två kan inte godkänna varandras begäranden på sju dagar.',
    en: 'When the phone and the codes are gone. Make sure you know who you are talking to. The person is signed out everywhere, and you two cannot approve each other’s requests for seven days.',
  },
  'staff.state.second-factor': { sv: 'Två steg', en: 'Two steps' },
  'organisation.second-factor': { sv: 'Inloggning', en: 'Signing in' },
  'organisation.second-factor.for': {
    sv: 'Roller som måste logga in i två steg',
    en: 'Roles that have to sign in in two steps',
  },
  'organisation.second-factor.none': {
    sv: 'Nu räcker ett lösenord för alla. Kräv minst två steg av administratörer och av dem som godkänner raderingar.',
    en: 'At present a password is enough for everybody. Require two steps at least for administrators and for those who approve wipes.',
  },

  'audit.did.staff.second-factor-add': { sv: 'Lade till app för koder', en: 'Added an app for codes' },
  'audit.did.staff.second-factor-remove': { sv: 'Tog bort andra steget', en: 'Took the second step away' },
  'audit.did.staff.recovery-codes': { sv: 'Skapade återställningskoder', en: 'Created recovery codes' },
  'audit.did.staff.recovery-code': { sv: 'Använde återställningskod', en: 'Used a recovery code' },
} as const satisfies Record<string, Text>
