/** The file with which somebody gives a certificate. */
export interface GivenCertificate {
  /** PKCS#12 (.p12, .pfx). */
  readonly file: Uint8Array
  readonly password: string
}

/** How many days before the end people are told. */
export const warningDays = [60, 30, 7] as const

const dayMs = 86_400_000

/**
 * The warning that is due for a certificate that ends at `expiresAt`: the least of 60, 30 and 7 days that is not yet
 * passed, 0 after its end; undefined while there is time.
 */
export function warningDue(expiresAt: Date, now: Date): number | undefined {
  const left = expiresAt.getTime() - now.getTime()
  if (left <= 0) return 0
  return warningDays.findLast(days => left <= days * dayMs)
}
