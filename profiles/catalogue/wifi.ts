import { networkSignIn } from './network-sign-in.ts'
import { roamingConsortium } from './formats.ts'
import { boolean, dictionary, integer, item, list, payload, string, type Keys } from './notation.ts'

/** What wireless and wired networks have in common: who the iPad is, and the proxy that it goes through. */
const signIn: Keys = {
  PayloadCertificateUUID: string(
    ['Identitetscertifikat', 'Identity certificate'],
    [
      'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
      'The certificate with key in the same profile that proves who the iPad is.',
    ],
    { refersTo: 'identity' },
  ),
  EAPClientConfiguration: networkSignIn,
}

const proxies: Keys = {
  ProxyType: string(
    ['Typ av proxy', 'Kind of proxy'],
    ['Manual anger en server, Auto läser en PAC-fil.', 'Manual names a server, Auto reads a PAC file.'],
    { allowed: ['None', 'Manual', 'Auto'], default: 'None', userEnrolment: 'forbidden' },
  ),
  ProxyServer: string(
    ['Proxyserver', 'Proxy server'],
    [
      'Serverns namn eller adress. Krävs när typen är Manual.',
      'Name or address of the server. Needed when the kind is Manual.',
    ],
    { userEnrolment: 'forbidden', form: 'host' },
  ),
  ProxyServerPort: integer(
    ['Proxyns port', 'Port of the proxy'],
    ['Krävs när typen är Manual.', 'Needed when the kind is Manual.'],
    { min: 0, max: 65535, userEnrolment: 'forbidden', form: 'port' },
  ),
  ProxyUsername: string(
    ['Användarnamn i proxyn', 'User name at the proxy'],
    ['Lämnas tomt om proxyn inte kräver inloggning.', 'Leave empty if the proxy asks for no sign-in.'],
    { userEnrolment: 'forbidden' },
  ),
  ProxyPassword: string(
    ['Lösenord i proxyn', 'Password at the proxy'],
    [
      'Lagras i klartext i profilen, som därför bör krypteras.',
      'Stands in plain text in the profile, which should therefore be encrypted.',
    ],
    { secret: true, userEnrolment: 'forbidden' },
  ),
  ProxyPACURL: string(
    ['Adress till PAC-fil', 'Address of the PAC file'],
    [
      'Tomt betyder att iPaden söker filen med WPAD.',
      'Empty means that the iPad looks for the file by WPAD.',
    ],
    { userEnrolment: 'forbidden', form: 'url' },
  ),
  ProxyPACFallbackAllowed: boolean(
    ['Direkt när PAC-filen saknas', 'Direct when the PAC file is missing'],
    [
      'På: iPaden går direkt till nätet när PAC-filen inte nås.',
      'On: the iPad connects directly when the PAC file cannot be reached.',
    ],
    { default: false, userEnrolment: 'forbidden' },
  ),
}

export const wifi = payload('com.apple.wifi.managed', {
  title: ['Wi-Fi', 'Wi-Fi'],
  help: ['Ett trådlöst nät som iPaden ansluter till.', 'A wireless network that the iPad joins.'],
  family: 'network',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    AutoJoin: boolean(
      ['Anslut automatiskt', 'Join automatically'],
      ['Av: användaren måste välja nätet.', 'Off: the user must choose the network.'],
      { default: true, since: '5.0' },
    ),
    SSID_STR: string(
      ['Nätverksnamn (SSID)', 'Network name (SSID)'],
      [
        'Exakt som det sänds, med versaler och gemener.',
        'Exactly as it is broadcast, with capitals and small letters.',
      ],
      { since: '7.0' },
    ),
    HIDDEN_NETWORK: boolean(
      ['Dolt nät', 'Hidden network'],
      ['På: nätet sänder inte sitt namn.', 'On: the network does not broadcast its name.'],
      { default: false },
    ),
    EncryptionType: string(
      ['Säkerhet', 'Security'],
      [
        'WPA2 och WPA3 godtar också nyare och äldre i samma nät. Undvik WEP och None.',
        'WPA2 and WPA3 take the other on the same network as well. Avoid WEP and None.',
      ],
      { allowed: ['WEP', 'WPA', 'WPA2', 'WPA3', 'Any', 'None'], default: 'Any' },
    ),
    Password: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    ...signIn,
    DisplayedOperatorName: string(
      ['Operatör som visas', 'Operator shown'],
      ['Bara Hotspot 2.0.', 'Hotspot 2.0 only.'],
      { since: '7.0' },
    ),
    DomainName: string(
      ['Domän', 'Domain'],
      ['Bara Hotspot 2.0; ersätter nätverksnamnet.', 'Hotspot 2.0 only; replaces the network name.'],
      { since: '7.0' },
    ),
    RoamingConsortiumOIs: list(
      ['Roamingkonsortier', 'Roaming consortia'],
      [
        'Bara Hotspot 2.0; 6 eller 9 hexadecimala tecken.',
        'Hotspot 2.0 only; 6 or 9 hexadecimal characters.',
      ],
      item('string', { format: roamingConsortium }),
      { since: '7.0' },
    ),
    ServiceProviderRoamingEnabled: boolean(
      ['Roaming mellan operatörer', 'Roaming between providers'],
      ['Bara Hotspot 2.0.', 'Hotspot 2.0 only.'],
      { default: false, since: '7.0' },
    ),
    IsHotspot: boolean(
      ['Hotspot 2.0', 'Hotspot 2.0'],
      ['På: nätet behandlas som Hotspot.', 'On: the network is treated as a hotspot.'],
      { default: false, since: '7.0' },
    ),
    HESSID: string(['HESSID', 'HESSID'], ['Bara Hotspot 2.0.', 'Hotspot 2.0 only.'], { since: '7.0' }),
    NAIRealmNames: list(
      ['NAI-realm', 'NAI realms'],
      ['Bara Hotspot 2.0.', 'Hotspot 2.0 only.'],
      item('string'),
      { since: '7.0' },
    ),
    MCCAndMNCs: list(
      ['MCC och MNC', 'MCC and MNC'],
      ['Bara Hotspot 2.0; sex siffror var.', 'Hotspot 2.0 only; six digits each.'],
      item('string', { format: /^[0-9]{6}$/ }),
      { since: '7.0' },
    ),
    CaptiveBypass: boolean(
      ['Visa inte inloggningssidan', 'Do not show the sign-in page'],
      ['På: iPaden letar inte efter en inloggningssida.', 'On: the iPad does not look for a sign-in page.'],
      { default: false, since: '10.0' },
    ),
    QoSMarkingPolicy: dictionary(
      ['Förtur i nätet', 'Priority on the network'],
      ['Vilka appar som får förtur i Ciscos nät.', 'Which apps get priority on Cisco networks.'],
      {
        QoSMarkingAllowListAppIdentifiers: list(
          ['Appar med förtur', 'Apps with priority'],
          ['Paket-id.', 'Bundle identifiers.'],
          item('string'),
          { since: '14.5' },
        ),
        QoSMarkingWhitelistedAppIdentifiers: list(
          ['Appar med förtur (äldre namn)', 'Apps with priority (old name)'],
          [
            'Använd QoSMarkingAllowListAppIdentifiers i stället.',
            'Use QoSMarkingAllowListAppIdentifiers instead.',
          ],
          item('string'),
          { deprecated: '14.5' },
        ),
        QoSMarkingAppleAudioVideoCalls: boolean(
          ['FaceTime och samtal med förtur', 'FaceTime and calls with priority'],
          ['På: Apples egna samtal får förtur.', "On: Apple's own calls get priority."],
          { default: true },
        ),
        QoSMarkingEnabled: boolean(
          ['Märk trafiken', 'Mark the traffic'],
          ['Av: nätet behandlas som utan förtur.', 'Off: the network is treated as without priority.'],
          { default: true },
        ),
      },
      { since: '10.0' },
    ),
    EnableIPv6: boolean(['IPv6', 'IPv6'], ['På: IPv6 används.', 'On: IPv6 is used.'], { default: true }),
    TLSCertificateRequired: boolean(
      ['Kräv certifikat', 'Require a certificate'],
      [
        'På: även TTLS, PEAP och FAST kräver iPadens certifikat.',
        'On: TTLS, PEAP and FAST need the certificate of the iPad as well.',
      ],
      { default: false },
    ),
    ...proxies,
    DisableAssociationMACRandomization: boolean(
      ['Använd riktig MAC-adress', 'Use the real MAC address'],
      [
        'På: iPaden visar samma adress varje gång, vilket användaren varnas för.',
        'On: the iPad shows one address each time, about which the user is warned.',
      ],
      { default: false, since: '14.0', userEnrolment: 'forbidden' },
    ),
  },
})

export const ethernet = payload('com.apple.globalethernet.managed', {
  title: ['Kabelanslutet nät (802.1X)', 'Wired network (802.1X)'],
  help: [
    'Inloggning i kabelanslutna nät; samma nycklar som Wi-Fi.',
    'Sign-in on wired networks; the same keys as Wi-Fi.',
  ],
  family: 'network',
  since: '17.0',
  several: false,
  sharedPlace: 'both',
  others: item('any'),
  // Apple's schema leaves it open which keys; these are the ones that its description names.
  keys: { ...signIn, ...proxies },
})
