/** How often or how much somebody has read of one thing in one day. Kept for that day alone; the log is what stays. */
export interface PersonalReadStore {
  /** 0 when nothing. */
  count(organisationId: string, key: string): Promise<number>
  /** Adds to it and answers what it is then. Goes away by itself after `until`. */
  add(organisationId: string, key: string, amount: number, until: Date): Promise<number>
}
