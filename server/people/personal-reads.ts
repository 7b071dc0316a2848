import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Actor } from '../staff/actor.ts'
import { type Person } from './person.ts'
import { isToldAt, wantsProof, type ListAsked } from './personal-read.ts'
import { type PersonalReadStore } from './personal-read-store.ts'

interface PersonalReadsDeps {
  readonly reads: PersonalReadStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

const keptMs = 48 * 3_600_000

export type PersonalReads = ReturnType<typeof createPersonalReads>

/**
 * Who has looked at whom, in the log, without drowning it: one entry for each reader, person and day, and for lists one
 * when a reader was shown a hundred people that day and at each doubling. Somebody with a protected identity is told of
 * every time. See docs/decisions/0022.
 */
export function createPersonalReads({ reads, audit, transaction, clock }: PersonalReadsDeps) {
  /** What the reader reads today; `what` is a person's id, or lists. */
  const keyOf = ({ kind, id }: Actor, what: string, now: Date) => `${kind}:${id} ${dayOf(now)} ${what}`
  const lists = 'lists'

  /** Tells of it at the reader's first look of the day. */
  async function toldOnce(actor: Actor, what: string, entry: AuditEntry): Promise<void> {
    const { organisationId } = actor
    const now = clock.now()
    const key = keyOf(actor, what, now)
    if ((await reads.count(organisationId, key)) > 0) return
    await transaction(async () => {
      const times = await reads.add(organisationId, key, 1, new Date(now.getTime() + keptMs))
      if (times === 1) await audit.record(actor, entry)
    })
  }

  return {
    /** The person's own page or row has been opened. Resolves when the log has it. */
    async opened(actor: Actor, { id, protectedIdentity }: Pick<Person, 'id' | 'protectedIdentity'>) {
      if (!isReader(actor)) return
      const entry = { action: 'people.read', on: { kind: 'person', id } }
      return protectedIdentity ? audit.record(actor, entry) : toldOnce(actor, id, entry)
    },

    /** A case, which tells what befell somebody and where, has been opened. Resolves when the log has it. */
    async caseOpened(actor: Actor, id: string): Promise<void> {
      if (!isReader(actor)) return
      await toldOnce(actor, `incident ${id}`, { action: 'incidents.read', on: { kind: 'incident', id } })
    },

    /** A list or a search has shown so many people. Resolves when the log has what it needs. */
    async listed(actor: Actor, amount: number): Promise<void> {
      if (!isReader(actor) || amount === 0) return
      const now = clock.now()
      const until = new Date(now.getTime() + keptMs)
      await transaction(async () => {
        const shown = await reads.add(actor.organisationId, keyOf(actor, lists, now), amount, until)
        if (!isToldAt(shown - amount, shown)) return
        const on = { kind: 'list', id: 'people' }
        await audit.record(actor, { action: 'people.read-many', on, after: { shown } })
      })
    },

    /** Whether somebody at a screen has to prove who they are before this page is shown to them. */
    async wantsProof(actor: Actor, asked: ListAsked): Promise<boolean> {
      const shown = await reads.count(actor.organisationId, keyOf(actor, lists, clock.now()))
      return wantsProof(shown, asked)
    },
  }
}

/** The product itself, and an iPad, read for nobody. */
const isReader = ({ kind }: Actor): boolean => kind === 'staff' || kind === 'token'
