import { type Job } from '../jobs/agenda.ts'
import { type NoticeMail } from './notice-mail.ts'

/** Writes the mails about what waits, where a mail server is set. */
export function noticeJobs(mail: Pick<NoticeMail, 'isSet' | 'tellAll'>): Job[] {
  return mail.isSet ? [{ name: 'notices.mail', every: '1 minute', run: () => mail.tellAll() }] : []
}
