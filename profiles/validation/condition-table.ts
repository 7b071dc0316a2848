import { type Scalar, type Words } from '../catalogue/notation.ts'

/**
 * Apple says these in prose only: when a key has one of these values, others must be there too. `within` is the way
 * down from the payload to the dictionary, `*` for every item of an array.
 */
export interface Condition {
  readonly type: string
  readonly within?: readonly string[]
  readonly when: string
  /** Missing: any value. */
  readonly is?: readonly Scalar[]
  /** Only where this stands as well. */
  readonly beside?: string
  /** Only where this does not stand. */
  readonly unless?: string
  /** Missing: an iPad refuses the payload, or cannot do anything with it. */
  readonly severity?: 'warning'
  /** Instead of the key and its value, why it is needed. */
  readonly because?: Words
  /** Each of these, or, in an inner list, one of those. */
  readonly needs: readonly (string | readonly string[])[]
}

const icons = (
  [
    ['Dock', '*'],
    ['Pages', '*', '*'],
    ['Dock', '*', 'Pages', '*', '*'],
    ['Pages', '*', '*', 'Pages', '*', '*'],
  ] as const
).flatMap((within): Condition[] => [
  { type: 'com.apple.homescreenlayout', within, when: 'Type', is: ['Application'], needs: ['BundleID'] },
  { type: 'com.apple.homescreenlayout', within, when: 'Type', is: ['WebClip'], needs: ['URL'] },
  {
    type: 'com.apple.homescreenlayout',
    within,
    when: 'Type',
    is: ['Folder'],
    needs: ['DisplayName', 'Pages'],
  },
])

const tunnel: readonly Omit<Condition, 'type'>[] = [
  { within: ['DNS'], when: 'DNSProtocol', is: ['HTTPS'], needs: ['ServerURL'] },
  { within: ['DNS'], when: 'DNSProtocol', is: ['TLS'], needs: ['ServerName'] },
  { within: ['Proxies'], when: 'HTTPProxy', needs: ['HTTPPort'] },
  { within: ['Proxies'], when: 'HTTPSProxy', needs: ['HTTPSPort'] },
  {
    within: ['IKEv2'],
    when: 'ExtendedAuthEnabled',
    is: [1],
    beside: 'CertificateType',
    needs: ['ServerCertificateIssuerCommonName'],
  },
  { when: 'VPNType', is: ['VPN'], needs: ['VPNSubType'] },
  { when: 'VPNType', is: ['VPN'], needs: ['VPN'] },
  { when: 'VPNType', is: ['IKEv2'], needs: ['IKEv2'] },
  { when: 'VPNType', is: ['IPSec'], needs: ['IPSec'] },
  { when: 'VPNType', is: ['L2TP'], needs: ['PPP'] },
  { when: 'VPNType', is: ['AlwaysOn'], needs: ['AlwaysOn'] },
  {
    within: ['IKEv2'],
    when: 'AuthenticationMethod',
    is: ['SharedSecret'],
    needs: ['SharedSecret'],
  },
  {
    within: ['IKEv2'],
    when: 'AuthenticationMethod',
    is: ['Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
  {
    within: ['IPSec'],
    when: 'AuthenticationMethod',
    is: ['SharedSecret'],
    needs: ['SharedSecret'],
  },
  {
    within: ['IPSec'],
    when: 'AuthenticationMethod',
    is: ['Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
  {
    within: ['VPN'],
    when: 'AuthenticationMethod',
    is: ['Certificate', 'Password+Certificate'],
    needs: ['PayloadCertificateUUID'],
  },
]

/** Of a VPN for everything, and of one for some apps: they have the same keys. */
const tunnels = ['com.apple.vpn.managed', 'com.apple.vpn.managed.applayer'].flatMap(type =>
  tunnel.map(each => ({ ...each, type })),
)

/** Accounts of mail that sign or encrypt without a certificate; the user may choose one where that is allowed. */
const smime = ['com.apple.mail.managed', 'com.apple.eas.account'].flatMap(type =>
  (
    [
      ['SMIMESigningEnabled', 'SMIMESigningCertificateUUID'],
      ['SMIMEEncryptByDefault', 'SMIMEEncryptionCertificateUUID'],
      ['SMIMEEncryptionEnabled', 'SMIMEEncryptionCertificateUUID'],
    ] as const
  ).map(([when, needed]): Condition => ({
    type,
    when,
    is: [true],
    unless: `${needed}UserOverrideable`,
    severity: 'warning',
    needs: [needed],
  })),
)

const byManagement: Words = [
  'när profilen kommer från Örnkoll, eftersom ingen fyller i något på iPaden',
  'when the profile comes from Örnkoll, since nobody fills in anything on the iPad',
]

export const conditions: readonly Condition[] = [
  ...['com.apple.wifi.managed', 'com.apple.globalethernet.managed', 'com.apple.proxy.http.global'].map(
    (type): Condition => ({
      type,
      when: 'ProxyType',
      is: ['Manual'],
      needs: ['ProxyServer', 'ProxyServerPort'],
    }),
  ),
  {
    type: 'com.apple.webcontent-filter',
    when: 'FilterType',
    is: ['Plugin'],
    needs: ['UserDefinedName', 'PluginBundleID', ['FilterBrowsers', 'FilterSockets']],
  },
  {
    type: 'com.apple.dnsSettings.managed',
    within: ['DNSSettings'],
    when: 'DNSProtocol',
    is: ['HTTPS'],
    needs: ['ServerURL'],
  },
  {
    type: 'com.apple.dnsSettings.managed',
    within: ['DNSSettings'],
    when: 'DNSProtocol',
    is: ['TLS'],
    needs: ['ServerName'],
  },
  ...['com.apple.wifi.managed', 'com.apple.globalethernet.managed'].map((type): Condition => ({
    type,
    within: ['EAPClientConfiguration'],
    when: 'TLSMinimumVersion',
    is: ['1.3'],
    needs: ['OuterIdentity'],
  })),
  {
    type: 'com.apple.eas.account',
    when: 'PayloadType',
    needs: ['UserName'],
    because: byManagement,
  },
  {
    type: 'com.apple.sso',
    within: ['Kerberos'],
    when: 'Realm',
    needs: ['PrincipalName'],
    because: byManagement,
  },
  ...tunnels,
  { type: 'com.apple.extensiblesso', when: 'Type', is: ['Redirect'], needs: ['URLs'] },
  { type: 'com.apple.extensiblesso', when: 'Type', is: ['Credential'], needs: ['Hosts'] },
  { type: 'Configuration', when: 'IsEncrypted', is: [true], needs: ['EncryptedPayloadContent'] },
  ...smime,
  ...icons,
]
