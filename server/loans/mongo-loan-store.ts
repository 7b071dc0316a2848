import { isDuplicateKey } from '../database/duplicate-key.ts'
import { pageInOrder } from '../database/ordered-page.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Table, type Tables } from '../database/tables.ts'
import { stale } from '../stale.ts'
import { isOpen, type Loan, type LoanState } from './loan.ts'
import { orderFrom } from '../http/list-order.ts'
import { kindOfLoanSort, placeOfLoan } from './loan-order.ts'
import { type LoanQuery, type LoanStore } from './loan-store.ts'

interface LoanRow extends Stored<Loan> {
  readonly open: boolean
  readonly place: string
}

export function createMongoLoanStore(tables: Tables): LoanStore {
  const loans = defineLoans(tables)
  const find = async (organisationId: string, filter: Filter<LoanRow>) =>
    (await loans.within(organisationId).find(filter)).map(toLoan)
  return {
    find: async (organisationId, id) => (await find(organisationId, { _id: id })).at(0),
    openOfDevice: async (organisationId, deviceId) =>
      (await find(organisationId, { deviceId, open: true })).at(0),
    openOfDevices: (organisationId, deviceIds) =>
      find(organisationId, { deviceId: { $in: deviceIds }, open: true }),
    openOfPerson: (organisationId, personId) => find(organisationId, { personId, open: true }),
    async page(organisationId, query) {
      const { sort, descending } = orderFrom(query.sort ?? '-reservedAt')
      const order = {
        field: sort === 'reservedAt' ? 'place' : sort,
        tie: 'place',
        descending,
        kind: kindOfLoanSort(sort),
      }
      const wanted = { filter: filterOf(query), order, limit: query.limit + 1, after: query.after }
      return (await pageInOrder(loans.within(organisationId), wanted)).map(toLoan)
    },
    async insert(loan) {
      try {
        await loans.within(loan.organisationId).insert(toLoanRow(loan))
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async save(loan) {
      const own = loans.within(loan.organisationId)
      const saved = await own.replaceOne({ _id: loan.id, version: loan.version - 1 }, toLoanRow(loan))
      if (!saved) throw stale('loan')
    },
    countOfPerson: (organisationId, personId) => loans.within(organisationId).count({ personId }),
    async movePerson(organisationId, from, to) {
      const own = loans.within(organisationId)
      const ids = (await own.find({ personId: from }, { fields: { _id: 1 } })).map(({ _id }) => _id)
      await own.updateMany({ personId: from }, { $set: { personId: to }, $inc: { version: 1 } })
      return ids
    },
    counts: organisationId =>
      loans
        .within(organisationId)
        .aggregate<{ state: LoanState; count: number }>([
          { $group: { _id: '$state', count: { $sum: 1 } } },
          { $project: { _id: 0, state: '$_id', count: 1 } },
        ]),
  }
}

function defineLoans(tables: Tables): Table<LoanRow> {
  return tables.define<LoanRow>({
    name: 'loans',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      personId: { type: String, required: true },
      bodyIds: [String],
      accessories: [String],
      dueOn: String,
      state: { type: String, required: true },
      reservedAt: { type: Date, required: true },
      termsShownAt: Date,
      termsId: String,
      language: String,
      prices: { type: Object, default: undefined },
      formId: String,
      signedAt: Date,
      handedOutAt: Date,
      incidentId: String,
      returnedAt: Date,
      condition: String,
      returnedAccessories: { type: [String], default: undefined },
      returnNote: String,
      returnReceiptId: String,
      returnedBy: { type: Object, default: undefined },
      undoneReturns: { type: [Object], default: undefined },
      closedAt: Date,
      closeReason: String,
      undoneAt: Date,
      checklist: { type: [Object], default: undefined },
      version: { type: Number, required: true },
      open: { type: Boolean, required: true },
      place: { type: String, required: true },
    },
    indexes: [
      // Two desks at once: the store itself knows only one open loan of an iPad.
      [{ deviceId: 1 }, { unique: true, partialFilterExpression: { open: true } }],
      [{ organisationId: 1, place: -1 }],
      [{ organisationId: 1, state: 1, place: -1 }],
      [{ organisationId: 1, personId: 1, place: -1 }],
      [{ organisationId: 1, deviceId: 1, place: -1 }],
      [{ organisationId: 1, bodyIds: 1, place: -1 }],
      [{ organisationId: 1, open: 1, place: -1 }],
      ...(['dueOn', 'handedOutAt', 'returnedAt'] as const).flatMap(
        field =>
          [
            [{ organisationId: 1, [field]: 1, place: 1 }],
            [{ organisationId: 1, state: 1, [field]: 1, place: 1 }],
            [{ organisationId: 1, open: 1, [field]: 1, place: 1 }],
          ] as [Record<string, 1>][],
      ),
    ],
  })
}

function filterOf({ state, open, personId, deviceId, bodyId, overdueOn }: LoanQuery): Filter<LoanRow> {
  return {
    ...(state && { state }),
    ...(open !== undefined && { open }),
    ...(personId !== undefined && { personId }),
    ...(deviceId !== undefined && { deviceId }),
    ...(bodyId !== undefined && { bodyIds: bodyId }),
    ...(overdueOn !== undefined && { state: 'active', dueOn: { $lt: overdueOn } }),
  }
}

function toLoanRow(loan: Loan): LoanRow {
  return { ...toRow(loan), open: isOpen(loan.state), place: placeOfLoan(loan) }
}

function toLoan(row: LoanRow): Loan {
  const loan = fromRow<Loan>(row)
  Reflect.deleteProperty(loan, 'open')
  Reflect.deleteProperty(loan, 'place')
  return loan
}
