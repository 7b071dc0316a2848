import { type Language } from '../../server/organisations/organisation.ts'
import { dayAndTime } from '../dates.ts'
import { sayIn } from '../language.ts'
import { qrCode } from '../qr-code.ts'

export interface EnrolmentLink {
  readonly url: string
  readonly expiresAt: Date
}

/** The link as people use it at a desk: a code for the camera, the address, and how long it works. */
export async function enrolmentLinkView({ url, expiresAt }: EnrolmentLink, language: Language) {
  return {
    url,
    // Drawn with attributes alone, so it stands under a policy without inline styles.
    svg: await qrCode(url),
    until: sayIn(language)('device.enrol.until', { when: dayAndTime(expiresAt, language) }),
  }
}
