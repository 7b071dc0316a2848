import { DateTime } from 'luxon'
import { type Audit } from '../audit/audit.ts'
import { dayOf, zone } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Mailing } from '../mail/mailing.ts'
import { type Organisation } from '../organisations/organisation.ts'
import { type Actor } from '../staff/actor.ts'
import { actorFor } from '../staff/session-opening.ts'
import { activeIn, type StaffMember } from '../staff/staff-member.ts'
import { type StaffStore } from '../staff/staff-store.ts'
import { choicesOf, isMorningOf, kindsNow, type Choices } from './notice-choices.ts'
import { noticeLetter } from './notice-letter.ts'
import { type NoticeMailStore } from './notice-mail-store.ts'
import { type Notices, type ShownNotice } from './notices.ts'

type Named = Pick<Organisation, 'id' | 'name'>

interface NoticeMailDeps {
  readonly notices: Pick<Notices, 'list'>
  readonly store: NoticeMailStore
  /** Undefined where no mail server is set: then people choose nothing and nothing is sent. */
  readonly mailing: Pick<Mailing, 'put'> | undefined
  readonly staff: Pick<StaffStore, 'listOf'>
  readonly organisations: () => Promise<readonly Named[]>
  readonly publicUrl: string
  readonly audit: Audit
  readonly clock: Clock
  readonly transaction: Transaction
}

export type NoticeMail = ReturnType<typeof createNoticeMail>

/** Mail about what waits: one letter with everything that is new to the person, never one for each thing. */
export function createNoticeMail(deps: NoticeMailDeps) {
  const { notices, store, mailing, staff, organisations, publicUrl } = deps
  const { audit, clock, transaction } = deps

  async function tell({ id: organisationId, name }: Named, member: StaffMember): Promise<void> {
    const membership = activeIn(member, organisationId)
    if (!membership || !mailing) return
    const actor = actorFor(member, membership)
    const now = clock.now()
    const today = dayOf(now)
    const chosen = await store.find(organisationId, member.id)
    const isMorning = isMorningOf(today, DateTime.fromJSDate(now, { zone }).hour, chosen?.dailyOn)
    const kinds = kindsNow(choicesOf(chosen?.choices), isMorning)
    const own = (await notices.list(actor)).filter(({ kind, isRead }) => !isRead && kinds.includes(kind))
    if (own.length === 0 && !isMorning) return
    await transaction(async () => {
      if (isMorning) await store.hadDaily(organisationId, member.id, today)
      const fresh = await notMailed(actor, own)
      if (fresh.length === 0) return
      const { language } = member
      const reader = { organisation: name, language, publicUrl }
      const ids = fresh.map(({ id }) => id)
      await store.markMailed(organisationId, member.id, ids, now)
      await mailing.put({ organisationId, staffId: member.id }, noticeLetter(fresh, reader))
    })
  }

  /** Read with the same transaction that marks them, so that two rounds never tell the same. */
  async function notMailed(
    { organisationId, id }: Actor,
    own: readonly ShownNotice[],
  ): Promise<ShownNotice[]> {
    const ids = own.map(one => one.id)
    const mailed = await store.mailedOf(organisationId, id, ids)
    return own.filter(one => !mailed.has(one.id))
  }

  return {
    /** Whether a mail server is set. */
    isSet: mailing !== undefined,

    async choices({ organisationId, id }: Actor): Promise<Choices> {
      return choicesOf((await store.find(organisationId, id))?.choices)
    },

    /** Chooses for oneself. Logged: somebody at another's screen could silence what they should hear of. */
    async choose(actor: Actor, wanted: Partial<Choices>): Promise<Choices> {
      const { organisationId, id, kind } = actor
      return transaction(async () => {
        const before = choicesOf((await store.find(organisationId, id))?.choices)
        const after = { ...before, ...wanted }
        await store.choose(organisationId, id, after)
        await audit.record(actor, { action: 'notices.choose-mail', on: { kind, id }, before, after })
        return after
      })
    },

    /** Writes the mails that are due to everybody; safe to run twice. */
    async tellAll(): Promise<void> {
      for (const organisation of await organisations())
        for (const member of await staff.listOf(organisation.id)) await tell(organisation, member)
    },
  }
}
