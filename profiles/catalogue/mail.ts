import {
  preventMove,
  smimeEncryptionCertificateUUIDUserOverrideable,
  smimeSigningCertificateUUIDUserOverrideable,
  smimeEncryptionCertificateUUID,
  smimeEncryptByDefaultUserOverrideable,
  smimeEncryptByDefault,
  smimeEnableEncryptionPerMessageSwitch,
  smimeSigningUserOverrideable,
  smimeSigningCertificateUUID,
  preventAppSheet,
  vpnuuid,
  allowMailDrop,
  emailAddress,
} from './mail-account.ts'
import { boolean, integer, payload, string } from './notation.ts'

export const mail = payload('com.apple.mail.managed', {
  title: ['E-post (IMAP eller POP)', 'Mail (IMAP or POP)'],
  help: ['Ett konto för e-post.', 'A mail account.'],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    EmailAccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Mail.', 'Shown in Mail.'],
    ),
    EmailAccountName: string(
      ['Personens namn', 'Name of the person'],
      ['Visas i skickade mejl; använd {{person.name}}.', 'Shown in messages sent; use {{person.name}}.'],
    ),
    EmailAccountType: string(['Protokoll', 'Protocol'], ['IMAP eller POP.', 'IMAP or POP.'], {
      required: true,
      allowed: ['EmailTypeIMAP', 'EmailTypePOP'],
    }),
    EmailAddress: emailAddress,
    IncomingMailServerAuthentication: string(
      ['Inloggning, inkommande', 'Sign-in, incoming'],
      ['Hur iPaden loggar in.', 'How the iPad signs in.'],
      {
        required: true,
        allowed: [
          'EmailAuthNone',
          'EmailAuthPassword',
          'EmailAuthCRAMMD5',
          'EmailAuthNTLM',
          'EmailAuthHTTPMD5',
        ],
      },
    ),
    IncomingMailServerHostName: string(
      ['Server, inkommande', 'Server, incoming'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    IncomingMailServerPortNumber: integer(
      ['Port, inkommande', 'Port, incoming'],
      ['Tomt betyder protokollets vanliga port.', 'Empty means the usual port of the protocol.'],
      { form: 'port' },
    ),
    IncomingMailServerUseSSL: boolean(
      ['TLS, inkommande', 'TLS, incoming'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: false },
    ),
    IncomingMailServerUsername: string(
      ['Användarnamn, inkommande', 'User name, incoming'],
      ['Ofta detsamma som adressen.', 'Often the same as the address.'],
    ),
    IncomingPassword: string(
      ['Lösenord, inkommande', 'Password, incoming'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    OutgoingPassword: string(
      ['Lösenord, utgående', 'Password, outgoing'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    OutgoingPasswordSameAsIncomingPassword: boolean(
      ['Samma lösenord för utgående', 'Same password for outgoing'],
      ['På: användaren tillfrågas bara en gång.', 'On: the user is asked only once.'],
      { default: false },
    ),
    OutgoingMailServerAuthentication: string(
      ['Inloggning, utgående', 'Sign-in, outgoing'],
      ['Hur iPaden loggar in.', 'How the iPad signs in.'],
      {
        required: true,
        allowed: [
          'EmailAuthNone',
          'EmailAuthPassword',
          'EmailAuthCRAMMD5',
          'EmailAuthNTLM',
          'EmailAuthHTTPMD5',
        ],
      },
    ),
    OutgoingMailServerHostName: string(
      ['Server, utgående', 'Server, outgoing'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    OutgoingMailServerPortNumber: integer(
      ['Port, utgående', 'Port, outgoing'],
      ['Tomt betyder 25, 587 och 465 i den ordningen.', 'Empty means 25, 587 and 465 in that order.'],
      { form: 'port' },
    ),
    OutgoingMailServerUseSSL: boolean(
      ['TLS, utgående', 'TLS, outgoing'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: false },
    ),
    OutgoingMailServerUsername: string(
      ['Användarnamn, utgående', 'User name, outgoing'],
      ['Ofta detsamma som adressen.', 'Often the same as the address.'],
    ),
    PreventMove: preventMove,
    PreventAppSheet: preventAppSheet,
    SMIMEEnabled: boolean(
      ['S/MIME (äldre)', 'S/MIME (old)'],
      [
        'Används inte sedan iPadOS 10; se signering och kryptering.',
        'Not used since iPadOS 10; see signing and encryption.',
      ],
      { default: false, since: '5.0' },
    ),
    SMIMESigningEnabled: boolean(
      ['Signera med S/MIME', 'Sign with S/MIME'],
      ['På: utgående mejl signeras.', 'On: outgoing messages are signed.'],
      { default: false, since: '10.0' },
    ),
    SMIMESigningCertificateUUID: smimeSigningCertificateUUID,
    SMIMEEncryptionEnabled: boolean(
      ['Kryptera med S/MIME (äldre)', 'Encrypt with S/MIME (old)'],
      [
        'Ersatt av S/MIME-kryptering som förval i iPadOS 12.',
        'Replaced by S/MIME encryption by default in iPadOS 12.',
      ],
      { default: false, since: '10.0' },
    ),
    SMIMEEncryptionCertificateUUID: smimeEncryptionCertificateUUID,
    SMIMEEnablePerMessageSwitch: boolean(
      ['Kryptering per mejl (äldre)', 'Encryption per message (old)'],
      [
        'Ersatt av SMIMEEnableEncryptionPerMessageSwitch i iPadOS 12.',
        'Replaced by SMIMEEnableEncryptionPerMessageSwitch in iPadOS 12.',
      ],
      { default: false, since: '8.0', deprecated: '10.0' },
    ),
    disableMailRecentsSyncing: boolean(
      ['Synka inte senaste mottagare', 'Do not sync recent recipients'],
      [
        'På: kontots mottagare syns inte på användarens andra enheter.',
        "On: recipients of this account do not show on the user's other devices.",
      ],
      { default: false, since: '6.0' },
    ),
    allowMailDrop: allowMailDrop,
    IncomingMailServerIMAPPathPrefix: string(
      ['Mappars början', 'Path prefix'],
      ['Bara när IMAP-servern kräver det.', 'Only when the IMAP server needs it.'],
    ),
    SMIMESigningUserOverrideable: smimeSigningUserOverrideable,
    SMIMESigningCertificateUUIDUserOverrideable: smimeSigningCertificateUUIDUserOverrideable,
    SMIMEEncryptByDefault: smimeEncryptByDefault,
    SMIMEEncryptByDefaultUserOverrideable: smimeEncryptByDefaultUserOverrideable,
    SMIMEEncryptionCertificateUUIDUserOverrideable: smimeEncryptionCertificateUUIDUserOverrideable,
    SMIMEEnableEncryptionPerMessageSwitch: smimeEnableEncryptionPerMessageSwitch,
    VPNUUID: vpnuuid,
  },
})
