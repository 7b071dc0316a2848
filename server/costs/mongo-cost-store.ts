import { isDuplicateKey } from '../database/duplicate-key.ts'
import { pageInOrder } from '../database/ordered-page.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { DomainError } from '../domain-error.ts'
import { orderFrom } from '../http/list-order.ts'
import { stale } from '../stale.ts'
import { type AllocationKey } from './allocation-key.ts'
import { type CostLine } from './cost-line.ts'
import { kindOfCostLineSort } from './cost-line-order.ts'
import { type CostLineFilter, type CostStore } from './cost-store.ts'
import { type FrozenStatement } from './frozen-statement.ts'

/** Written by whoever saves a key of the name, so that two of them meet. */
interface HeldName {
  readonly _id: string
  readonly organisationId: string
  readonly held: number
}

export function createMongoCostStore(tables: Tables): CostStore {
  const lines = tables.define<Stored<CostLine>>({
    name: 'cost-lines',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      kind: { type: String, required: true },
      fromOn: { type: String, required: true },
      toOn: String,
      amountOre: { type: Number, required: true },
      vatOre: Number,
      payer: Object,
      bearer: Object,
      text: String,
      category: String,
      version: { type: Number, required: true },
    },
    indexes: [[{ organisationId: 1, fromOn: 1, _id: 1 }], [{ organisationId: 1, amountOre: 1, _id: 1 }]],
  })
  const keys = tables.define<Stored<AllocationKey>>({
    name: 'allocation-keys',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      basis: { type: String, required: true },
      bodyTypes: { type: [String], default: undefined },
      shares: { type: [Object], default: undefined },
      validFrom: { type: String, required: true },
      validTo: String,
      version: { type: Number, required: true },
    },
    indexes: [[{ organisationId: 1, name: 1, validFrom: 1 }, { unique: true }]],
  })
  const keyNames = tables.define<HeldName>({
    name: 'allocation-key-names',
    tenancy: { belongsTo: 'organisation' },
    fields: { held: { type: Number, required: true } },
    indexes: [],
  })
  const statements = tables.define<Stored<FrozenStatement>>({
    name: 'statements',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      year: { type: Number, required: true },
      frozenAt: { type: Date, required: true },
      frozenBy: Object,
      statement: { type: Object, required: true },
    },
    indexes: [[{ organisationId: 1, year: 1 }, { unique: true }]],
  })
  return {
    async insertLine(line) {
      await lines.within(line.organisationId).insert(toRow(line))
    },
    findLine: async (organisationId, id) => {
      const row = await lines.within(organisationId).findOne({ _id: id })
      return row && fromRow<CostLine>(row)
    },
    lines: async (organisationId, filter) =>
      (
        await lines
          .within(organisationId)
          .find(filterOf(filter) as Filter<Stored<CostLine>>, { sort: { fromOn: -1, _id: -1 } })
      ).map(row => fromRow<CostLine>(row)),
    async linesInOrder(organisationId, { sort: wanted, limit, after, ...rest }) {
      const { sort, descending } = orderFrom(wanted)
      const order = { field: sort, tie: '_id', kind: kindOfCostLineSort(sort), descending } as const
      const own = lines.within(organisationId)
      const rows = await pageInOrder(own, { filter: filterOf(rest), order, limit, after })
      return rows.map(row => fromRow<CostLine>(row))
    },
    async saveLine(line) {
      const row = toRow(line)
      const before = { _id: row._id, version: line.version - 1 }
      if (!(await lines.within(line.organisationId).replaceOne(before, row))) throw stale('cost')
    },
    async deleteLine(organisationId, id) {
      await lines.within(organisationId).deleteMany({ _id: id })
    },

    async holdKeyName(organisationId, name) {
      const filter = { _id: `${organisationId} ${name}` }
      const change = { $inc: { held: 1 }, $setOnInsert: { organisationId } } as never
      await keyNames.within(organisationId).updateOne(filter, change, { upsert: true })
    },
    insertKey: key =>
      unlessTaken(keys.within(key.organisationId).insert(toRow(key)), 'allocation-key-overlap', sameDay),
    findKey: async (organisationId, id) => {
      const row = await keys.within(organisationId).findOne({ _id: id })
      return row && fromRow<AllocationKey>(row)
    },
    keys: async organisationId =>
      (await keys.within(organisationId).find({}, { sort: { name: 1, validFrom: 1 } })).map(row =>
        fromRow<AllocationKey>(row),
      ),
    async saveKey(key) {
      const row = toRow(key)
      const before = { _id: row._id, version: key.version - 1 }
      const saving = keys.within(key.organisationId).replaceOne(before, row)
      if (!(await unlessTaken(saving, 'allocation-key-overlap', sameDay))) throw stale('allocation key')
    },

    insertStatement: statement =>
      unlessTaken(
        statements.within(statement.organisationId).insert(toRow(statement)),
        'statement-frozen',
        'The statement for this year has already been finalised.',
      ),
    findStatement: async (organisationId, year) => {
      const row = await statements.within(organisationId).findOne({ year })
      return row && fromRow<FrozenStatement>(row)
    },
    frozenYears: async organisationId =>
      (
        await statements
          .within(organisationId)
          .find({}, { sort: { year: -1 }, fields: { year: 1, frozenAt: 1, frozenBy: 1 } })
      ).map(({ year, frozenAt, frozenBy }) => ({ year, frozenAt, frozenBy })),
  }
}

const sameDay = 'A key of this name begins on this day already.'

const filterOf = ({ kind, year }: CostLineFilter) => ({
  ...(kind && { kind }),
  ...(year !== undefined && inYear(String(year))),
})

/** One-off in the year, or annual and running in it. */
function inYear(year: string) {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  return {
    $or: [
      { kind: 'one-off', fromOn: { $gte: first, $lte: last } },
      { kind: 'annual', fromOn: { $lte: last }, $or: [{ toOn: { $gte: first } }, { toOn: null }] },
    ],
  }
}

async function unlessTaken<T>(saving: Promise<T>, code: string, message: string): Promise<T> {
  try {
    return await saving
  } catch (error) {
    if (isDuplicateKey(error)) throw new DomainError('conflict', code, message)
    throw error
  }
}
