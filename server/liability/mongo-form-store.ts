import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type FormStore, type KeptPaper } from './form-store.ts'
import { type LiabilityForm } from './liability-form.ts'

interface CounterRow {
  readonly _id: string
  readonly organisationId: string
  readonly count: number
}

export function createMongoFormStore(tables: Tables): FormStore {
  const forms = tables.define<Stored<LiabilityForm>>({
    name: 'liabilityForms',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      attemptId: { type: String, required: true },
      loanIds: [String],
      personId: String,
      termsId: String,
      termsNumber: Number,
      termsSha256: String,
      language: String,
      // Strokes or a name; checked by type at the door.
      signature: Object,
      identityCheck: String,
      devices: [
        { _id: false, id: String, assetTag: String, serialNumber: String, model: String, theftMark: String },
      ],
      accessories: [String],
      staff: { id: String, name: String },
      station: String,
      signedAt: Date,
      receiptNumber: { type: String, required: true },
      recordSha256: String,
      pdfSha256: String,
      voided: { type: { at: Date, by: { id: String, name: String }, reason: String }, _id: false },
    },
    indexes: [
      [{ organisationId: 1, attemptId: 1 }, { unique: true }],
      [{ organisationId: 1, receiptNumber: 1 }, { unique: true }],
      [{ organisationId: 1, personId: 1, signedAt: -1 }],
    ],
  })
  const papers = tables.define<Stored<KeptPaper>>({
    name: 'papers',
    tenancy: { belongsTo: 'organisation' },
    fields: { bytes: Buffer, sha256: String, createdAt: Date },
    indexes: [],
  })
  const counters = tables.define<CounterRow>({
    name: 'receiptCounters',
    tenancy: { belongsTo: 'organisation' },
    fields: { count: Number },
    indexes: [],
  })
  return {
    find: async (organisationId, id) => one(await forms.within(organisationId).findOne({ _id: id })),
    findByAttempt: async (organisationId, attemptId) =>
      one(await forms.within(organisationId).findOne({ attemptId })),
    findByReceiptNumber: async (organisationId, receiptNumber) =>
      one(await forms.within(organisationId).findOne({ receiptNumber })),
    ofPerson: async (organisationId, personId) =>
      (await forms.within(organisationId).find({ personId }, { sort: { signedAt: -1 } })).map(row =>
        fromRow<LiabilityForm>(row),
      ),
    countOfPerson: (organisationId, personId) => forms.within(organisationId).count({ personId }),
    async movePerson(organisationId, from, to) {
      const own = forms.within(organisationId)
      const ids = (await own.find({ personId: from }, { fields: { _id: 1 } })).map(({ _id }) => _id)
      await own.updateMany({ personId: from }, { $set: { personId: to } })
      return ids
    },
    insert: form => forms.within(form.organisationId).insert(toRow(form)),
    markVoid: (organisationId, id, voided) =>
      forms.within(organisationId).updateOne({ _id: id, voided: null } as never, { $set: { voided } }),
    insertPaper: paper => papers.within(paper.organisationId).insert(toRow(paper)),
    async findPaper(organisationId, id) {
      const row = await papers.within(organisationId).findOne({ _id: id })
      return row && { ...fromRow<KeptPaper>(row), bytes: bytesOf(row.bytes) }
    },
    async nextReceipt(organisationId, year) {
      const filter = { _id: `${organisationId} ${year}` }
      const change = { $inc: { count: 1 } } as never
      const row = await counters.within(organisationId).findOneAndUpdate(filter, change, { upsert: true })
      if (!row) throw new Error('The counter of receipts was not answered')
      return row.count
    },
  }
}

const one = (row: Stored<LiabilityForm> | undefined) => row && fromRow<LiabilityForm>(row)

/** The driver gives bytes of a plain read in a wrapper of its own. */
function bytesOf(stored: Buffer | { readonly buffer: Uint8Array }): Buffer {
  return Buffer.isBuffer(stored) ? stored : Buffer.from(stored.buffer)
}
