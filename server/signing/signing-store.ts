/** The certificate with which an organisation signs its profiles: the key sealed, the rest open. */
export interface KeptSigningCertificate {
  /** The organisation's own id: it has one. */
  readonly id: string
  readonly organisationId: string
  /** PEM. */
  readonly certificate: string
  /** PEM, from its issuer upwards. */
  readonly chain: readonly string[]
  readonly sealedKey: string
  readonly subject: string
  readonly issuer: string
  readonly expiresAt: Date
  readonly uploadedAt: Date
  readonly uploadedBy: { readonly id: string; readonly name: string }
  /** The last warning that was given, in days before the end. */
  readonly warned?: number
}

export interface SigningStore {
  find(organisationId: string): Promise<KeptSigningCertificate | undefined>
  save(kept: KeptSigningCertificate): Promise<void>
  remove(organisationId: string): Promise<boolean>
  /** Of all organisations: those that end before `day`. */
  endingBefore(day: Date): Promise<KeptSigningCertificate[]>
  /** Remembers a warning; false when it, or a later one, was given already. */
  warn(organisationId: string, certificate: string, days: number): Promise<boolean>
}
