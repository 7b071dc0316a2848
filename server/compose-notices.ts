import { type Plugin } from '@hapi/hapi'
import { type Approvals } from './approvals/approvals.ts'
import { type Tables } from './database/tables.ts'
import { type Changes } from './live/changes.ts'
import { createGathering, type GatheringDeps } from './notices/gathering.ts'
import { createMongoNoticeStore } from './notices/mongo-notice-store.ts'
import { noticeRoutes } from './notices/notice-routes.ts'
import { createNotices } from './notices/notices.ts'

export interface NoticeNeeds extends GatheringDeps {
  readonly tables: Tables
  readonly approvals: Approvals
  readonly changes: Pick<Changes, 'watch'>
}

/** The part of `compose` that tells people what waits for them. */
export function composeNotices({ tables, changes, ...needs }: NoticeNeeds) {
  const gathering = createGathering(needs)
  changes.watch((organisationId, subject) => {
    if (/^(approval|incident|loan):/.test(subject)) gathering.forget(organisationId)
  })
  const store = createMongoNoticeStore(tables)
  const notices = createNotices({ ...needs, gathering, store })
  const staffPlugins: Plugin<void>[] = [noticeRoutes(notices)]
  return { notices, staffPlugins }
}
