import { type Mail } from './mail.ts'

/** The outbox of mail; what is in it goes away after a month. */
export interface MailStore {
  add(mail: Mail): Promise<void>
  /** Those whose time has come, in every organisation. */
  due(now: Date, limit: number): Promise<Mail[]>
  /** Takes one that is as it was seen, until `until`; false when somebody else was faster. */
  claim(mail: Mail, until: Date): Promise<boolean>
  save(mail: Mail): Promise<void>
}
