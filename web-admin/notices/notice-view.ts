import { type Approval } from '../../server/approvals/approval.ts'
import { noticeWords } from '../../server/notices/notice-words.ts'
import { type NoticeKind } from '../../server/notices/notice.ts'
import { type ShownNotice } from '../../server/notices/notices.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { approvalWords } from '../approvals/approval-words.ts'
import { commandWords } from '../commands/command-view.ts'
import { day, dayAndTime } from '../dates.ts'
import { type IconName } from '../icons.ts'
import { sayIn } from '../language.ts'

export const noticeIcons: Readonly<Record<NoticeKind, IconName>> = {
  approval: 'approvals',
  answer: 'done',
  case: 'theft',
  rollout: 'stopped',
  certificate: 'lock',
  command: 'warning',
  overdue: 'clock',
  apps: 'tablet',
  silent: 'tablet',
  webhook: 'warning',
}

/** Kinds whose time is when they were looked up, which tells nothing. */
const timeless: readonly NoticeKind[] = ['certificate', 'apps', 'silent', 'overdue']

export function noticeView(notice: ShownNotice, language: Language) {
  const say = sayIn(language)
  const naming = {
    approval: (approval: Approval) => approvalWords(approval, say).what,
    day: (on: string) => day(on, language),
    command: (requestType: string) => say('notice.command', { name: commandWords(requestType, say) }),
  }
  const { id, kind, href, isRead, at } = notice
  const when = timeless.includes(kind) ? undefined : dayAndTime(at, language)
  return { id, href, isRead, text: noticeWords(notice, language, naming), when }
}
