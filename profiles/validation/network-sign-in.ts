import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type Findings } from './findings.ts'

const withSignIn: ReadonlySet<PlistValue | undefined> = new Set([
  'com.apple.wifi.managed',
  'com.apple.globalethernet.managed',
])

/** The methods that open a tunnel by TLS, in which a certificate of the iPad can be asked for as well (Apple, 802.1X). */
const tunnelled: readonly PlistValue[] = [21, 25, 43]
const tls = 13

/** Says of the sign-in of networks, wired ones too, where nobody is trusted, or the certificate is missing it signs in with. */
export function checkNetworkSignIn(payloads: readonly NumberedPayload[], findings: Findings): void {
  for (const { index, payload } of payloads) {
    const signIn = payload['EAPClientConfiguration']
    if (!withSignIn.has(payload['PayloadType']) || !isDictionary(signIn)) continue
    if (!trustsByItself(signIn)) reportTrust(index, findings)
    if (!has(payload['PayloadCertificateUUID'])) checkCertificate(signIn, index, findings)
  }
}

function reportTrust(payload: number, findings: Findings): void {
  findings.warning('may-strand', { payload, path: ['EAPClientConfiguration', 'TLSTrustedServerNames'] }, [
    'Utan betrodda servernamn eller certifikat frågar iPaden om den ska lita på servern. Tills någon svarar är den utan nät, och den som svarar ja till fel server lämnar ut lösenordet.',
    'Without trusted server names or certificates the iPad asks whether to trust the server. Until somebody answers it has no network, and whoever says yes to the wrong server gives the password away.',
  ])
}

/** With `TLSCertificateIsRequired` off, EAP-TLS lets in also an iPad that shows no certificate (Apple, Wi-Fi). */
function checkCertificate(signIn: PlistDictionary, payload: number, findings: Findings): void {
  const { AcceptEAPTypes: given, TLSCertificateIsRequired: required } = signIn
  const methods = isList(given) ? given : []
  const place = { payload, path: ['PayloadCertificateUUID'] }
  if (required === true && methods.some(each => tunnelled.includes(each)))
    findings.error('missing-here', place, [
      'Nätet kräver iPadens certifikat (TLSCertificateIsRequired), men inget är valt: iPaden kan inte ansluta. Lägg till certifikatet i profilen och välj det här.',
      'The network requires the certificate of the iPad (TLSCertificateIsRequired), but none is chosen: the iPad cannot join. Add the certificate to the profile and choose it here.',
    ])
  else if (methods.includes(tls) && required !== false)
    if (methods.every(each => each === tls))
      findings.error('missing-here', place, [
        'EAP-TLS loggar in med ett certifikat, men inget är valt: iPaden kan inte ansluta. Lägg till certifikatet i profilen och välj det här.',
        'EAP-TLS signs in with a certificate, but none is chosen: the iPad cannot join. Add the certificate to the profile and choose it here.',
      ])
    else
      findings.warning('missing-here', place, [
        'EAP-TLS är bland metoderna, men inget certifikat är valt: iPaden kan bara ansluta på de andra sätten.',
        'EAP-TLS is among the methods, but no certificate is chosen: the iPad can join by the other ones only.',
      ])
}

const has = (value: PlistValue | undefined): boolean => (value ?? '') !== ''

/**
 * Whether an iPad signs in to the network of `payload` without somebody typing anything: TLS (13) by a certificate, SIM
 * and AKA by the card, the others by a user name and password.
 */
export function signsInByItself(payload: PlistDictionary, signIn: PlistDictionary): boolean {
  // A password for one time is asked for at each joining.
  if (!trustsByItself(signIn) || signIn['OneTimeUserPassword'] === true) return false
  const methods = signIn['AcceptEAPTypes']
  if (isList(methods) && methods.includes(tls)) return has(payload['PayloadCertificateUUID'])
  return usesCard(methods) || (has(signIn['UserName']) && has(signIn['UserPassword']))
}

/**
 * Whether nobody is asked to trust the server: it is named, its authority is (Apple, Wi-Fi,
 * `PayloadCertificateAnchorUUID` and `TLSTrustedServerNames`), or it is known by something else than a certificate.
 */
function trustsByItself(signIn: PlistDictionary): boolean {
  const { AcceptEAPTypes: methods, EAPFASTUsePAC: usesPac } = signIn
  const isTrusted = [signIn['PayloadCertificateAnchorUUID'], signIn['TLSTrustedServerNames']].some(
    named => isList(named) && named.some(each => typeof each !== 'string' || each.trim() !== ''),
  )
  return (
    isTrusted ||
    usesCard(methods) ||
    (usesPac === true && isList(methods) && methods.every(each => each === 43))
  )
}

/** EAP-SIM (18) and EAP-AKA (23): the card knows its network. */
function usesCard(methods: PlistValue | undefined): boolean {
  return isList(methods) && methods.length > 0 && methods.every(method => method === 18 || method === 23)
}
