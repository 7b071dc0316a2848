import { roundsOfOneFile, type Rounds } from '../../mdm/certificates/pkcs12-rounds.ts'
import { Pkcs12Error, readPkcs12 } from '../../mdm/certificates/pkcs12.ts'
import { partsOf } from '../../profiles/editor/parts.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Finding, type Place } from '../../profiles/validation/finding.ts'
import { Findings } from '../../profiles/validation/findings.ts'
import { holdsVariables } from '../../profiles/variables.ts'

/** Days before its end that a certificate is warned about. */
const daysBefore = 60

/** What is found in the identities (PKCS#12) of a profile: whether each is one, and opens with its password. */
export function pkcs12Findings(profile: PlistDictionary, now: Date): readonly Finding[] {
  const findings = new Findings()
  // All of a profile together take no more than one file may.
  const rounds = { left: roundsOfOneFile }
  for (const [index, part] of partsOf(profile).entries()) {
    if (part['PayloadType'] !== 'com.apple.security.pkcs12') continue
    checkIdentity(part, { place: { payload: index, path: [] }, now, rounds }, findings)
  }
  return findings.all()
}

interface Looking {
  readonly place: Place
  readonly now: Date
  readonly rounds: Rounds
}

function checkIdentity(part: PlistDictionary, { place, now, rounds }: Looking, findings: Findings): void {
  const { PayloadContent: file, Password: password } = part
  if (!(file instanceof Uint8Array)) return
  const at = { ...place, path: ['PayloadContent'] }
  if (!looksRight(file)) {
    findings.error('not-a-pkcs12', at, [
      'Filen är inte ett certifikat med nyckel (PKCS#12, .p12 eller .pfx).',
      'The file is not a certificate with its key (PKCS#12, .p12 or .pfx).',
    ])
    return
  }
  // Without its password nobody but the iPad can look into it.
  if (typeof password !== 'string' || holdsVariables(password)) return
  const opened = open(file, password, rounds)
  if (opened === 'passphrase') {
    findings.error('wrong-password', { ...place, path: ['Password'] }, [
      'Lösenordet öppnar inte filen med certifikatet.',
      'The password does not open the file with the certificate.',
    ])
    return
  }
  if (opened === 'key-missing') {
    findings.error('not-a-pkcs12', at, [
      'Filen har ett certifikat men ingen privat nyckel.',
      'The file has a certificate but no private key.',
    ])
    return
  }
  if (typeof opened !== 'string') checkEnd(opened, at, now, findings)
}

type Opened = ReturnType<typeof readPkcs12>

function checkEnd({ certificates, key }: Opened, at: Place, now: Date, findings: Findings): void {
  const ends = certificates.find(each => each.checkPrivateKey(key))?.validToDate
  if (ends === undefined || ends.getTime() > now.getTime() + daysBefore * 86_400_000) return
  const day = ends.toISOString().slice(0, 10)
  if (ends <= now)
    findings.warning('certificate-expired', at, [
      `Certifikatet gick ut ${day}.`,
      `The certificate expired on ${day}.`,
    ])
  else
    findings.warning('certificate-ends', at, [
      `Certifikatet går ut ${day}. Byt det innan dess.`,
      `The certificate ends on ${day}. Replace it before then.`,
    ])
}

/** `form` stands for one of a kind that cannot be opened here, `rounds` for one not tried; an iPad may know it. */
function open(file: Uint8Array, password: string, rounds: Rounds): Opened | Pkcs12Error['fault'] {
  try {
    return readPkcs12(file, password, rounds)
  } catch (error) {
    if (!(error instanceof Pkcs12Error)) throw error
    return error.fault
  }
}

/** How a PKCS#12 file begins (RFC 7292): version 3, then the contents, signed or not. */
function looksRight(file: Uint8Array): boolean {
  const start = Buffer.from(file.subarray(0, 32)).toString('hex')
  return /^30(80|[0-7].|81..|82.{4}|83.{6})02010330(80|[0-7].|81..|82.{4}|83.{6})06092a864886f70d01070[12]/.test(
    start,
  )
}
