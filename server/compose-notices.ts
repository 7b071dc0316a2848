import { type Plugin } from '@hapi/hapi'
import { type Approvals } from './approvals/approvals.ts'
import { type Audit } from './audit/audit.ts'
import { type Config } from './config.ts'
import { type Tables } from './database/tables.ts'
import { type Transaction } from './database/transaction.ts'
import { faultOf } from './fault.ts'
import { type NewId } from './ids.ts'
import { type Changes } from './live/changes.ts'
import { type Log } from './log.ts'
import { mailJobs } from './mail/mail-jobs.ts'
import { createMailing } from './mail/mailing.ts'
import { createMongoMailStore } from './mail/mongo-mail-store.ts'
import { createSmtpMail } from './mail/smtp-mail.ts'
import { createGathering, type GatheringDeps } from './notices/gathering.ts'
import { createMongoNoticeStore } from './notices/mongo-notice-store.ts'
import { createMongoNoticeMailStore } from './notices/mongo-notice-mail-store.ts'
import { noticeJobs } from './notices/notice-jobs.ts'
import { createNoticeMail } from './notices/notice-mail.ts'
import { noticeRoutes } from './notices/notice-routes.ts'
import { createNotices } from './notices/notices.ts'
import { type Organisation } from './organisations/organisation.ts'
import { type StaffStore } from './staff/staff-store.ts'

interface NoticeNeeds extends GatheringDeps {
  readonly config: Pick<Config, 'mail'>
  readonly publicUrl: string
  readonly newId: NewId
  readonly log: Log
  readonly staff: Pick<StaffStore, 'find' | 'listOf'>
  readonly organisations: () => Promise<readonly Organisation[]>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly tables: Tables
  readonly approvals: Approvals
  readonly changes: Pick<Changes, 'watch'>
}

/** The part of `compose` that tells people what waits for them. */
export function composeNotices({ tables, changes, ...needs }: NoticeNeeds) {
  const gathering = createGathering(needs)
  changes.watch((organisationId, subject) => {
    if (/^(approval|incident|loan):/.test(subject)) gathering.forget(organisationId)
    if (subject.startsWith('app-set:')) gathering.forgetApps(organisationId)
  })
  const store = createMongoNoticeStore(tables)
  const notices = createNotices({ ...needs, gathering, store })
  const { config, log, staff, clock, newId } = needs
  const mailing =
    config.mail &&
    createMailing({
      mails: createMongoMailStore(tables),
      send: createSmtpMail(config.mail),
      staff,
      clock,
      newId,
      noteFault: error => log.warn({ err: faultOf(error) }, 'mail not taken'),
    })
  const mail = createNoticeMail({ ...needs, notices, mailing, store: createMongoNoticeMailStore(tables) })
  const staffPlugins: Plugin<void>[] = [noticeRoutes(notices, mail)]
  return {
    notices,
    mail,
    mailing,
    staffPlugins,
    jobs: [...noticeJobs(mail), ...(mailing ? mailJobs(mailing) : [])],
  }
}
