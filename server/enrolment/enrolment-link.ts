/** Permission for one iPad to fetch its enrolment profile, as the address in a QR code. */
export interface EnrolmentLink {
  /** Hash of the token; the token itself is shown once and never kept. */
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly fetchedAt?: Date
}

export interface EnrolmentLinkStore {
  insert(link: EnrolmentLink): Promise<void>
  /** Of any organisation. */
  findByHash(id: string): Promise<EnrolmentLink | undefined>
  markFetched(link: EnrolmentLink, at: Date): Promise<void>
}

/** Hours that a link works: from the preparation of an open house to its end. */
export const linkHours = 24

/** Minutes that the challenge in a profile works: an iPad asks for its certificate right after installing it. */
export const challengeMinutes = 60
