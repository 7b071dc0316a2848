import { type X509Certificate } from 'node:crypto'
import { type Words } from './catalogue/notation.ts'
import { CmsError } from './cms/cms-error.ts'
import { verifySignedData } from './cms/verify-signed-data.ts'
import { PlistError } from './plist/plist-error.ts'
import { type BrokenXml, placeIn } from './plist/xml-place.ts'
import { isDictionary, type PlistDictionary } from './plist/plist-value.ts'
import { readPlist } from './plist/read-plist.ts'

/** Larger profiles do not reach iPads over a mobile network in reasonable time; a font of 10 MB is not for profiles. */
export const maxProfileBytes = 5 * 1024 * 1024
const limits = { bytes: maxProfileBytes, values: 50_000, reals: 'kept' } as const

type ForeignProfileFault =
  | 'too-large'
  | 'empty'
  | 'binary'
  | 'armoured'
  | 'broken'
  | 'not-a-profile'
  | 'encrypted'
  | 'signature'
  | 'signer-expired'

/**
 * A file that cannot be taken in as a profile. `words` are for the person who uploaded it; nothing of the file is in
 * them.
 */
export class ForeignProfileError extends Error {
  readonly fault: ForeignProfileFault
  readonly words: Words
  /** What is wrong with the XML, and where, when that is known. */
  readonly xml: BrokenXml | undefined

  constructor(fault: ForeignProfileFault, words: Words, options: { cause?: unknown; xml?: BrokenXml } = {}) {
    super(words[1], { cause: options.cause })
    this.name = 'ForeignProfileError'
    this.fault = fault
    this.words = words
    this.xml = options.xml
  }
}

interface ForeignProfile {
  /** As it came, byte for byte, signature included. */
  readonly bytes: Uint8Array
  /** The XML inside. */
  readonly xml: Uint8Array
  readonly profile: PlistDictionary
  /** Who signed it. The signature is sound, but nobody has said that the signer is to be trusted. */
  readonly signer?: { readonly subject: string; readonly issuer: string; readonly expiresAt: Date }
}

/**
 * A .mobileconfig of any maker, signed or not. Bounded: 5 MiB, 50 000 values, 64 levels. Refused are files that are no
 * XML profile, profiles encrypted for an iPad, and signatures that do not hold or whose certificate has expired at
 * `now`. Throws `ForeignProfileError`.
 */
export function openForeignProfile(bytes: Uint8Array, now: Date): ForeignProfile {
  if (bytes.length > maxProfileBytes)
    throw new ForeignProfileError('too-large', ['Filen är större än 5 MB.', 'The file is larger than 5 MB.'])
  if (bytes.length === 0) throw new ForeignProfileError('empty', ['Filen är tom.', 'The file is empty.'])
  const signed = bytes[0] === 0x30 ? unwrap(bytes, now) : undefined
  const xml = signed?.xml ?? bytes
  const profile = read(xml)
  if (profile['IsEncrypted'] === true || profile['EncryptedPayloadContent'] !== undefined)
    throw new ForeignProfileError('encrypted', [
      'Profilen är krypterad för en viss iPad och kan inte läsas. Hämta den okrypterad där den gjordes.',
      'The profile is encrypted for one particular iPad and cannot be read. Download it unencrypted from where it was made.',
    ])
  return { bytes, xml, profile, ...(signed !== undefined && { signer: describe(signed.certificate) }) }
}

function unwrap(bytes: Uint8Array, now: Date): { xml: Uint8Array; certificate: X509Certificate } {
  const { content, certificate } = verified(bytes)
  const expiresAt = new Date(certificate.validTo)
  if (expiresAt <= now)
    throw new ForeignProfileError('signer-expired', [
      `Profilen är signerad med ett certifikat som gick ut ${day(expiresAt)}. Hämta den osignerad eller signerad på nytt.`,
      `The profile is signed with a certificate that expired on ${day(expiresAt)}. Download it unsigned or signed again.`,
    ])
  return { xml: content, certificate }
}

const day = (date: Date): string => date.toISOString().slice(0, 10)

function verified(bytes: Uint8Array): { content: Uint8Array; certificate: X509Certificate } {
  try {
    return verifySignedData(bytes, undefined, { maxBytes: maxProfileBytes, maxElements: 20_000 })
  } catch (cause) {
    if (!(cause instanceof CmsError)) throw cause
    throw new ForeignProfileError(
      'signature',
      [
        'Signaturen stämmer inte: filen är ändrad, krypterad eller inte en signerad profil.',
        'The signature is not valid: the file has been changed, is encrypted or is not a signed profile.',
      ],
      { cause },
    )
  }
}

const describe = (certificate: X509Certificate): NonNullable<ForeignProfile['signer']> => ({
  subject: certificate.subject,
  issuer: certificate.issuer,
  expiresAt: new Date(certificate.validTo),
})

function read(xml: Uint8Array): PlistDictionary {
  const value = parsed(xml)
  if (isDictionary(value) && value['PayloadType'] === 'Configuration') return value
  throw new ForeignProfileError('not-a-profile', otherKind)
}

const armoured: Words = [
  'Filen är en signatur skriven som text (PEM). Skicka själva .mobileconfig-filen, signerad i binär form (DER) eller osignerad.',
  'The file is a signature written as text (PEM). Send the .mobileconfig file itself, signed in binary form (DER) or unsigned.',
]

const otherKind: Words = [
  'Filen är inte en konfigurationsprofil. En sådan är XML, slutar på .mobileconfig och har PayloadType Configuration.',
  'The file is not a configuration profile. Such a file is XML, ends in .mobileconfig and has PayloadType Configuration.',
]

function parsed(xml: Uint8Array): ReturnType<typeof readPlist> {
  try {
    return readPlist(xml, limits)
  } catch (cause) {
    if (!(cause instanceof PlistError)) throw cause
    throw refusalOf(cause, xml)
  }
}

function refusalOf(cause: PlistError, xml: Uint8Array): ForeignProfileError {
  if (cause.fault === 'binary')
    return new ForeignProfileError(
      'binary',
      [
        'Profilen är i binär form. Spara den som XML (plutil -convert xml1).',
        'The profile is in binary form. Save it as XML (plutil -convert xml1).',
      ],
      { cause },
    )
  const { fault, offset } = cause
  if (Buffer.from(xml.subarray(0, 10)).toString('latin1') === '-----BEGIN')
    return new ForeignProfileError('armoured', armoured, { cause })
  const text = Buffer.from(xml).toString('utf8')
  // Where nothing is like a property list no place in it is the wrong one.
  if ((fault === 'markup' || fault === 'structure') && !text.includes('<plist'))
    return new ForeignProfileError('not-a-profile', otherKind, { cause })
  const { line, column } = placeIn(text, offset)
  return new ForeignProfileError(
    'broken',
    [
      `Filen är inte en riktig profil i XML; felet står på rad ${line}, tecken ${column}.`,
      `The file is not a valid profile in XML; the error is on line ${line}, character ${column}.`,
    ],
    { cause, xml: { fault, line, column } },
  )
}
