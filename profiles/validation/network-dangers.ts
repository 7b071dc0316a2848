import { isDictionary, type PlistDictionary } from '../plist/plist-value.ts'
import { holdsVariables } from '../variables.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type Findings } from './findings.ts'
import { checkNetworkSignIn, signsInByItself } from './network-sign-in.ts'

const wifiType = 'com.apple.wifi.managed'

/** With Wi-Fi bound to the networks of profiles, at least one must be there that the iPad joins without a hand. */
export function checkNetworks(
  payloads: readonly NumberedPayload[],
  networksElsewhere: boolean,
  findings: Findings,
): void {
  checkNetworkSignIn(payloads, findings)
  const networks = payloads.filter(({ payload }) => payload['PayloadType'] === wifiType)
  for (const { index, payload } of networks) {
    checkName(payload, index, findings)
    checkPassword(payload, index, findings)
  }
  const bound = payloads.find(
    ({ payload }) =>
      payload['forceWiFiToAllowedNetworksOnly'] === true || payload['forceWiFiWhitelisting'] === true,
  )
  if (bound === undefined || networksElsewhere) return
  const key =
    bound.payload['forceWiFiToAllowedNetworksOnly'] === true
      ? 'forceWiFiToAllowedNetworksOnly'
      : 'forceWiFiWhitelisting'
  if (networks.length === 0)
    findings.error('no-network', { payload: bound.index, path: [key] }, [
      'Bara Wi-Fi-nät från profiler är tillåtna, men iPaden har inget sådant nät. Den skulle förlora nätet och inte kunna nås igen.',
      'Only Wi-Fi networks from profiles are allowed, but the iPad has none. It would lose the network and could not be reached again.',
    ])
  else if (!networks.some(({ payload }) => joinsByItself(payload)))
    findings.error('unreachable-network', { payload: networks[0]?.index ?? 0, path: ['SSID_STR'] }, [
      'Detta är iPadens enda tillåtna nät, men den kan inte ansluta automatiskt: lösenord, inloggning eller betrodd server saknas, eller automatisk anslutning är av.',
      'This is the only network the iPad may join, but it cannot join automatically: a password, sign-in or trusted server is missing, or automatic joining is off.',
    ])
}

function checkName(payload: PlistDictionary, index: number, findings: Findings): void {
  if (isNamed(payload)) {
    if (payload['EncryptionType'] === 'WEP')
      findings.warning('weak', { payload: index, path: ['EncryptionType'] }, [
        'WEP skyddar inte: lösenordet kan läsas ur luften på några minuter.',
        'WEP does not protect: the password can be read from the air within minutes.',
      ])
    return
  }
  findings.error('missing-here', { payload: index, path: ['SSID_STR'] }, [
    'Nätverksnamn (SSID_STR) behövs, eller DomainName för Hotspot 2.0.',
    'Network name (SSID_STR) is needed, or DomainName for Hotspot 2.0.',
  ])
}

/** A blank name is the name of no network. */
const isNamed = ({ SSID_STR: name, DomainName: domain }: PlistDictionary): boolean =>
  [name, domain].some(each => each !== undefined && (typeof each !== 'string' || each.trim() !== ''))

function checkPassword(payload: PlistDictionary, index: number, findings: Findings): void {
  if (mayFit(payload)) return
  findings.error('wrong-form', { payload: index, path: ['Password'] }, [
    'Så kan nätets lösenord inte se ut: WPA tar 8–63 tecken, eller 64 hexadecimala siffror. iPaden skulle aldrig ansluta.',
    'The network cannot have this password: WPA takes 8–63 characters, or 64 hexadecimal digits. The iPad would never join.',
  ])
}

/** Whether a network with this security can have the password (IEEE 802.11, annex M: 8–63 octets, or the key itself). */
function mayFit({ EncryptionType, Password, EAPClientConfiguration: signIn }: PlistDictionary): boolean {
  const isShared = typeof Password === 'string' && Password !== '' && !isDictionary(signIn)
  if (!isShared || holdsVariables(Password) || EncryptionType === 'WEP' || EncryptionType === 'None')
    return true
  const length = Buffer.byteLength(Password)
  if ((length >= 8 && length <= 63) || wpaKey.test(Password)) return true
  // Of any security: the shortest key of WEP, whose others are as long as those of WPA.
  return (EncryptionType ?? 'Any') === 'Any' && length === 5
}

const wpaKey = /^[0-9a-f]{64}$/i

/** Whether an iPad joins the network of this Wi-Fi payload without somebody typing anything. */
export function joinsByItself(payload: PlistDictionary): boolean {
  if (payload['AutoJoin'] === false || !isNamed(payload)) return false
  const signIn = payload['EAPClientConfiguration']
  if (isDictionary(signIn)) return signsInByItself(payload, signIn)
  const security = payload['EncryptionType'] ?? 'Any'
  return security === 'None' || ((payload['Password'] ?? '') !== '' && mayFit(payload))
}

/** Proxies, tunnels and name servers that all traffic must pass: when they fail, the iPad is cut off. */
export function checkTunnels(payloads: readonly NumberedPayload[], findings: Findings): void {
  for (const { index, payload } of payloads) {
    const place = { payload: index, path: [] }
    const type = payload['PayloadType']
    if (type === 'com.apple.proxy.http.global' && payload['ProxyCaptiveLoginAllowed'] !== true)
      findings.warning('may-strand', place, [
        'All trafik går genom proxyn. Om inloggningssidor inte släpps fram får iPaden inget nät på hotell och tåg, och kan inte nås.',
        'All traffic goes through the proxy. Unless sign-in pages are let through, the iPad gets no network in hotels and on trains, and cannot be reached.',
      ])
    if (
      type === 'com.apple.dnsSettings.managed' &&
      payload['ProhibitDisablement'] === true &&
      payload['OnDemandRules'] === undefined
    )
      findings.warning('may-strand', { ...place, path: ['ProhibitDisablement'] }, [
        'Svarar DNS-servern inte når iPaden ingenting, och användaren kan inte stänga av den.',
        'If the DNS server does not answer, the iPad reaches nothing, and the user cannot switch it off.',
      ])
    if (type === 'com.apple.vpn.managed') checkVpn(payload, index, findings)
  }
}

function checkVpn(payload: PlistDictionary, index: number, findings: Findings): void {
  if (
    payload['VPNType'] === 'AlwaysOn' &&
    !(isDictionary(payload['AlwaysOn']) && payload['AlwaysOn']['UIToggleEnabled'] === 1)
  )
    findings.warning('may-strand', { payload: index, path: ['AlwaysOn'] }, [
      'VPN är alltid på och kan inte stängas av: svarar servern inte kan iPaden inte nås. Pröva på en iPad först.',
      'The VPN is always on and cannot be switched off: if the server does not answer, the iPad cannot be reached. Try one iPad first.',
    ])
  for (const part of ['IKEv2', 'VPN']) {
    const tunnel = payload[part]
    if (!isDictionary(tunnel) || tunnel['IncludeAllNetworks'] !== 1 || tunnel['ExcludeAPNs'] !== 0) continue
    findings.warning('may-strand', { payload: index, path: [part, 'ExcludeAPNs'] }, [
      'Även push går genom VPN: utan tunnel kan iPaden inte väckas.',
      'Push goes through the VPN as well: without the tunnel the iPad cannot be woken.',
    ])
  }
}
