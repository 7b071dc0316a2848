import { boolean, data, dictionary, integer, item, list, string } from '../notation.ts'
import {
  payloadCertificateUUID,
  disconnectOnIdle,
  onDemandEnabled,
  onDemandMatchDomainsOnRetry,
} from './connection.ts'
import { onDemandRules } from './on-demand.ts'

export const ipv4 = dictionary(['IPv4', 'IPv4'], ['Inställningar för IPv4.', 'Settings of IPv4.'], {
  OverridePrimary: integer(
    ['All trafik', 'All traffic'],
    [
      '1: all trafik går genom VPN (Cisco IPsec och L2TP).',
      '1: all traffic goes through the VPN (Cisco IPsec and L2TP).',
    ],
    { allowed: [0, 1], default: 0 },
  ),
})

export const l2tp = dictionary(['L2TP', 'L2TP'], ['När typen är L2TP.', 'When the kind is L2TP.'], {
  AuthName: string(['Användarnamn', 'User name'], ['Kontots användarnamn.', 'The user name of the account.']),
  AuthPassword: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
    secret: true,
  }),
  TokenCard: integer(['Kodkort', 'Token card'], ['1: ett kodkort används.', '1: a token card is used.'], {
    allowed: [0, 1],
    default: 0,
  }),
  CommRemoteAddress: string(
    ['Server', 'Server'],
    ['Serverns namn eller adress.', 'Name or address of the server.'],
    { form: 'host' },
  ),
  AuthEAPPlugins: list(
    ['EAP-moduler', 'EAP modules'],
    ['EAP-RSA för RSA SecurID.', 'EAP-RSA for RSA SecurID.'],
    item('string', { allowed: ['EAP-RSA', 'EAP-TLS', 'EAP-KRB'] }),
    { items: [1, 1] },
  ),
  AuthProtocol: list(
    ['Protokoll', 'Protocol'],
    ['EAP för RSA SecurID.', 'EAP for RSA SecurID.'],
    item('string', { allowed: ['EAP'] }),
    { items: [1, 1] },
  ),
  CCPMPPE40Enabled: integer(
    ['40 bitars kryptering', '40-bit encryption'],
    ['Bara PPTP; osäkert.', 'PPTP only; unsafe.'],
    { allowed: [0, 1] },
  ),
  CCPMPPE128Enabled: integer(
    ['128 bitars kryptering', '128-bit encryption'],
    ['Bara PPTP; osäkert.', 'PPTP only; unsafe.'],
    { allowed: [0, 1] },
  ),
  CCPEnabled: integer(['Kryptering', 'Encryption'], ['Bara PPTP.', 'PPTP only.'], { allowed: [0, 1] }),
  DisconnectOnIdle: disconnectOnIdle,
  DisconnectOnIdleTimer: integer(
    ['Tid före nedkoppling, sekunder', 'Time before disconnecting, seconds'],
    ['Bara när nedkoppling är på.', 'Only when disconnecting is on.'],
  ),
})

export const ciscoIpsec = dictionary(
  ['Cisco IPsec', 'Cisco IPsec'],
  ['När typen är IPSec eller L2TP.', 'When the kind is IPSec or L2TP.'],
  {
    RemoteAddress: string(
      ['Server', 'Server'],
      ['Serverns namn eller adress.', 'Name or address of the server.'],
      { form: 'host' },
    ),
    AuthenticationMethod: string(
      ['Inloggning', 'Sign-in'],
      ['Hur iPaden bevisar vem den är.', 'How the iPad proves who it is.'],
      { allowed: ['SharedSecret', 'Certificate'], default: 'SharedSecret' },
    ),
    XAuthName: string(
      ['Användarnamn', 'User name'],
      ['Kontots användarnamn.', 'The user name of the account.'],
    ),
    XAuthPassword: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
      secret: true,
    }),
    XAuthEnabled: integer(
      ['Utökad inloggning', 'Extended sign-in'],
      ['1: XAuth används.', '1: XAuth is used.'],
      { allowed: [0, 1] },
    ),
    XAuthPasswordEncryption: string(
      ['Fråga efter lösenord', 'Ask for the password'],
      ['Prompt: användaren tillfrågas varje gång.', 'Prompt: the user is asked each time.'],
      { allowed: ['Prompt'] },
    ),
    LocalIdentifier: string(
      ['Lokalt namn', 'Local name'],
      ['iPadens eller gruppens namn hos servern.', 'The name of the iPad or the group with the server.'],
    ),
    LocalIdentifierType: string(
      ['Typ av lokalt namn', 'Kind of local name'],
      ['Alltid KeyID.', 'Always KeyID.'],
      { allowed: ['KeyID'], default: 'KeyID' },
    ),
    SharedSecret: data(
      ['Delad hemlighet', 'Shared secret'],
      [
        'Samma på servern. Läcker en iPad måste alla bytas.',
        'The same on the server. If one iPad leaks it, all must change.',
      ],
      { secret: true },
    ),
    PayloadCertificateUUID: payloadCertificateUUID,
    PromptForVPNPIN: boolean(
      ['Fråga efter PIN', 'Ask for a PIN'],
      ['På: användaren tillfrågas vid anslutning.', 'On: the user is asked when connecting.'],
      { default: false },
    ),
    DisconnectOnIdle: disconnectOnIdle,
    DisconnectOnIdleTimer: integer(
      ['Tid före nedkoppling, sekunder', 'Time before disconnecting, seconds'],
      ['Bara när nedkoppling är på.', 'Only when disconnecting is on.'],
    ),
    OnDemandEnabled: onDemandEnabled,
    OnDemandMatchDomainsAlways: list(
      ['Domäner: alltid (äldre)', 'Domains: always (old)'],
      ['Använd regler i stället.', 'Use rules instead.'],
      item('string'),
      { deprecated: '7.0' },
    ),
    OnDemandMatchDomainsNever: list(
      ['Domäner: aldrig (äldre)', 'Domains: never (old)'],
      ['Använd regler i stället.', 'Use rules instead.'],
      item('string'),
      { deprecated: '7.0' },
    ),
    OnDemandMatchDomainsOnRetry: onDemandMatchDomainsOnRetry,
    OnDemandRules: onDemandRules,
  },
)
