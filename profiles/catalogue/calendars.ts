import { boolean, integer, payload, string } from './notation.ts'

const vpnuuid = string(
  ['VPN för kontot', 'VPN of the account'],
  [
    'VPNUUID för den app-VPN som kontot ska använda.',
    'The VPNUUID of the per-app VPN that the account shall use.',
  ],
  { since: '14.0' },
)

export const calendars = payload('com.apple.caldav.account', {
  title: ['Kalenderkonto (CalDAV)', 'Calendar account (CalDAV)'],
  help: ['Ett konto för kalendrar på en CalDAV-server.', 'An account for calendars on a CalDAV server.'],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    CalDAVAccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Kalender.', 'Shown in Calendar.'],
    ),
    CalDAVHostName: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    CalDAVUsername: string(
      ['Användarnamn', 'User name'],
      ['Krävs när profilen installeras av MDM.', 'Needed when MDM installs the profile.'],
    ),
    CalDAVPassword: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    CalDAVPrincipalURL: string(
      ['Kalenderns adress', 'Address of the calendar'],
      ['Grundadressen till användarens kalender.', "The base address of the user's calendar."],
    ),
    CalDAVUseSSL: boolean(
      ['Använd TLS', 'Use TLS'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: true },
    ),
    CalDAVPort: integer(
      ['Port', 'Port'],
      ['Tomt betyder serverns vanliga port.', 'Empty means the usual port.'],
      { form: 'port' },
    ),
    VPNUUID: vpnuuid,
  },
})

export const subscribedCalendar = payload('com.apple.subscribedcalendar.account', {
  title: ['Prenumererad kalender', 'Subscribed calendar'],
  help: [
    'En kalender som bara kan läsas, till exempel sammanträden.',
    'A calendar to read only, for example of meetings.',
  ],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    SubCalAccountDescription: string(
      ['Kalenderns namn', 'Name of the calendar'],
      ['Visas i Kalender.', 'Shown in Calendar.'],
    ),
    SubCalAccountHostName: string(
      ['Kalenderns adress', 'Address of the calendar'],
      ['Adressen till kalendern.', 'The address of the calendar.'],
      { required: true },
    ),
    SubCalAccountUsername: string(
      ['Användarnamn', 'User name'],
      ['Tomt betyder utan inloggning.', 'Empty means no sign-in.'],
    ),
    SubCalAccountPassword: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    SubCalAccountUseSSL: boolean(
      ['Använd TLS', 'Use TLS'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: false },
    ),
    VPNUUID: vpnuuid,
  },
})
