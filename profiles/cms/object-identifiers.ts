/** Object identifiers of CMS (RFC 5652), its algorithms (RFC 3370, 5754, 3565) and PKCS#9 attributes. */
export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecPublicKey: '1.2.840.10045.2.1',
} as const

export type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512'
export type SignatureKind = 'rsa' | 'ec'

export const digestOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const satisfies Record<DigestName, string>

/** Digests by object identifier. */
export const digestByOid: ReadonlyMap<string, DigestName> = new Map([
  [digestOids.sha1, 'sha1'],
  [digestOids.sha256, 'sha256'],
  [digestOids.sha384, 'sha384'],
  [digestOids.sha512, 'sha512'],
])

/** Signature algorithms; `digest` is absent where the algorithm leaves it to the signer's digestAlgorithm. */
export interface SignatureAlgorithm {
  readonly kind: SignatureKind
  readonly digest?: DigestName
}

export const signatureOids = {
  rsa: {
    sha1: '1.2.840.113549.1.1.5',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ec: {
    sha1: '1.2.840.10045.4.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
} as const satisfies Record<SignatureKind, Record<DigestName, string>>

/** Signature algorithms by object identifier. */
export const signatureByOid: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  [oid.rsaEncryption, { kind: 'rsa' }],
  [oid.ecPublicKey, { kind: 'ec' }],
  [signatureOids.rsa.sha1, { kind: 'rsa', digest: 'sha1' }],
  [signatureOids.rsa.sha256, { kind: 'rsa', digest: 'sha256' }],
  [signatureOids.rsa.sha384, { kind: 'rsa', digest: 'sha384' }],
  [signatureOids.rsa.sha512, { kind: 'rsa', digest: 'sha512' }],
  [signatureOids.ec.sha1, { kind: 'ec', digest: 'sha1' }],
  [signatureOids.ec.sha256, { kind: 'ec', digest: 'sha256' }],
  [signatureOids.ec.sha384, { kind: 'ec', digest: 'sha384' }],
  [signatureOids.ec.sha512, { kind: 'ec', digest: 'sha512' }],
])
