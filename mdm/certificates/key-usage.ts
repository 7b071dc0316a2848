import { type X509Certificate } from 'node:crypto'
import { readAsn1, type Asn1Element } from '../../profiles/cms/asn1-reader.ts'
import { asn1Tag, contextTag, readOctets, readOid } from '../../profiles/cms/asn1-values.ts'

const keyUsageOid = '2.5.29.15'
const digitalSignature = 0x80
const nonRepudiation = 0x40

/**
 * Whether a certificate's key may sign data: it says nothing of its use, or says digitalSignature or nonRepudiation
 * (RFC 5280, section 4.2.1.3). Throws `Asn1Error`.
 */
export function maySignData(certificate: X509Certificate): boolean {
  const usage = extensionsOf(certificate).find(extension => readOid(extension.children[0]) === keyUsageOid)
  if (usage === undefined) return true
  const value = usage.children.at(-1)
  if (value === undefined) return false
  const bits = readAsn1(readOctets(value)).content[1] ?? 0
  return (bits & (digitalSignature | nonRepudiation)) !== 0
}

function extensionsOf(certificate: X509Certificate): readonly Asn1Element[] {
  const [body] = readAsn1(certificate.raw).children
  const wrapped = body?.children.find(({ tag }) => tag === contextTag(3))
  const [list] = wrapped?.children ?? []
  return list?.tag === asn1Tag.sequence ? list.children : []
}
