import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { firstSettingsIn, type Organisation } from './organisation.ts'
import { type OrganisationStore } from './organisation-store.ts'

interface OrganisationRow extends Stored<Organisation> {
  /** Only on the one that the installation began with. */
  readonly first?: true
}

export function createMongoOrganisationStore(tables: Tables): OrganisationStore {
  const organisations = tables.defineShared<OrganisationRow>({
    name: 'organisations',
    tenancy: { sharedBecause: 'it is the tenant itself, reached by the id that bounds everything else' },
    fields: {
      name: String,
      number: String,
      language: String,
      settings: {
        lostModeMessage: String,
        lostModePhone: String,
        fourEyes: Boolean,
        bulkLimit: Number,
        rolloutLimit: Number,
        disposalNeedsTwo: Boolean,
        secondFactorFor: [String],
        colour: String,
        logo: { type: { sha256: String, width: Number, height: Number }, _id: false },
        prices: Object,
        mailDomains: { type: [String], default: undefined },
        papersOldestSystem: String,
        papersAnswerDays: Number,
        checklist: { type: [String], default: undefined },
        accessibilityEmail: String,
        accessibilityPhone: String,
        accessibilityReviewedOn: String,
        accessibilityFaults: { type: [String], default: undefined },
      },
      version: Number,
      first: Boolean,
    },
    indexes: [[{ first: 1 }, { unique: true, partialFilterExpression: { first: true } }]],
  })
  const findFirst = async () => one(await organisations.findOne({ first: true }))
  return {
    find: async id => one(await organisations.findOne({ _id: id })),
    findMany: async ids =>
      (await organisations.find({ _id: { $in: ids } }, { sort: { name: 1 } })).map(toOrganisation),
    list: async () => (await organisations.find({}, { sort: { first: -1, name: 1 } })).map(toOrganisation),
    insert: organisation => organisations.insert(toRow(organisation)),
    async first(fresh) {
      const found = await findFirst()
      if (found) return found
      try {
        await organisations.insert({ ...toRow(fresh), first: true })
        return fresh
      } catch (error) {
        const winner = isDuplicateKey(error) ? await findFirst() : undefined
        if (!winner) throw error
        return winner
      }
    },
    save: ({ id, version, ...fields }) =>
      organisations.updateOne({ _id: id, version: version - 1 }, { $set: { ...fields, version } }),
  }
}

const one = (row: OrganisationRow | undefined) => row && toOrganisation(row)

function toOrganisation(row: OrganisationRow): Organisation {
  const organisation = fromRow<Organisation>(row)
  Reflect.deleteProperty(organisation, 'first')
  // Settings that came later than the organisation have the value of a new one.
  return {
    ...organisation,
    settings: { ...firstSettingsIn(organisation.language), ...organisation.settings },
  }
}
