import { type CataloguePayload, type Keys } from '../catalogue/notation.ts'

/** The keys that nearly everybody fills in, in the order in which they are thought of; the others come after. */
const first: Readonly<Record<string, readonly string[]>> = {
  'com.apple.wifi.managed': [
    ...['SSID_STR', 'EncryptionType', 'Password', 'AutoJoin', 'HIDDEN_NETWORK'],
    ...['PayloadCertificateUUID', 'EAPClientConfiguration'],
  ],
  'com.apple.vpn.managed': ['UserDefinedName', 'VPNType', 'IKEv2'],
  'com.apple.vpn.managed.applayer': [
    'UserDefinedName',
    'VPNUUID',
    'VPNType',
    'VPN',
    'IKEv2',
    'SafariDomains',
  ],
  'com.apple.webcontent-filter': ['FilterType', 'AutoFilterEnabled', 'DenyListURLs', 'AllowListBookmarks'],
  'com.apple.domains': ['EmailDomains', 'WebDomains'],
  'com.apple.proxy.http.global': ['ProxyType', 'ProxyServer', 'ProxyServerPort', 'ProxyCaptiveLoginAllowed'],
  'com.apple.dnsSettings.managed': ['DNSSettings', 'ProhibitDisablement'],
  'com.apple.eas.account': [
    ...['Host', 'SSL', 'OAuth', 'UserName', 'EmailAddress', 'Password', 'MailNumberOfPastDaysToSync'],
  ],
  'com.apple.mail.managed': [
    ...['EmailAccountDescription', 'EmailAccountName', 'EmailAddress', 'EmailAccountType'],
    ...['IncomingMailServerHostName', 'IncomingMailServerPortNumber', 'IncomingMailServerUseSSL'],
    ...['IncomingMailServerAuthentication', 'IncomingMailServerUsername', 'IncomingPassword'],
    ...['OutgoingMailServerHostName', 'OutgoingMailServerPortNumber', 'OutgoingMailServerUseSSL'],
    ...['OutgoingMailServerAuthentication', 'OutgoingMailServerUsername'],
    ...['OutgoingPasswordSameAsIncomingPassword', 'OutgoingPassword'],
  ],
  'com.apple.caldav.account': ['CalDAVHostName', 'CalDAVUsername', 'CalDAVPassword', 'CalDAVUseSSL'],
  'com.apple.carddav.account': ['CardDAVHostName', 'CardDAVUsername', 'CardDAVPassword', 'CardDAVUseSSL'],
  'com.apple.ldap.account': ['LDAPAccountHostName', 'LDAPAccountUseSSL', 'LDAPSearchSettings'],
  'com.apple.mobiledevice.passwordpolicy': [
    ...['forcePIN', 'allowSimple', 'requireAlphanumeric', 'minLength', 'maxFailedAttempts'],
    ...['maxInactivity', 'maxGracePeriod', 'maxPINAgeInDays', 'pinHistory'],
  ],
  'com.apple.webClip.managed': ['Label', 'URL', 'Icon', 'IsRemovable', 'FullScreen'],
  'com.apple.security.pkcs12': ['PayloadContent', 'Password'],
  'com.apple.shareddeviceconfiguration': ['AssetTagInformation', 'LockScreenFootnote'],
  'com.apple.extensiblesso': ['ExtensionIdentifier', 'Type', 'URLs', 'Hosts'],
}

/** The same within a dictionary, by its key. */
const firstInside: Readonly<Record<string, readonly string[]>> = {
  EAPClientConfiguration: [
    ...[
      'AcceptEAPTypes',
      'UserName',
      'UserPassword',
      'PayloadCertificateAnchorUUID',
      'TLSTrustedServerNames',
    ],
    ...['OuterIdentity', 'TTLSInnerAuthentication'],
  ],
  IKEv2: [
    ...['RemoteAddress', 'RemoteIdentifier', 'LocalIdentifier', 'AuthenticationMethod', 'SharedSecret'],
    ...['PayloadCertificateUUID', 'ExtendedAuthEnabled', 'AuthName', 'AuthPassword', 'OnDemandEnabled'],
  ],
  IPSec: ['RemoteAddress', 'AuthenticationMethod', 'SharedSecret', 'PayloadCertificateUUID', 'XAuthName'],
  VPN: ['RemoteAddress', 'AuthenticationMethod', 'AuthName', 'AuthPassword', 'PayloadCertificateUUID'],
  DNSSettings: ['DNSProtocol', 'ServerURL', 'ServerName', 'ServerAddresses'],
}

/** Fewer than this are shown all at once, the usual ones first: nobody has to look for the rest. */
const few = 9

/** The keys of a payload that its form shows first: the usual ones, then what must be there. */
export function firstKeys({ type, keys }: CataloguePayload): string[] {
  const names = Object.keys(keys)
  const required = names.filter(name => keys[name]?.required === true)
  const usual = first[type]?.filter(name => Object.hasOwn(keys, name)) ?? []
  const chosen = [...new Set([...usual, ...required])]
  if (names.length < few) return [...new Set([...chosen, ...names])]
  return chosen.length > 0 ? chosen : names.slice(0, few)
}

/** The keys of the dictionary called `name` that its form shows first; all of them where there are few. */
export function firstKeysInside(name: string, keys: Keys): string[] {
  const names = Object.keys(keys)
  const usual = Object.hasOwn(firstInside, name) ? firstInside[name] : undefined
  if (usual === undefined || names.length < few) return names
  return usual.filter(each => Object.hasOwn(keys, each))
}
