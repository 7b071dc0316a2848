import { type Audit } from '../audit/audit.ts'
import { type Body } from '../bodies/body.ts'
import { dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, type FieldError, invalid } from '../domain-error.ts'
import { orderFrom, placeOfOrder, placeText, placeWithin, readPlaceText } from '../http/list-order.ts'
import { pageOf, type Page } from '../http/paging.ts'
import { type NewId } from '../ids.ts'
import { because } from '../reason.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { checkKey, checkNoOverlap, type AllocationKey, type WrittenKey } from './allocation-key.ts'
import { type AllocationSources } from './allocation-sources.ts'
import { kindOfCostLineSort, type CostLineSort } from './cost-line-order.ts'
import { checkCostLine, type CostLine, type WrittenCostLine } from './cost-line.ts'
import { type CostLineFilter, type CostStore } from './cost-store.ts'
import { saysTheSame, type FrozenStatement } from './frozen-statement.ts'
import { statementOf, type Statement } from './statement.ts'

interface CostsDeps {
  readonly costs: CostStore
  readonly sources: AllocationSources
  readonly bodies: { list(actor: Actor): Promise<Body[]> }
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
}

export type CostLineQuery = CostLineFilter & {
  readonly sort?: CostLineSort | `-${CostLineSort}`
  readonly limit: number
  readonly after?: string
}

/** A statement, and whether it is agreed. */
export interface StatementView extends Statement {
  readonly frozen: Pick<FrozenStatement, 'frozenAt' | 'frozenBy'> | null
  /** It is agreed, and what is known now would give another one. */
  readonly changedSince: boolean
}

export type Costs = ReturnType<typeof createCosts>

/** What iPads cost, who pays, and who bears it. */
export function createCosts({ costs, sources, bodies, audit, clock, newId, transaction }: CostsDeps) {
  async function line(actor: Actor, id: string): Promise<CostLine> {
    const found = await costs.findLine(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'cost-line-unknown', 'There is no such cost.')
    return found
  }

  async function key(actor: Actor, id: string): Promise<AllocationKey> {
    const found = await costs.findKey(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'allocation-key-unknown', 'There is no such allocation.')
    return found
  }

  /** Payer, bearer and shares have to be the organisation's own. */
  async function checkOwn(
    actor: Actor,
    wanted: readonly { path: string; bodyId?: string; keyId?: string }[],
  ) {
    const own = new Set((await bodies.list(actor)).map(({ id }) => id))
    const fields: FieldError[] = []
    for (const { path, bodyId, keyId } of wanted) {
      if (bodyId !== undefined && !own.has(bodyId))
        fields.push({ path, ...because('no-body-here', 'There is no such body.') })
      if (keyId !== undefined && !(await costs.findKey(actor.organisationId, keyId)))
        fields.push({ path, ...because('no-key-here', 'There is no such allocation.') })
    }
    if (fields.length > 0) throw invalid('cost-unknown', fields)
  }

  async function checkLine(actor: Actor, written: WrittenCostLine): Promise<void> {
    checkCostLine(written)
    await checkOwn(actor, [
      { path: 'payer', ...written.payer },
      { path: 'bearer', ...written.bearer },
    ])
  }

  /** Inside the transaction that saves the key: of two with one name at once, the second sees the first. */
  async function checkWholeKey(actor: Actor, wanted: AllocationKey): Promise<void> {
    checkKey(wanted)
    await checkOwn(actor, wanted.shares?.map(({ bodyId }) => ({ path: 'shares', bodyId })) ?? [])
    await costs.holdKeyName(actor.organisationId, wanted.name)
    checkNoOverlap(wanted, await costs.keys(actor.organisationId))
  }

  async function live(actor: Actor, year: number): Promise<Statement> {
    const lines = await costs.lines(actor.organisationId, { year })
    const keys = await costs.keys(actor.organisationId)
    return statementOf(year, [...lines].reverse(), { ...(await sources.ofYear(actor, year)), keys })
  }

  return {
    line,
    key,

    /** @throws {DomainError} invalid `cost-line-invalid`, `cost-unknown` */
    async addLine(actor: Actor, written: WrittenCostLine): Promise<CostLine> {
      await checkLine(actor, written)
      const added: CostLine = { ...written, id: newId(), organisationId: actor.organisationId, version: 1 }
      await transaction(async () => {
        await costs.insertLine(added)
        await audit.record(actor, {
          action: 'costs.add',
          on: on('cost-line', added.id),
          after: { ...written },
        })
      })
      return added
    },

    /**
     * The line as it is written now; `version` is the one that the person saw. Statements that are agreed stay.
     * @throws {DomainError} as `addLine`; not-found `cost-line-unknown`; conflict `stale`
     */
    async editLine(actor: Actor, id: string, { version, ...written }: WrittenCostLine & { version: number }) {
      await checkLine(actor, written)
      return transaction(async () => {
        const before = await line(actor, id)
        const after: CostLine = { ...written, id, organisationId: actor.organisationId, version: version + 1 }
        await costs.saveLine(after)
        const entry = { before: { ...before }, after: { ...after } }
        await audit.record(actor, { action: 'costs.edit', on: on('cost-line', id), ...entry })
        return after
      })
    },

    /**
     * Takes a line away that should never have been there; the log keeps it. `version` is the one that was seen.
     * @throws {DomainError} not-found `cost-line-unknown`; conflict `stale`
     */
    async removeLine(
      actor: Actor,
      id: string,
      { reason, version }: { readonly reason: string; readonly version: number },
    ): Promise<void> {
      await transaction(async () => {
        const before = await line(actor, id)
        if (before.version !== version) throw stale('cost')
        await costs.deleteLine(actor.organisationId, id)
        await audit.record(actor, {
          action: 'costs.remove',
          on: on('cost-line', id),
          reason,
          before: { ...before },
        })
      })
    },

    /** The newest first day first, or in the order of `sort`. @throws {DomainError} invalid `bad-cursor` */
    async lines(
      actor: Actor,
      { limit, after, sort: wanted = '-fromOn', ...filter }: CostLineQuery,
    ): Promise<Page<CostLine>> {
      const { sort } = orderFrom(wanted)
      const place =
        after === undefined ? undefined : readPlaceText(placeWithin(wanted, after), kindOfCostLineSort(sort))
      const page = { ...filter, sort: wanted, limit: limit + 1, after: place }
      const found = await costs.linesInOrder(actor.organisationId, page)
      return pageOf(found, limit, one => placeOfOrder(wanted, placeText(one[sort], one.id)))
    },

    /** @throws {DomainError} invalid `allocation-key-invalid`, `cost-unknown`; conflict `allocation-key-overlap` */
    async addKey(actor: Actor, written: WrittenKey): Promise<AllocationKey> {
      const added: AllocationKey = {
        ...written,
        id: newId(),
        organisationId: actor.organisationId,
        version: 1,
      }
      await transaction(async () => {
        await checkWholeKey(actor, added)
        await costs.insertKey(added)
        await audit.record(actor, {
          action: 'costs.add-key',
          on: on('allocation-key', added.id),
          after: { ...written },
        })
      })
      return added
    },

    /** @throws {DomainError} as `addKey`; not-found `allocation-key-unknown`; conflict `stale` */
    async editKey(actor: Actor, id: string, { version, ...written }: WrittenKey & { version: number }) {
      const after: AllocationKey = {
        ...written,
        id,
        organisationId: actor.organisationId,
        version: version + 1,
      }
      return transaction(async () => {
        await checkWholeKey(actor, after)
        const before = await key(actor, id)
        await costs.saveKey(after)
        const entry = { before: { ...before }, after: { ...after } }
        await audit.record(actor, { action: 'costs.edit-key', on: on('allocation-key', id), ...entry })
        return after
      })
    },

    /** All, by name and first day. */
    keys: (actor: Actor): Promise<AllocationKey[]> => costs.keys(actor.organisationId),

    /** The cost of each body for a year: as it was agreed, else as it stands now. */
    async statement(actor: Actor, year: number): Promise<StatementView> {
      const now = await live(actor, year)
      const frozen = await costs.findStatement(actor.organisationId, year)
      if (!frozen) return { ...now, frozen: null, changedSince: false }
      const { frozenAt, frozenBy, statement } = frozen
      return { ...statement, frozen: { frozenAt, frozenBy }, changedSince: !saysTheSame(statement, now) }
    },

    /**
     * Agrees the statement of a year: whatever changes later, it stays as it is (requirement R28).
     * @throws {DomainError} conflict `statement-frozen`; invalid `year-to-come`
     */
    async freeze(actor: Actor, year: number): Promise<StatementView> {
      const now = clock.now()
      if (year > Number(dayOf(now).slice(0, 4))) {
        throw new DomainError('invalid', 'year-to-come', 'This year has not started yet.', [
          { path: 'year', message: 'Choose this year or an earlier one.' },
        ])
      }
      const { kind, id, name } = actor
      const statement = await live(actor, year)
      const frozen: FrozenStatement = {
        id: newId(),
        organisationId: actor.organisationId,
        year,
        frozenAt: now,
        frozenBy: { kind, id, name },
        statement,
      }
      await transaction(async () => {
        await costs.insertStatement(frozen)
        await audit.record(actor, {
          action: 'costs.freeze',
          on: on('statement', frozen.id),
          after: { year, ...statement.totals },
        })
      })
      return { ...statement, frozen: { frozenAt: now, frozenBy: frozen.frozenBy }, changedSince: false }
    },

    /** The years that are agreed, the newest first. */
    frozenYears: (actor: Actor) => costs.frozenYears(actor.organisationId),
  }
}

function on(kind: string, id: string) {
  return { kind, id }
}
