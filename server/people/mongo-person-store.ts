import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Filter, type Tables } from '../database/tables.ts'
import { type Person } from './person.ts'
import { folded, personTerms, placeOf } from './person-search.ts'
import { type PersonStore } from './person-store.ts'

interface PersonRow extends Stored<Person> {
  /** See `placeOf` and `personTerms`. */
  readonly place: string
  readonly terms: readonly string[]
  /** Counts `hold`; nothing reads it. */
  readonly holds?: number
}

export function createMongoPersonStore(tables: Tables): PersonStore {
  const people = tables.define<PersonRow>({
    name: 'people',
    tenancy: { belongsTo: 'organisations' },
    fields: {
      givenName: String,
      familyName: String,
      email: { type: String, required: true },
      phone: String,
      language: String,
      protectedIdentity: { type: Boolean, required: true },
      version: Number,
      place: String,
      terms: [String],
      holds: Number,
    },
    indexes: [
      [{ email: 1 }, { unique: true }],
      [{ organisationIds: 1, place: 1 }],
      // Not together with the organisations: an index may hold one list only.
      [{ terms: 1 }],
    ],
  })
  const any = people.acrossOrganisations('an e-mail address means one person in the whole installation')
  return {
    find: async (organisationId, id) => one(await people.within(organisationId).findOne({ _id: id })),
    findMany: async (organisationId, ids) =>
      (await people.within(organisationId).find({ _id: { $in: ids } })).map(toPerson),
    findByEmails: async emails => (await any.find({ email: { $in: emails } })).map(toPerson),
    page: async (organisationId, { q = '', limit, after, sort }) => {
      const words = folded(q).split(/\s+/).filter(Boolean)
      const fits = words.map(word => ({ terms: { $elemMatch: { $gte: word, $lt: `${word}\uffff` } } }))
      const filter = {
        ...(after !== undefined && { place: { [sort === '-name' ? '$lt' : '$gt']: after } }),
        ...(fits.length > 0 && { $and: fits }),
      } as unknown as Filter<PersonRow>
      const own = people.within(organisationId)
      return (await own.find(filter, { sort: { place: sort === '-name' ? -1 : 1 }, limit: limit + 1 })).map(
        toPerson,
      )
    },
    async insert(...added) {
      const organisationId = added[0]?.organisationIds[0]
      if (organisationId !== undefined) {
        await taken(() => people.within(organisationId).insert(...added.map(toPersonRow)))
      }
    },
    async change(organisationId, id, version, { set, emptied }) {
      const own = people.within(organisationId)
      const before = one(await own.findOne({ _id: id, version }))
      if (!before) return undefined
      // The version in the filter makes what is derived here fit what is stored.
      const { place, terms } = toPersonRow({ ...before, ...set })
      const row = await taken(() =>
        own.findOneAndUpdate(
          { _id: id, version },
          {
            $set: { ...set, place, terms },
            $inc: { version: 1 },
            ...(emptied.length > 0 && { $unset: { phone: '' } as never }),
          },
        ),
      )
      return one(row)
    },
    async leave(organisationId, id) {
      const own = people.within(organisationId)
      const row = await own.findOne({ _id: id })
      if (row?.organisationIds.length === 1) await own.deleteMany({ _id: id })
      else await own.updateOne({ _id: id }, { $pull: { organisationIds: organisationId } as never })
    },
    hold: (organisationId, id) =>
      people.within(organisationId).updateOne({ _id: id }, { $inc: { holds: 1 } }),
    share: async (id, organisationId) => {
      await any.updateOne({ _id: id }, { $addToSet: { organisationIds: organisationId } as never })
    },
  }
}

const one = (row: PersonRow | undefined) => row && toPerson(row)

function toPersonRow(person: Person): PersonRow {
  return { ...toRow(person), place: placeOf(person), terms: personTerms(person) }
}

function toPerson(row: PersonRow): Person {
  const person = fromRow<Person>(row)
  Reflect.deleteProperty(person, 'place')
  Reflect.deleteProperty(person, 'terms')
  Reflect.deleteProperty(person, 'holds')
  return person
}

async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const field = { path: 'email', message: 'It is taken.' }
    throw new DomainError('conflict', 'email-taken', 'Another person has this e-mail address.', [field])
  }
}
