import { type Form } from '../../../profiles/catalogue/notation.ts'
import { type Statement } from './apple-schemas.ts'

/** What the name of a key says that its value is. Apple's schema mostly says it in prose alone. */
export type Named = 'web address' | 'server' | 'mail address' | 'port' | 'certificate'

/** What the last name of a path says; undefined when it says nothing of that sort, or the value is no text or number. */
export function namedAs(path: string, kind: unknown): Named | undefined {
  const name =
    path
      .replace(/(\.\[\])+$/, '')
      .split('.')
      .at(-1) ?? ''
  if (kind === 'integer') return /Port(Number)?$/.test(name) ? 'port' : undefined
  if (kind !== 'string') return undefined
  // Other UUIDs are texts of one's own, only ever compared with the same text elsewhere.
  if (/Certificate.*UUIDs?$/i.test(name)) return 'certificate'
  if (/(URLs?|URI|URLString|Probe|ResourceIdentifier)$/.test(name)) return 'web address'
  if (
    /^(HTTPS?Proxy|Host|IPAddress|proxy)$|(HostName|Server|ServerName|RemoteAddress|ServerAddress)$/.test(
      name,
    )
  )
    return 'server'
  return /EmailAddress$|^rfc822Name$/.test(name) ? 'mail address' : undefined
}

const formsOf: Readonly<Record<Named, readonly Form[]>> = {
  'web address': ['url', 'https', 'link'],
  server: ['host'],
  'mail address': ['mail'],
  port: ['port'],
  certificate: [],
}

/** Whether a key of ours is judged as what its name says: by a form, a pattern, a list of values, or another payload. */
export function isJudgedAs(named: Named, ours: Statement): boolean {
  if (named === 'certificate') return ours['refersTo'] !== undefined
  const form = formsOf[named].some(each => each === ours['ownForm'])
  return form || ours['format'] !== undefined || ours['allowed'] !== undefined
}

const anyUri = 'A URI of any scheme, urn: among them, or a pattern that the server fills in.'
const anyPath = 'Apple calls it a base URL; servers also give a path from the host.'
const prefixes = 'What an address begins with; Apple shows none without a scheme, and forbids none.'
const serverOrAddress = 'Apple: an IP address, a host name or a URL.'

/** Keys whose name says more than we may demand, and why. */
export const leftOpen: Readonly<Record<string, string>> = {
  'com.apple.apn.managed DefaultsData.apns.[].proxy': 'Apple: an IP address or a URL.',
  'com.apple.caldav.account CalDAVPrincipalURL': anyPath,
  'com.apple.carddav.account CardDAVPrincipalURL': anyPath,
  'com.apple.security.acme SubjectAltName.uniformResourceIdentifier': anyUri,
  'com.apple.security.scep PayloadContent.SubjectAltName.uniformResourceIdentifier': anyUri,
  'com.apple.subscribedcalendar.account SubCalAccountHostName':
    'Named a host, but the whole address of the calendar stands there, or nothing could be subscribed to.',
  'com.apple.webcontent-filter BlacklistedURLs.[]': prefixes,
  'com.apple.webcontent-filter DenyListURLs.[]': prefixes,
  'com.apple.webcontent-filter PermittedURLs.[]': prefixes,
  'com.apple.webcontent-filter ServerAddress': serverOrAddress,
}
