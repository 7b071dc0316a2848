import { type Text } from './texts.ts'

export const accountTexts = {
  'staff.state.asked': { sv: 'Har inte svarat på inbjudan', en: 'Has not answered the invitation' },
  'invitations.title': { sv: 'Inbjudningar', en: 'Invitations' },
  'invitation.text': {
    sv: 'Vill sedan {day} att du arbetar även där, som: {roles}. Säg ja bara om du känner till det. De ser då ditt namn och hur du loggar in.',
    en: 'Has been asking you since {day} to work there too, as: {roles}. Accept only if you know about it. They will then see your name and how you sign in.',
  },
  'invitation.accept': { sv: 'Tacka ja', en: 'Accept' },
  'invitation.decline': { sv: 'Tacka nej', en: 'Decline' },
  'said.invitation-accepted': {
    sv: 'Du har tackat ja. Byt organisation under Mina organisationer.',
    en: 'You have accepted. Change organisation under My organisations.',
  },
  'said.organisation-changed': {
    sv: 'Du har bytt organisation. Dess namn står överst.',
    en: 'You have changed organisation. Its name is at the top.',
  },
  'said.invitation-declined': { sv: 'Du har tackat nej.', en: 'You have declined.' },
  'refusal.invitation-unknown': {
    sv: 'Inbjudan finns inte längre.',
    en: 'The invitation is no longer there.',
  },
  'staff.state.ended': { sv: 'Slutat', en: 'Left' },
  'staff.state.invited': { sv: 'Har inte valt lösenord', en: 'Has not chosen a password' },
  'staff.state.locked': { sv: 'Låst till {time}', en: 'Locked until {time}' },
  'staff.state.shared': { sv: 'Även i annan organisation', en: 'Also in another organisation' },
  'staff.add.text': {
    sv: 'Du får en länk att lämna över. Med den väljer personen själv sitt lösenord.',
    en: 'You get a link to pass on. With it the person chooses their own password.',
  },
  'staff.invited.text': {
    sv: 'Personen arbetar för en annan organisation och svarar på inbjudan under ”Mitt konto”. Till dess öppnar kontot ingenting här.',
    en: 'This person works for another organisation and answers the invitation under “My account”. Until then the account opens nothing here.',
  },
  'staff.invited.withdraw': { sv: 'Ta tillbaka inbjudan', en: 'Withdraw the invitation' },
  'said.staff-invited': {
    sv: 'Personen arbetar för en annan organisation och har fått en inbjudan, som besvaras under ”Mitt konto”.',
    en: 'This person works for another organisation and has been invited. They answer under “My account”.',
  },
  'staff.account': { sv: 'Konto', en: 'Account' },
  'staff.shared.text': {
    sv: 'Personen arbetar också för en annan organisation. Du bestämmer rollerna här. Namn, språk och lösenord ändrar personen själv.',
    en: 'This person also works for another organisation. You decide their roles here. Only they can change their name, language and password.',
  },
  'staff.roles.text': {
    sv: 'Programnycklar som personen har skapat slutar fungera om de ger mer behörighet än rollerna.',
    en: 'API keys that the person has created stop working if they allow more than the roles do.',
  },
  'staff.link.do': { sv: 'Ny länk för lösenord', en: 'New link for a password' },
  'staff.link.text': {
    sv: 'Lösenordet som gäller nu fungerar tills personen har valt ett nytt. Från det kan ni två inte godkänna varandras begäranden på sju dagar.',
    en: 'The current password works until the person has chosen a new one. After that, you two cannot approve each other’s requests for seven days.',
  },
  'staff.link.title': { sv: 'Lämna över länken nu', en: 'Pass the link on now' },
  'staff.link.once': {
    sv: 'Den visas bara den här gången, fungerar en gång och gäller till {when}. Den som har länken väljer lösenordet. Lämna den bara till {name}.',
    en: 'It is shown only this once, works once and is valid until {when}. Anyone who has it can choose the password. Give it only to {name}.',
  },
  'staff.link.copy': { sv: 'Kopiera länken', en: 'Copy the link' },
  'staff.end': { sv: 'Avsluta kontot här', en: 'End the account here' },
  'staff.end.text': {
    sv: 'Personen loggas ut, och personens programnycklar slutar fungera. Namnet står kvar i loggen.',
    en: 'The person is signed out, and their API keys stop working. The name stays in the log.',
  },
  'staff.end.reason': { sv: 'Skäl', en: 'Reason' },
  'staff.resume': { sv: 'Öppna kontot igen', en: 'Reopen the account' },
  'staff.resume.text': { sv: 'Personen får tillbaka sina roller.', en: 'The person gets their roles back.' },
  'said.staff-saved': { sv: 'Kontot är sparat.', en: 'The account is saved.' },
  'said.staff-ended': {
    sv: 'Personen kan inte längre logga in här.',
    en: 'This person can no longer sign in here.',
  },
  'said.staff-resumed': { sv: 'Personen kan arbeta här igen.', en: 'This person can work here again.' },
  'said.sessions-ended': { sv: 'Utloggat.', en: 'Signed out.' },
  'refusal.staff-unknown': { sv: 'Personen finns inte här.', en: 'There is no such person here.' },
  'refusal.staff-ended': {
    sv: 'Kontot är redan avslutat här.',
    en: 'This account has already been ended here.',
  },
  'refusal.staff-active': { sv: 'Personen arbetar redan här.', en: 'This person already works here.' },
  'refusal.last-administrator': {
    sv: 'Det här är den sista administratören. Gör någon annan till administratör först.',
    en: 'This is the last administrator. Make somebody else an administrator first.',
  },
  'refusal.account-shared': {
    sv: 'Personen arbetar också för en annan organisation. Bara personen själv kan ändra det här.',
    en: 'This person also works for another organisation. Only they themselves can change this.',
  },
  'refusal.token-beyond': {
    sv: 'Programnyckeln har inte tillräcklig behörighet för det här.',
    en: 'The API key does not have enough rights for this.',
  },
  'refusal.session-unknown': { sv: 'Den är redan utloggad.', en: 'This one is already signed out.' },
  'refusal.person-needed': {
    sv: 'Bara en inloggad person kan göra det här, inte ett program.',
    en: 'Only a person who is signed in can do this, not a program.',
  },
  'refusal.password-long': { sv: 'Lösenordet är för långt.', en: 'The password is too long.' },
  'refusal.name-reserved': {
    sv: 'Så heter systemet självt. Skriv ett annat namn.',
    en: 'This is what the system itself is called. Write another name.',
  },
  'refusal.password-common': {
    sv: 'Det lösenordet är lätt att gissa. Välj ett annat, gärna några ord efter varandra.',
    en: 'This password is easy to guess. Choose another, such as a few words in a row.',
  },
  'refusal.password-personal': {
    sv: 'Ditt eget namn, din adress och er organisation är lätta att gissa. Välj något annat.',
    en: 'Your own name, address and organisation are easy to guess. Choose something else.',
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
  'account.password.current': { sv: 'Nuvarande lösenord', en: 'Current password' },
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
  'audit.did.staff.resume': { sv: 'Öppnade konto igen', en: 'Reopened an account' },
  'audit.did.staff.password-link': { sv: 'Skapade länk för lösenord', en: 'Created a link for a password' },
  'audit.did.staff.password-choose': { sv: 'Valde lösenord', en: 'Chose a password' },
  'audit.did.staff.password-change': { sv: 'Bytte lösenord', en: 'Changed the password' },
  'audit.did.staff.sessions-end': { sv: 'Loggade ut', en: 'Signed out' },
} as const satisfies Record<string, Text>
