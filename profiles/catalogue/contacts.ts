import { communicationServiceRules } from './contact-calls.ts'
import { boolean, integer, item, list, payload, string } from './notation.ts'

const vpnuuid = string(
  ['VPN för kontot', 'VPN of the account'],
  [
    'VPNUUID för den app-VPN som kontot ska använda.',
    'The VPNUUID of the per-app VPN that the account shall use.',
  ],
  { since: '14.0' },
)

export const contacts = payload('com.apple.carddav.account', {
  title: ['Kontaktkonto (CardDAV)', 'Contacts account (CardDAV)'],
  help: ['Ett konto för kontakter på en CardDAV-server.', 'An account for contacts on a CardDAV server.'],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    CardDAVAccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Kontakter.', 'Shown in Contacts.'],
    ),
    CardDAVHostName: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    CardDAVUsername: string(
      ['Användarnamn', 'User name'],
      ['Kontots användarnamn.', 'The user name of the account.'],
    ),
    CardDAVPassword: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    CardDAVPrincipalURL: string(
      ['Adressbokens adress', 'Address of the address book'],
      ['Grundadressen till användarens kontakter.', "The base address of the user's contacts."],
    ),
    CardDAVUseSSL: boolean(
      ['Använd TLS', 'Use TLS'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: true },
    ),
    CardDAVPort: integer(
      ['Port', 'Port'],
      ['Tomt betyder serverns vanliga port.', 'Empty means the usual port.'],
      { form: 'port' },
    ),
    CommunicationServiceRules: communicationServiceRules,
    VPNUUID: vpnuuid,
  },
})

export const directory = payload('com.apple.ldap.account', {
  title: ['Katalog (LDAP)', 'Directory (LDAP)'],
  help: ['Sök personer i en LDAP-katalog.', 'Look up people in an LDAP directory.'],
  family: 'accounts',
  since: '4.0',
  several: true,
  sharedPlace: 'user',
  keys: {
    LDAPAccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Inställningar.', 'Shown in Settings.'],
    ),
    LDAPAccountHostName: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    LDAPAccountUserName: string(
      ['Användarnamn', 'User name'],
      ['Tomt betyder utan inloggning.', 'Empty means no sign-in.'],
    ),
    LDAPAccountPassword: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    LDAPAccountUseSSL: boolean(
      ['Använd TLS', 'Use TLS'],
      ['På: anslutningen krypteras.', 'On: the connection is encrypted.'],
      { default: true },
    ),
    LDAPSearchSettings: list(
      ['Sökningar', 'Searches'],
      ['Var i katalogen sökningar görs.', 'Where in the directory searches are made.'],
      item('dictionary', {
        keys: {
          LDAPSearchSettingDescription: string(
            ['Beskrivning', 'Description'],
            ['Visas i Inställningar.', 'Shown in Settings.'],
          ),
          LDAPSearchSettingSearchBase: string(
            ['Sökbas', 'Search base'],
            ['Till exempel ou=personer,o=kommunen.', 'For example ou=people,o=municipality.'],
            { required: true },
          ),
          LDAPSearchSettingScope: string(
            ['Djup', 'Depth'],
            [
              'Bara noden, en nivå ned eller allt därunder.',
              'Only the node, one level down or everything below.',
            ],
            {
              allowed: [
                'LDAPSearchSettingScopeBase',
                'LDAPSearchSettingScopeOneLevel',
                'LDAPSearchSettingScopeSubtree',
              ],
              default: 'LDAPSearchSettingScopeSubtree',
            },
          ),
        },
      }),
    ),
    VPNUUID: vpnuuid,
  },
})

export const macosServer = payload('com.apple.osxserver.account', {
  title: ['macOS Server (äldre)', 'macOS Server (old)'],
  help: ['Borttagen i iPadOS 12.', 'Removed in iPadOS 12.'],
  family: 'accounts',
  since: '9.0',
  deprecated: '12.0',
  removed: '12.0',
  several: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'none',
  keys: {
    HostName: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { required: true, form: 'host' },
    ),
    UserName: string(
      ['Användarnamn', 'User name'],
      ['Kontots användarnamn.', 'The user name of the account.'],
      { required: true },
    ),
    Password: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
      secret: true,
    }),
    AccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Inställningar.', 'Shown in Settings.'],
    ),
    ConfiguredAccounts: list(
      ['Konton', 'Accounts'],
      ['En post per slags konto.', 'One entry for each kind of account.'],
      item('dictionary', {
        keys: {
          Type: string(['Typ', 'Kind'], ['Bara dokument.', 'Documents only.'], {
            required: true,
            allowed: ['com.apple.osxserver.documents'],
          }),
          Port: integer(
            ['Port', 'Port'],
            ['Tomt betyder serverns vanliga port.', 'Empty means the usual port.'],
            { form: 'port' },
          ),
        },
      }),
      { required: true },
    ),
  },
})
