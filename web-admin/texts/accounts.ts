import { type Text } from './texts.ts'

export const accountTexts = {
  'staff.state.ended': { sv: 'Slutat', en: 'Ended' },
  'staff.state.invited': { sv: 'Har inte valt lösenord', en: 'Has not chosen a password' },
  'staff.state.locked': { sv: 'Låst till {time}', en: 'Locked until {time}' },
  'staff.state.shared': { sv: 'Även i annan organisation', en: 'In another organisation too' },
  'staff.add.text': {
    sv: 'Du får en länk att lämna över. Med den väljer personen själv sitt lösenord.',
    en: 'You get a link to hand over. With it the person chooses a password of their own.',
  },
  'staff.account': { sv: 'Konto', en: 'Account' },
  'staff.shared.text': {
    sv: 'Personen arbetar också för en annan organisation. Du bestämmer rollerna här; namn, språk och lösenord ändrar personen själv.',
    en: 'This person also works for another organisation. You decide the roles here; name, language and password are their own to change.',
  },
  'staff.roles.text': {
    sv: 'Programnycklar som personen har gjort slutar fungera om de får göra mer än rollerna.',
    en: 'Keys for programs that the person made stop working if they may do more than the roles.',
  },
  'staff.link.do': { sv: 'Ny länk för lösenord', en: 'New link for a password' },
  'staff.link.text': {
    sv: 'Lösenordet som gäller nu fungerar tills personen har valt ett nytt.',
    en: 'The password of now works until the person has chosen a new one.',
  },
  'staff.link.title': { sv: 'Lämna över länken nu', en: 'Hand the link over now' },
  'staff.link.once': {
    sv: 'Den visas bara den här gången, fungerar en gång och gäller till {when}. Den som har länken väljer lösenordet: lämna den bara till {name}.',
    en: 'It is shown this once, works once and lasts until {when}. Whoever has it chooses the password: give it to {name} alone.',
  },
  'staff.link.copy': { sv: 'Kopiera länken', en: 'Copy the link' },
  'staff.end': { sv: 'Avsluta här', en: 'End here' },
  'staff.end.text': {
    sv: 'Personen loggas ut, och programnycklar som den har gjort slutar fungera. Namnet står kvar i loggen.',
    en: 'The person is signed out, and keys for programs that they made stop working. The name stays in the log.',
  },
  'staff.end.reason': { sv: 'Skäl', en: 'Reason' },
  'staff.resume': { sv: 'Låt arbeta igen', en: 'Let work again' },
  'staff.resume.text': {
    sv: 'Rollerna är de som gällde innan.',
    en: 'The roles are those of before.',
  },
  'said.staff-saved': { sv: 'Kontot är sparat.', en: 'The account is saved.' },
  'said.staff-ended': {
    sv: 'Personen kan inte längre logga in här.',
    en: 'This person can no longer sign in here.',
  },
  'said.staff-resumed': { sv: 'Personen kan arbeta här igen.', en: 'This person can work here again.' },
  'said.sessions-ended': { sv: 'Utloggat.', en: 'Signed out.' },
  'refusal.staff-unknown': { sv: 'Personen finns inte här.', en: 'There is no such person here.' },
  'refusal.staff-ended': { sv: 'Personen har redan slutat här.', en: 'This person has ended here already.' },
  'refusal.staff-active': { sv: 'Personen arbetar redan här.', en: 'This person works here already.' },
  'refusal.last-administrator': {
    sv: 'Det här är den sista administratören. Gör någon annan till administratör först.',
    en: 'This is the last administrator. Make somebody else one first.',
  },
  'refusal.account-shared': {
    sv: 'Personen arbetar också för en annan organisation. Bara personen själv kan ändra det här.',
    en: 'This person also works for another organisation. Only they themselves can change this.',
  },
  'refusal.session-unknown': { sv: 'Den är redan utloggad.', en: 'This one is signed out already.' },
  'refusal.person-needed': {
    sv: 'Bara en inloggad person kan göra det här, inte ett program.',
    en: 'Only a person who is signed in can do this, not a program.',
  },
  'refusal.password-long': { sv: 'Lösenordet är för långt.', en: 'The password is too long.' },
  'refusal.password-common': {
    sv: 'Det lösenordet är bland de första som prövas. Välj ett annat, gärna några ord efter varandra.',
    en: 'This password is among the first that are tried. Choose another, such as a few words in a row.',
  },
  'refusal.password-personal': {
    sv: 'Ditt eget namn, din adress och er organisation är bland det första som prövas. Välj något annat.',
    en: 'Your own name, address and organisation are among the first that are tried. Choose something else.',
  },
  'refusal.password-link': {
    sv: 'Länken är redan använd eller för gammal. Be er administratör om en ny.',
    en: 'This link has been used or is too old. Ask your administrator for a new one.',
  },

  'choose-password.title': { sv: 'Välj ditt lösenord', en: 'Choose your password' },
  'choose-password.lead': { sv: 'För {name}, {email}.', en: 'For {name}, {email}.' },
  'choose-password.do': { sv: 'Spara lösenordet', en: 'Save the password' },
  'said.password-chosen': {
    sv: 'Lösenordet är sparat. Logga in med det.',
    en: 'The password is saved. Sign in with it.',
  },

  'account.title': { sv: 'Mitt konto', en: 'My account' },
  'account.organisations': { sv: 'Mina organisationer', en: 'My organisations' },
  'account.organisations.here': { sv: 'Du arbetar här nu', en: 'You work here now' },
  'account.organisations.go': { sv: 'Arbeta här', en: 'Work here' },
  'account.password': { sv: 'Lösenord', en: 'Password' },
  'account.password.change': { sv: 'Byt lösenord', en: 'Change the password' },
  'account.password.current': { sv: 'Nuvarande lösenord', en: 'Present password' },
  'account.password.new': { sv: 'Nytt lösenord', en: 'New password' },
  'account.password.text': {
    sv: 'När du byter loggas du ut överallt utom här.',
    en: 'When you change it you are signed out everywhere but here.',
  },
  'said.password-changed': {
    sv: 'Lösenordet är bytt. Du är utloggad överallt utom här.',
    en: 'The password is changed. You are signed out everywhere but here.',
  },

  'sessions.title': { sv: 'Inloggad på', en: 'Signed in on' },
  'sessions.what': { sv: 'Enhet', en: 'Device' },
  'sessions.since': { sv: 'Inloggad', en: 'Signed in' },
  'sessions.seen': { sv: 'Senast använd', en: 'Last used' },
  'sessions.this': { sv: 'den här', en: 'this one' },
  'sessions.end': { sv: 'Logga ut', en: 'Sign out' },
  'sessions.end-all': { sv: 'Logga ut överallt', en: 'Sign out everywhere' },
  'sessions.end-others': { sv: 'Logga ut överallt utom här', en: 'Sign out everywhere but here' },
  'sessions.none': { sv: 'Inte inloggad någonstans.', en: 'Not signed in anywhere.' },
  'sessions.unknown': { sv: 'Okänd enhet', en: 'Unknown device' },
  'sessions.browser-on': { sv: '{browser} på {device}', en: '{browser} on {device}' },

  'audit.did.staff.edit': { sv: 'Ändrade konto', en: 'Changed an account' },
  'audit.did.staff.end': { sv: 'Avslutade konto', en: 'Ended an account' },
  'audit.did.staff.resume': { sv: 'Öppnade konto igen', en: 'Let an account work again' },
  'audit.did.staff.password-link': { sv: 'Gjorde länk för lösenord', en: 'Made a link for a password' },
  'audit.did.staff.password-choose': { sv: 'Valde lösenord', en: 'Chose a password' },
  'audit.did.staff.password-change': { sv: 'Bytte lösenord', en: 'Changed the password' },
  'audit.did.staff.sessions-end': { sv: 'Loggade ut', en: 'Signed out' },
} as const satisfies Record<string, Text>
