import { type Choices } from './notice-choices.ts'

/** What somebody has chosen, and when they last got the mail of the day. */
export interface Chosen {
  readonly choices: Partial<Choices>
  readonly dailyOn?: string
}

export interface NoticeMailStore {
  find(organisationId: string, staffId: string): Promise<Chosen | undefined>
  choose(organisationId: string, staffId: string, choices: Choices): Promise<void>
  hadDaily(organisationId: string, staffId: string, on: string): Promise<void>
  /** Which of these notices the person has been mailed of. */
  mailedOf(
    organisationId: string,
    staffId: string,
    noticeIds: readonly string[],
  ): Promise<ReadonlySet<string>>
  markMailed(organisationId: string, staffId: string, noticeIds: readonly string[], at: Date): Promise<void>
}
