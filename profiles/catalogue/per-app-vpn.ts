import { boolean, item, list, payload, string } from './notation.ts'
import { vpn } from './vpn/vpn.ts'

/** Apple, App-Layer VPN: "The fields in this payload are the same as the VPN payload, with the addition of" its own. */
export const perAppVpn = payload('com.apple.vpn.managed.applayer', {
  title: ['VPN per app', 'Per-app VPN'],
  help: ['Ett VPN som bara vissa appar och domäner använder.', 'A VPN that only some apps and domains use.'],
  family: 'network',
  since: '7.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    ...vpn.keys,
    VPNUUID: string(
      ['UUID för VPN', 'UUID of the VPN'],
      ['Appar och konton pekar hit med den.', 'Apps and accounts point here with it.'],
      { required: true },
    ),
    CellularSliceUUID: string(
      ['Del av mobilnätet', 'Cellular slice'],
      [
        'DNN eller kategori för den del av nätet som VPN använder.',
        'DNN or category of the slice of the network that the VPN uses.',
      ],
      { since: '18.0' },
    ),
    SafariDomains: list(
      ['Domäner i Safari', 'Domains in Safari'],
      ['Sidor på dessa domäner öppnas genom VPN.', 'Sites on these domains open through the VPN.'],
      item('string'),
    ),
    MailDomains: list(
      ['Domäner i Mail', 'Domains in Mail'],
      ['Konton på dessa domäner använder VPN.', 'Accounts on these domains use the VPN.'],
      item('string'),
      { since: '13.0', deprecated: '13.4' },
    ),
    CalendarDomains: list(
      ['Domäner i Kalender', 'Domains in Calendar'],
      ['Konton på dessa domäner använder VPN.', 'Accounts on these domains use the VPN.'],
      item('string'),
      { since: '13.0', deprecated: '13.4' },
    ),
    ContactsDomains: list(
      ['Domäner i Kontakter', 'Domains in Contacts'],
      ['Konton på dessa domäner använder VPN.', 'Accounts on these domains use the VPN.'],
      item('string'),
      { since: '13.0', deprecated: '13.4' },
    ),
    AssociatedDomains: list(
      ['Appars egna domäner', 'Domains of apps'],
      ['Appars egna webbplatser som använder VPN.', 'Web sites of apps that use the VPN.'],
      item('string'),
      { since: '14.0' },
    ),
    ExcludedDomains: list(
      ['Undantagna domäner', 'Domains left out'],
      ['Trafik dit går utanför.', 'Traffic to them goes outside.'],
      item('string'),
      { since: '14.0' },
    ),
    OnDemandMatchAppEnabled: boolean(
      ['Anslut när appen startar', 'Connect when the app starts'],
      ['På: VPN ansluts automatiskt.', 'On: the VPN connects automatically.'],
    ),
    SMBDomains: list(
      ['Domäner för filservrar', 'Domains of file servers'],
      ['Filservrar som nås genom VPN.', 'File servers that are reached through the VPN.'],
      item('string'),
      { since: '13.0' },
    ),
  },
})
