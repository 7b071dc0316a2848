import { communicationServiceRules } from './contact-calls.ts'
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
import { boolean, data, integer, payload, string } from './notation.ts'

export const exchange = payload('com.apple.eas.account', {
  title: ['Exchange', 'Exchange'],
  help: [
    'Ett konto för e-post, kalender och kontakter i Exchange eller Microsoft 365.',
    'An account for mail, calendar and contacts in Exchange or Microsoft 365.',
  ],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    EmailAddress: emailAddress,
    Host: string(
      ['Server', 'Server'],
      ['Exchangeserverns namn eller adress.', 'Name or address of the Exchange server.'],
      { form: 'host' },
    ),
    SSL: boolean(
      ['Använd TLS', 'Use TLS'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: false },
    ),
    OAuth: boolean(
      ['Modern inloggning (OAuth)', 'Modern sign-in (OAuth)'],
      [
        'På: användaren loggar in på webben. Ange då inget lösenord.',
        'On: the user signs in on the web. Give no password then.',
      ],
      { default: false, since: '12.0' },
    ),
    UserName: string(
      ['Användarnamn', 'User name'],
      ['Krävs när profilen installeras av MDM.', 'Needed when MDM installs the profile.'],
    ),
    Password: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    Certificate: data(
      ['Identitet (.p12)', 'Identity (.p12)'],
      ['Certifikat med nyckel för inloggning.', 'Certificate with key for signing in.'],
      { secret: true, since: '7.0' },
    ),
    CertificateName: string(
      ['Certifikatets namn', 'Name of the certificate'],
      ['Visas för användaren.', 'Shown to the user.'],
      { since: '7.0' },
    ),
    CertificatePassword: string(
      ['Lösenord till .p12', 'Password of the .p12'],
      ['Öppnar identiteten.', 'Opens the identity.'],
      { secret: true },
    ),
    PreventMove: preventMove,
    PreventAppSheet: preventAppSheet,
    PayloadCertificateUUID: string(
      ['Identitetscertifikat', 'Identity certificate'],
      [
        'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
        'The certificate with key in the same profile that proves who the iPad is.',
      ],
      { refersTo: 'identity' },
    ),
    SMIMEEnabled: boolean(
      ['S/MIME (äldre)', 'S/MIME (old)'],
      [
        'Används inte sedan iPadOS 10; se signering och kryptering.',
        'Not used since iPadOS 10; see signing and encryption.',
      ],
      { default: false, since: '5.0', deprecated: '10.0' },
    ),
    SMIMESigningEnabled: boolean(
      ['Signera med S/MIME', 'Sign with S/MIME'],
      ['På: utgående mejl signeras.', 'On: outgoing messages are signed.'],
      { default: false, since: '10.3' },
    ),
    SMIMESigningCertificateUUID: smimeSigningCertificateUUID,
    SMIMEEncryptionEnabled: boolean(
      ['Kryptera med S/MIME (äldre)', 'Encrypt with S/MIME (old)'],
      [
        'Ersatt av S/MIME-kryptering som förval i iPadOS 12.',
        'Replaced by S/MIME encryption by default in iPadOS 12.',
      ],
      { default: false, since: '10.3', deprecated: '12.0' },
    ),
    SMIMEEncryptionCertificateUUID: smimeEncryptionCertificateUUID,
    SMIMEEnablePerMessageSwitch: boolean(
      ['Kryptering per mejl (äldre)', 'Encryption per message (old)'],
      [
        'Ersatt av SMIMEEnableEncryptionPerMessageSwitch i iPadOS 12.',
        'Replaced by SMIMEEnableEncryptionPerMessageSwitch in iPadOS 12.',
      ],
      { default: false, since: '8.0', deprecated: '12.0' },
    ),
    disableMailRecentsSyncing: boolean(
      ['Synka inte senaste mottagare', 'Do not sync recent recipients'],
      [
        'På: kontots mottagare syns inte på användarens andra enheter.',
        "On: recipients of this account do not show on the user's other devices.",
      ],
      { default: false },
    ),
    MailNumberOfPastDaysToSync: integer(
      ['Dagar e-post bakåt', 'Days of mail to keep'],
      ['0 betyder all e-post.', '0 means all mail.'],
      { allowed: [0, 1, 3, 7, 14, 31], default: 7 },
    ),
    HeaderMagic: string(
      ['Kännetecken i huvudet', 'Mark in the header'],
      ['Skickas till servern i varje fråga.', 'Sent to the server with each request.'],
      { deprecated: '7.0' },
    ),
    CommunicationServiceRules: communicationServiceRules,
    allowMailDrop: allowMailDrop,
    SMIMESigningUserOverrideable: smimeSigningUserOverrideable,
    SMIMESigningCertificateUUIDUserOverrideable: smimeSigningCertificateUUIDUserOverrideable,
    SMIMEEncryptByDefault: smimeEncryptByDefault,
    SMIMEEncryptByDefaultUserOverrideable: smimeEncryptByDefaultUserOverrideable,
    SMIMEEncryptionCertificateUUIDUserOverrideable: smimeEncryptionCertificateUUIDUserOverrideable,
    SMIMEEnableEncryptionPerMessageSwitch: smimeEnableEncryptionPerMessageSwitch,
    EnableMail: boolean(
      ['E-post', 'Mail'],
      ['Av: kontot visar ingen e-post från början.', 'Off: the account shows no mail at first.'],
      { default: true, since: '13.0' },
    ),
    EnableContacts: boolean(
      ['Kontakter', 'Contacts'],
      ['Av: kontot visar inga kontakter från början.', 'Off: the account shows no contacts at first.'],
      { default: true, since: '13.0' },
    ),
    EnableCalendars: boolean(
      ['Kalendrar', 'Calendars'],
      ['Av: kontot visar inga kalendrar från början.', 'Off: the account shows no calendars at first.'],
      { default: true, since: '13.0' },
    ),
    EnableReminders: boolean(
      ['Påminnelser', 'Reminders'],
      ['Av: kontot visar inga påminnelser från början.', 'Off: the account shows no reminders at first.'],
      { default: true, since: '13.0' },
    ),
    EnableNotes: boolean(
      ['Anteckningar', 'Notes'],
      ['Av: kontot visar inga anteckningar från början.', 'Off: the account shows no notes at first.'],
      { default: true, since: '13.0' },
    ),
    EnableMailUserOverridable: boolean(
      ['Användaren väljer e-post', 'The user chooses mail'],
      ['Av: användaren kan inte ändra.', 'Off: the user cannot change it.'],
      { default: true, since: '13.0' },
    ),
    EnableContactsUserOverridable: boolean(
      ['Användaren väljer kontakter', 'The user chooses contacts'],
      ['Av: användaren kan inte ändra.', 'Off: the user cannot change it.'],
      { default: true, since: '13.0' },
    ),
    EnableCalendarsUserOverridable: boolean(
      ['Användaren väljer kalendrar', 'The user chooses calendars'],
      ['Av: användaren kan inte ändra.', 'Off: the user cannot change it.'],
      { default: true, since: '13.0' },
    ),
    EnableRemindersUserOverridable: boolean(
      ['Användaren väljer påminnelser', 'The user chooses reminders'],
      ['Av: användaren kan inte ändra.', 'Off: the user cannot change it.'],
      { default: true, since: '13.0' },
    ),
    EnableNotesUserOverridable: boolean(
      ['Användaren väljer anteckningar', 'The user chooses notes'],
      ['Av: användaren kan inte ändra.', 'Off: the user cannot change it.'],
      { default: true, since: '13.0' },
    ),
    OAuthSignInURL: string(
      ['Inloggningssida', 'Sign-in page'],
      ['Bara när OAuth är på.', 'Only when OAuth is on.'],
      { since: '13.0', form: 'https' },
    ),
    OAuthTokenRequestURL: string(
      ['Adress för nycklar', 'Address of tokens'],
      ['Bara när OAuth är på.', 'Only when OAuth is on.'],
      { since: '13.0', form: 'https' },
    ),
    OverridePreviousPassword: boolean(
      ['Ersätt tidigare lösenord', 'Replace the former password'],
      [
        'På: profilens lösenord ersätter användarens.',
        "On: the password of the profile replaces the user's.",
      ],
      { default: false, since: '14.0' },
    ),
    VPNUUID: vpnuuid,
  },
})
