import { dictionary, integer, item, list, string } from '../notation.ts'
import {
  excludeDeviceCommunication,
  payloadCertificateUUID,
  excludeAPNs,
  includeAllNetworks,
  providerType,
  excludeCellularServices,
  onDemandUserOverrideDisabled,
  excludeLocalNetworks,
  disconnectOnIdle,
  enforceRoutes,
  onDemandEnabled,
  onDemandMatchDomainsOnRetry,
} from './connection.ts'
import { onDemandRules } from './on-demand.ts'

export const vendorConfig = dictionary(
  ['Leverantörens inställningar', 'Settings of the vendor'],
  ['Lämnas till VPN-appen.', 'Handed to the VPN app.'],
  {
    Realm: string(['Realm', 'Realm'], ['Juniper och Pulse Secure.', 'Juniper and Pulse Secure.']),
    Role: string(['Roll', 'Role'], ['Juniper och Pulse Secure.', 'Juniper and Pulse Secure.']),
    Group: string(['Grupp', 'Group'], ['Cisco AnyConnect.', 'Cisco AnyConnect.']),
    LoginGroupOrDomain: string(['Grupp eller domän', 'Group or domain'], ['SonicWALL.', 'SonicWALL.']),
  },
)

export const vendorConnection = dictionary(
  ['Uppgifter om anslutningen', 'Facts of the connection'],
  ['När typen är VPN.', 'When the kind is VPN.'],
  {
    AuthenticationMethod: string(
      ['Inloggning', 'Sign-in'],
      ['Hur iPaden bevisar vem den är.', 'How the iPad proves who it is.'],
      { allowed: ['Password', 'Certificate', 'Password+Certificate'], default: 'Password' },
    ),
    PayloadCertificateUUID: payloadCertificateUUID,
    Password: string(['Lösenord', 'Password'], ['Kontots lösenord.', 'The password of the account.'], {
      secret: true,
    }),
    ProviderBundleIdentifier: string(
      ['Tilläggets paket-id', 'Bundle identifier of the extension'],
      ['När appen har flera tillägg.', 'When the app has several extensions.'],
    ),
    DisconnectOnIdle: disconnectOnIdle,
    DisconnectOnIdleTimer: integer(
      ['Tid före nedkoppling, sekunder', 'Time before disconnecting, seconds'],
      ['Bara när nedkoppling är på.', 'Only when disconnecting is on.'],
    ),
    ProviderType: providerType,
    IncludeAllNetworks: includeAllNetworks,
    EnforceRoutes: enforceRoutes,
    ExcludeLocalNetworks: excludeLocalNetworks,
    ExcludeCellularServices: excludeCellularServices,
    ExcludeAPNs: excludeAPNs,
    ExcludeDeviceCommunication: excludeDeviceCommunication,
    OnDemandEnabled: onDemandEnabled,
    OnDemandUserOverrideDisabled: onDemandUserOverrideDisabled,
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
