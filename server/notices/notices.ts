import { isOwn } from '../approvals/approval.ts'
import { type Approvals } from '../approvals/approvals.ts'
import { type Clock } from '../clock.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { type Gathering } from './gathering.ts'
import { concerns, kindsFor, type Notice } from './notice.ts'
import { type NoticeStore } from './notice-store.ts'

interface NoticesDeps {
  readonly gathering: Gathering
  readonly approvals: Pick<Approvals, 'standingOf'>
  readonly store: NoticeStore
  readonly clock: Clock
}

export type ShownNotice = Notice & { readonly isRead: boolean }

export type Notices = ReturnType<typeof createNotices>

/** What waits for one person, and what of it they have read. */
export function createNotices({ gathering, approvals, store, clock }: NoticesDeps) {
  async function of(actor: Actor): Promise<Notice[]> {
    const held = rightsHeld(actor)
    if (kindsFor(held).length === 0) return []
    const all = await gathering.of(actor.organisationId)
    const isAsked = all.some(({ approval }) => approval !== undefined)
    const standing = isAsked ? await approvals.standingOf(actor) : undefined
    const isForThem = ({ kind, approval }: Notice) => {
      if (approval === undefined) return true
      return kind === 'answer' ? isOwn(approval, actor) : standing?.(approval) === 'may'
    }
    return all.filter(notice => isForThem(notice) && concerns(notice, held))
  }

  async function list(actor: Actor): Promise<ShownNotice[]> {
    const own = await of(actor)
    const read = await store.readOf(
      actor.organisationId,
      actor.id,
      own.map(({ id }) => id),
    )
    return own.map(notice => ({ ...notice, isRead: read.has(notice.id) }))
  }

  return {
    /** What waits for this person, by kind and then as it came. */
    list,

    /** For the bell and the navigation. */
    async counts(actor: Actor): Promise<{ readonly unread: number; readonly approvals: number }> {
      const own = await list(actor)
      return {
        unread: own.filter(({ isRead }) => !isRead).length,
        approvals: own.filter(({ kind }) => kind === 'approval').length,
      }
    },

    /** Marks those of `ids` that wait for this person, or all; what does not wait for them is passed over. */
    async markRead(actor: Actor, ids: readonly string[] | 'all'): Promise<void> {
      const own = (await list(actor)).filter(
        ({ id, isRead }) => !isRead && (ids === 'all' || ids.includes(id)),
      )
      const { organisationId, id: staffId } = actor
      const readAt = clock.now()
      await store.markRead(own.map(({ id: noticeId }) => ({ organisationId, staffId, noticeId, readAt })))
    },
  }
}
