type Judged = 'flag' | 'condition' | 'saying' | { readonly left: string }

const vpn: Readonly<Record<string, Judged>> = {
  VPNType: 'flag',
  'IKEv2.ServerCertificateIssuerCommonName': 'condition',
  'DNS.ServerURL': 'condition',
  'DNS.ServerName': 'condition',
  'Proxies.HTTPPort': 'condition',
  'Proxies.HTTPSPort': 'condition',
}

/**
 * What Apple says in prose only of supervision, systems and keys that must be there, and where we judge it: in the
 * catalogue (`flag`), `validation/conditions.ts` (`condition`), `validation/said-in-prose.ts` (`saying`), or nowhere
 * (`left`), for the reason that is given.
 */
export const appleProse: Readonly<Record<string, Readonly<Record<string, Judged>>>> = {
  'com.apple.applicationaccess': {
    allowActivityContinuation: { left: 'Of a later release.' },
    allowRemoteScreenObservation: { left: 'Of releases before iOS 13, which no iPad has that we take in.' },
    safariAllowJavaScript: { left: 'Of a later release.' },
  },
  'com.apple.cellularprivatenetwork.managed': { Geofences: 'saying' },
  'com.apple.dnsProxy.managed': { DNSProxyUUID: 'saying' },
  'com.apple.dnsSettings.managed': {
    'DNSSettings.ServerURL': 'condition',
    'DNSSettings.ServerName': 'condition',
    ProhibitDisablement: 'flag',
  },
  'com.apple.eas.account': { UserName: 'condition' },
  'com.apple.education': {
    LeaderPayloadCertificateAnchorUUID: { left: "Only on a pupil's iPad, which the payload does not say." },
    MemberPayloadCertificateAnchorUUID: { left: "Only on a pupil's iPad, which the payload does not say." },
  },
  'com.apple.extensiblesso': { URLs: 'condition', Hosts: 'condition' },
  'com.apple.homescreenlayout': {
    'Dock.IconItem.BundleID': 'condition',
    'Dock.IconItem.URL': 'condition',
    'Dock.IconItem.Pages.PagesItem.IconItem.BundleID': 'condition',
    'Dock.IconItem.Pages.PagesItem.IconItem.URL': 'condition',
    'Pages.PagesItem.IconItem.BundleID': 'condition',
    'Pages.PagesItem.IconItem.URL': 'condition',
    'Pages.PagesItem.IconItem.Pages.PagesItem.IconItem.BundleID': 'condition',
    'Pages.PagesItem.IconItem.Pages.PagesItem.IconItem.URL': 'condition',
  },
  'com.apple.mdm': {
    ManagedAppleID: { left: 'Of earlier releases, and no other server takes an iPad from us.' },
    EnrollmentMode: { left: 'Our own enrolment alone has this payload.' },
    ServerCapabilities: { left: 'Our own enrolment alone has this payload.' },
  },
  'com.apple.proxy.http.global': { ProxyServer: 'condition', ProxyServerPort: 'condition' },
  'com.apple.relay.managed': { RelayUUID: 'saying' },
  'com.apple.sso': { 'Kerberos.PrincipalName': 'condition' },
  'com.apple.vpn.managed': vpn,
  'com.apple.vpn.managed.applayer': vpn,
  'com.apple.webcontent-filter': {
    UserDefinedName: 'condition',
    PluginBundleID: 'condition',
    ContentFilterUUID: 'saying',
  },
  'com.apple.wifi.managed': { 'EAPClientConfiguration.OuterIdentity': 'condition' },
}
