import { X509Certificate } from 'node:crypto'
import { type PlistDictionary } from '../plist/plist-value.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

const certificateTypes = new Set([
  'com.apple.security.root',
  'com.apple.security.pkcs1',
  'com.apple.security.pem',
])

/** Looks into what a payload carries: certificates, fonts, icons and names of networks. */
export function checkContent(payload: PlistDictionary, place: Place, now: Date, findings: Findings): void {
  const type = payload['PayloadType']
  if (typeof type !== 'string') return
  if (certificateTypes.has(type)) checkCertificate(payload, place, now, findings)
  if (type === 'com.apple.font') checkFont(payload, place, findings)
  if (type === 'com.apple.webClip.managed') checkIcon(payload, place, findings)
  if (type === 'com.apple.wifi.managed') checkNetworkName(payload, place, findings)
}

function checkCertificate(payload: PlistDictionary, place: Place, now: Date, findings: Findings): void {
  const bytes = payload['PayloadContent']
  if (!(bytes instanceof Uint8Array)) return
  const at = { ...place, path: [...place.path, 'PayloadContent'] }
  const certificate = readCertificate(bytes)
  if (certificate === undefined) {
    findings.error('not-a-certificate', at, [
      'Filen är inte ett certifikat.',
      'The file is not a certificate.',
    ])
    return
  }
  const ends = new Date(certificate.validTo)
  if (ends > now) return
  const day = ends.toISOString().slice(0, 10)
  findings.warning('certificate-expired', at, [
    `Certifikatet gick ut ${day}.`,
    `The certificate expired on ${day}.`,
  ])
}

function readCertificate(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes)
  } catch {
    return undefined
  }
}

/** TrueType, OpenType, and collections are the forms that iPads install. */
const fontMarks = ['00010000', '4f54544f', '74727565', '74746366']

function checkFont(payload: PlistDictionary, place: Place, findings: Findings): void {
  const bytes = payload['Font']
  if (!(bytes instanceof Uint8Array) || fontMarks.includes(Buffer.from(bytes.subarray(0, 4)).toString('hex')))
    return
  findings.error('not-a-font', { ...place, path: [...place.path, 'Font'] }, [
    'Filen är inte ett typsnitt i TrueType eller OpenType.',
    'The file is not a TrueType or OpenType font.',
  ])
}

const pictureMarks = ['89504e47', 'ffd8ff']

function checkIcon(payload: PlistDictionary, place: Place, findings: Findings): void {
  const bytes = payload['Icon']
  if (!(bytes instanceof Uint8Array)) return
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (pictureMarks.some(mark => start.startsWith(mark))) return
  findings.error('not-a-picture', { ...place, path: [...place.path, 'Icon'] }, [
    'Symbolen är inte en PNG-bild.',
    'The icon is not a PNG picture.',
  ])
}

/** Octets that a name of a network can have (IEEE 802.11). */
const longestName = 32

function checkNetworkName({ SSID_STR: name }: PlistDictionary, place: Place, findings: Findings): void {
  if (typeof name !== 'string' || isFilledIn(name) || Buffer.byteLength(name) <= longestName) return
  findings.error('name-too-long', { ...place, path: [...place.path, 'SSID_STR'] }, [
    `Inget nät kan heta så: ett namn har högst ${longestName} tecken, och å, ä och ö räknas dubbelt.`,
    `No network can be called that: a name has at most ${longestName} characters, and å, ä and ö count twice.`,
  ])
}

/** What it will be is known only for each iPad. */
const isFilledIn = (text: string): boolean => text.includes('{{')
