/** That somebody has read a notice; forgotten after a year. */
export interface Reading {
  readonly organisationId: string
  readonly staffId: string
  readonly noticeId: string
  readonly readAt: Date
}

export interface NoticeStore {
  readOf(organisationId: string, staffId: string, noticeIds: readonly string[]): Promise<ReadonlySet<string>>
  markRead(readings: readonly Reading[]): Promise<void>
}
