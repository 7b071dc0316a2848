import { boolean, string } from './notation.ts'

/** What the accounts of mail and of Exchange have in common. */

export const preventMove = boolean(
  ['Mejl stannar i kontot', 'Messages stay in the account'],
  [
    'På: mejl kan inte flyttas eller vidarebefordras till ett annat konto.',
    'On: messages can be neither moved nor forwarded to another account.',
  ],
  { default: false, since: '5.0' },
)

export const smimeEncryptionCertificateUUIDUserOverrideable = boolean(
  ['Användaren väljer krypteringscertifikat', 'The user chooses the encryption certificate'],
  [
    'På: ett annat certifikat kan väljas i Inställningar.',
    'On: another certificate can be chosen in Settings.',
  ],
  { default: false, since: '12.0' },
)

export const smimeSigningCertificateUUIDUserOverrideable = boolean(
  ['Användaren väljer signeringscertifikat', 'The user chooses the signing certificate'],
  [
    'På: ett annat certifikat kan väljas i Inställningar.',
    'On: another certificate can be chosen in Settings.',
  ],
  { default: false, since: '12.0' },
)

export const smimeEncryptionCertificateUUID = string(
  ['Certifikat för kryptering', 'Certificate for encryption'],
  [
    'PayloadUUID för den identitet som öppnar krypterade mejl.',
    'PayloadUUID of the identity that opens encrypted messages.',
  ],
  { refersTo: 'identity', since: '5.0' },
)

export const smimeEncryptByDefaultUserOverrideable = boolean(
  ['Användaren väljer kryptering', 'The user chooses encryption'],
  [
    'På: förvalet för kryptering kan ändras i Inställningar.',
    'On: encryption by default can be changed in Settings.',
  ],
  { default: false, since: '12.0' },
)

export const smimeEncryptByDefault = boolean(
  ['Kryptera som förval', 'Encrypt by default'],
  [
    'På: nya mejl krypteras när mottagaren har ett certifikat.',
    'On: new messages are encrypted when the recipient has a certificate.',
  ],
  { default: false, since: '12.0' },
)

export const smimeEnableEncryptionPerMessageSwitch = boolean(
  ['Val av kryptering i varje mejl', 'Choice of encryption in each message'],
  ['På: ett hänglås visas när mejl skrivs.', 'On: a padlock shows when a message is written.'],
  { default: false, since: '12.0' },
)

export const smimeSigningUserOverrideable = boolean(
  ['Användaren väljer signering', 'The user chooses signing'],
  ['På: signering kan slås på och av i Inställningar.', 'On: signing can be switched in Settings.'],
  { default: false, since: '12.0' },
)

export const smimeSigningCertificateUUID = string(
  ['Certifikat för signering', 'Certificate for signing'],
  ['PayloadUUID för den identitet som signerar.', 'PayloadUUID of the identity that signs.'],
  { refersTo: 'identity', since: '5.0' },
)

export const preventAppSheet = boolean(
  ['Bara Mail får skicka', 'Only Mail may send'],
  ['På: andra appar kan inte skicka från kontot.', 'On: other apps cannot send from this account.'],
  { default: false, since: '5.0' },
)

export const vpnuuid = string(
  ['VPN för kontot', 'VPN of the account'],
  [
    'VPNUUID för den app-VPN som kontot ska använda.',
    'The VPNUUID of the per-app VPN that the account shall use.',
  ],
  { since: '14.0' },
)

export const allowMailDrop = boolean(
  ['Mail Drop', 'Mail Drop'],
  ['På: stora bilagor får skickas via iCloud.', 'On: large attachments may go by iCloud.'],
  { default: false, since: '9.2' },
)

export const emailAddress = string(
  ['E-postadress', 'Mail address'],
  [
    'Personens kommunala adress; använd {{person.email}}.',
    "The person's municipal address; use {{person.email}}.",
  ],
  { form: 'mail' },
)
