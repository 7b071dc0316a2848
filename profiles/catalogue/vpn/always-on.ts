import { dictionary, integer, item, list, string } from '../notation.ts'
import { bundleIdentifier } from './connection.ts'

export const alwaysOn = dictionary(
  ['Alltid på', 'Always on'],
  [
    'När typen är AlwaysOn. Utan fungerande server når iPaden inget nät alls.',
    'When the kind is AlwaysOn. Without a working server the iPad reaches no network at all.',
  ],
  {
    UIToggleEnabled: integer(
      ['Användaren kan stänga av', 'The user can switch it off'],
      ['1: reglaget i Inställningar är öppet.', '1: the switch in Settings is open.'],
      { allowed: [0, 1], default: 0 },
    ),
    TunnelConfigurations: list(
      ['Tunnlar', 'Tunnels'],
      ['En per typ av nät.', 'One for each kind of network.'],
      item('dictionary', {
        keys: {
          ProtocolType: string(['Protokoll', 'Protocol'], ['Alltid IKEv2.', 'Always IKEv2.'], {
            required: true,
            allowed: ['IKEv2'],
          }),
          Interfaces: list(
            ['Nät', 'Networks'],
            ['Wi-Fi, mobilnät eller båda.', 'Wi-Fi, mobile network or both.'],
            item('string', { allowed: ['Cellular', 'WiFi'] }),
          ),
        },
      }),
      { required: true },
    ),
    ServiceExceptions: list(
      ['Undantagna tjänster', 'Services left out'],
      ['Apples tjänster utanför tunneln.', "Apple's services outside the tunnel."],
      item('dictionary', {
        keys: {
          ServiceName: string(
            ['Tjänst', 'Service'],
            ['Vilken tjänst undantaget gäller.', 'Which service the exception is about.'],
            { required: true, allowed: ['VoiceMail', 'AirPrint', 'CellularServices', 'DeviceCommunication'] },
          ),
          Action: string(
            ['Vad som händer', 'What happens'],
            ['Allow släpper fram utanför, Drop stoppar.', 'Allow lets it through outside, Drop stops it.'],
            { required: true, allowed: ['Allow', 'Drop'] },
          ),
        },
      }),
    ),
    ApplicationExceptions: list(
      ['Undantagna appar', 'Apps left out'],
      ['Appar vars trafik går utanför.', 'Apps whose traffic goes outside.'],
      item('dictionary', {
        keys: {
          BundleIdentifier: bundleIdentifier,
          LimitToProtocols: list(
            ['Bara för protokoll', 'Only for protocols'],
            ['Bara UDP.', 'UDP only.'],
            item('string', { allowed: ['UDP'] }),
          ),
        },
      }),
      { since: '13.6' },
    ),
    AllowCaptiveWebSheet: integer(
      ['Släpp fram inloggningssidor', 'Let sign-in pages through'],
      [
        '1: hotellets inloggningssida visas utanför tunneln.',
        "1: a hotel's sign-in page shows outside the tunnel.",
      ],
      { allowed: [0, 1], default: 0 },
    ),
    AllowAllCaptiveNetworkPlugins: integer(
      ['Alla inloggningsappar', 'All sign-in apps'],
      ['1: appar för inloggning i nät går utanför.', '1: apps that sign in to networks go outside.'],
      { allowed: [0, 1], default: 0 },
    ),
    AllowedCaptiveNetworkPlugins: list(
      ['Tillåtna inloggningsappar', 'Allowed sign-in apps'],
      ['Appar för inloggning i nät.', 'Apps that sign in to networks.'],
      item('dictionary', { keys: { BundleIdentifier: bundleIdentifier } }),
    ),
  },
  { since: '8.0' },
)
