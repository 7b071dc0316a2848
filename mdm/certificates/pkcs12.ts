import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { TooManyRounds, withinRounds, type Rounds } from './pkcs12-rounds.ts'

type Pkcs12Fault = 'form' | 'passphrase' | 'key-missing' | 'rounds'

/** A file that is no PKCS#12 that can be opened. */
export class Pkcs12Error extends Error {
  readonly fault: Pkcs12Fault

  constructor(fault: Pkcs12Fault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Pkcs12Error'
    this.fault = fault
  }
}

interface Pkcs12 {
  /** In the order of the file. */
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
}

const maxFileBytes = 65_536

/**
 * The key and certificates of a PKCS#12 file (RFC 7292), RSA or EC. Throws `Pkcs12Error`; a wrong passphrase is told
 * apart from a file that is something else, and from one that would take more `rounds` than are left.
 */
export function readPkcs12(file: Uint8Array, passphrase: string, rounds: Rounds): Pkcs12 {
  const bags = withinRounds(rounds, () => bagsOf(file, passphrase))
  const key = bags.flatMap(keyOf).at(0)
  if (key === undefined) throw new Pkcs12Error('key-missing', 'There is no private key in this file.')
  return { key, certificates: bags.flatMap(certificateOf) }
}

function bagsOf(file: Uint8Array, passphrase: string): forge.pkcs12.Bag[] {
  if (file.length > maxFileBytes) throw new Pkcs12Error('form', 'The file is too large for a certificate.')
  try {
    return open(file, passphrase)
  } catch (cause) {
    if (cause instanceof TooManyRounds) throw tooMany(cause)
    // forge says so in words only: "PKCS#12 MAC could not be verified. Invalid password?"
    if (cause instanceof Error && /password/i.test(cause.message))
      throw new Pkcs12Error('passphrase', 'The passphrase does not open this file.', { cause })
    if (hasOnlyAscii(passphrase)) throw new Pkcs12Error('form', 'This is not a PKCS#12 file.', { cause })
    return bagsByUtf8(file, passphrase)
  }
}

const tooMany = (cause: TooManyRounds): Pkcs12Error => new Pkcs12Error('rounds', cause.message, { cause })

const hasOnlyAscii = (text: string): boolean => /^[ -~]*$/.test(text)

/**
 * PKCS#12 has a passphrase in UTF-16 for its check and, in newer files, in UTF-8 for what is encrypted (RFC 8018); forge
 * takes one for both. The check has gone well when this is asked, so it is left out.
 */
function bagsByUtf8(file: Uint8Array, passphrase: string): forge.pkcs12.Bag[] {
  try {
    return open(file, forge.util.encodeUtf8(passphrase), 'unchecked')
  } catch (cause) {
    if (cause instanceof TooManyRounds) throw tooMany(cause)
    throw new Pkcs12Error('form', 'This is not a PKCS#12 file.', { cause })
  }
}

function open(file: Uint8Array, passphrase: string, check?: 'unchecked'): forge.pkcs12.Bag[] {
  const parsed = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(file).toString('latin1')))
  if (check === 'unchecked' && Array.isArray(parsed.value)) parsed.value = parsed.value.slice(0, 2)
  return forge.pkcs12.pkcs12FromAsn1(parsed, passphrase).safeContents.flatMap(content => content.safeBags)
}

/** What forge has no words for, such as EC, it leaves as it was read. */
function rest(bag: forge.pkcs12.Bag): Buffer | undefined {
  const left = bag.asn1 as forge.asn1.Asn1 | undefined
  return left && Buffer.from(forge.asn1.toDer(left).getBytes(), 'latin1')
}

function keyOf(bag: forge.pkcs12.Bag): KeyObject[] {
  if (bag.key) return [createPrivateKey(forge.pki.privateKeyToPem(bag.key))]
  if (bag.type !== forge.pki.oids['keyBag'] && bag.type !== forge.pki.oids['pkcs8ShroudedKeyBag']) return []
  const der = rest(bag)
  if (der === undefined) return []
  try {
    return [createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })]
  } catch (cause) {
    throw new Pkcs12Error('form', 'The private key cannot be read.', { cause })
  }
}

function certificateOf(bag: forge.pkcs12.Bag): X509Certificate[] {
  if (bag.type !== forge.pki.oids['certBag']) return []
  const der = bag.cert ? Buffer.from(forge.pki.certificateToPem(bag.cert), 'latin1') : rest(bag)
  if (der === undefined) return []
  try {
    return [new X509Certificate(der)]
  } catch (cause) {
    throw new Pkcs12Error('form', 'A certificate cannot be read.', { cause })
  }
}
