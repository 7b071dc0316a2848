import { vendorConfig, vendorConnection } from './vendor.ts'
import { ikev2 } from './ikev2.ts'
import { alwaysOn } from './always-on.ts'
import { ipv4, l2tp, ciscoIpsec } from './older.ts'
import { dns, proxies } from './dns-and-proxies.ts'
import { payload, string } from '../notation.ts'

export const vpn = payload('com.apple.vpn.managed', {
  title: ['VPN', 'VPN'],
  help: [
    'Krypterad anslutning till organisationens nät: IKEv2, alltid på, eller en leverantörs app.',
    "Encrypted connection to the organisation's network: IKEv2, always on, or a vendor's app.",
  ],
  family: 'network',
  since: '4.0',
  several: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    VPNType: string(
      ['Typ', 'Kind'],
      [
        'IKEv2 för inbyggt VPN, AlwaysOn för övervakade iPads, VPN för en leverantörs app.',
        "IKEv2 for built-in VPN, AlwaysOn for supervised iPads, VPN for a vendor's app.",
      ],
      { required: true, allowed: ['VPN', 'L2TP', 'IPSec', 'IKEv2', 'AlwaysOn'] },
    ),
    VPNSubType: string(
      ['Leverantörens app', "Vendor's app"],
      [
        'Paket-id för VPN-appen. Krävs när typen är VPN.',
        'Bundle identifier of the VPN app. Needed when the kind is VPN.',
      ],
    ),
    UserDefinedName: string(['Namn', 'Name'], ['Visas i Inställningar.', 'Shown in Settings.'], {
      required: true,
    }),
    VendorConfig: vendorConfig,
    VPN: vendorConnection,
    IPv4: ipv4,
    PPP: l2tp,
    IPSec: ciscoIpsec,
    IKEv2: ikev2,
    DNS: dns,
    Proxies: proxies,
    AlwaysOn: alwaysOn,
  },
})
