import { integer, item, list, string } from '../notation.ts'

export const encryptionAlgorithm = string(
  ['Kryptering', 'Encryption'],
  ['AES-256-GCM rekommenderas; DES och 3DES är osäkra.', 'AES-256-GCM is advised; DES and 3DES are unsafe.'],
  {
    allowed: ['DES', '3DES', 'AES-128', 'AES-256', 'AES-128-GCM', 'AES-256-GCM', 'ChaCha20Poly1305'],
    default: 'AES-256',
  },
)

export const diffieHellmanGroup = integer(
  ['Diffie-Hellman-grupp', 'Diffie-Hellman group'],
  ['14 eller högre; 19 till 21 är elliptiska kurvor.', '14 or higher; 19 to 21 are elliptic curves.'],
  { allowed: [1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 31, 32], default: 14 },
)

export const excludeDeviceCommunication = integer(
  ['Undanta enheter i närheten', 'Leave out devices nearby'],
  [
    '1: trafik till enheter över USB och Wi-Fi går utanför.',
    '1: traffic to devices over USB and Wi-Fi goes outside.',
  ],
  { allowed: [0, 1], default: 1, since: '17.4' },
)

export const payloadCertificateUUID = string(
  ['Identitetscertifikat', 'Identity certificate'],
  [
    'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
    'The certificate with key in the same profile that proves who the iPad is.',
  ],
  { refersTo: 'identity' },
)

export const excludeAPNs = integer(
  ['Undanta push', 'Leave out push'],
  [
    '1: Apples push går utanför, så att iPaden alltid kan nås.',
    "1: Apple's push goes outside, so that the iPad can always be reached.",
  ],
  { allowed: [0, 1], default: 1, since: '16.4' },
)

export const includeAllNetworks = integer(
  ['All trafik genom VPN', 'All traffic through the VPN'],
  [
    '1: ingenting går utanför, med undantagen nedan.',
    '1: nothing goes outside, but for the exceptions below.',
  ],
  { allowed: [0, 1], default: 0, since: '14.0' },
)

export const providerType = string(
  ['Nivå', 'Level'],
  [
    'packet-tunnel för all trafik, app-proxy för appars.',
    'packet-tunnel for all traffic, app-proxy for that of apps.',
  ],
  { allowed: ['packet-tunnel', 'app-proxy'], default: 'packet-tunnel' },
)

export const excludeCellularServices = integer(
  ['Undanta operatörens tjänster', "Leave out the operator's services"],
  ['1: samtal och röstbrevlåda går utanför.', '1: calls and voicemail go outside.'],
  { allowed: [0, 1], default: 1, since: '16.4' },
)

export const onDemandUserOverrideDisabled = integer(
  ['Användaren kan inte stänga av', 'The user cannot switch it off'],
  ['1: reglaget i Inställningar är låst.', '1: the switch in Settings is locked.'],
  { allowed: [0, 1], default: 0, since: '14.0' },
)

export const excludeLocalNetworks = integer(
  ['Undanta lokala nät', 'Leave out local networks'],
  ['1: skrivare och skärmar i närheten nås direkt.', '1: printers and screens nearby are reached directly.'],
  { allowed: [0, 1], since: '14.2' },
)

export const disconnectOnIdle = integer(
  ['Koppla ned vid stillhet', 'Disconnect when idle'],
  ['1: kopplas ned efter en tid utan trafik.', '1: disconnects after some time without traffic.'],
  { allowed: [0, 1], default: 0 },
)

export const integrityAlgorithm = string(
  ['Kontrollsumma', 'Integrity'],
  ['SHA2-256 eller starkare.', 'SHA2-256 or stronger.'],
  { allowed: ['SHA1-96', 'SHA1-160', 'SHA2-256', 'SHA2-384', 'SHA2-512'], default: 'SHA2-256' },
)

export const enforceRoutes = integer(
  ['Följ VPN:ets vägar', 'Follow the routes of the VPN'],
  ['1: de går före iPadens egna.', "1: they go before the iPad's own."],
  { allowed: [0, 1], default: 0, since: '14.2' },
)

export const onDemandEnabled = integer(
  ['Anslut vid behov', 'Connect on demand'],
  ['1: reglerna nedan avgör när VPN ansluts.', '1: the rules below decide when the VPN connects.'],
  { allowed: [0, 1], default: 0 },
)

export const onDemandMatchDomainsOnRetry = list(
  ['Domäner: vid behov (äldre)', 'Domains: when needed (old)'],
  ['Använd regler i stället.', 'Use rules instead.'],
  item('string'),
  { deprecated: '7.0' },
)

export const bundleIdentifier = string(
  ['Appens paket-id', 'Bundle identifier of the app'],
  ['Appen som undantaget gäller.', 'The app that the exception is about.'],
  { required: true },
)
