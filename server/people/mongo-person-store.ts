import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { pageInOrder } from '../database/ordered-page.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { orderFrom } from '../http/list-order.ts'
import { type Person } from './person.ts'
import { doubleKeysOf } from './doubles.ts'
import { folded, mailPlaceOf, personPlaceFrom, personTerms, placeOf } from './person-search.ts'
import { type PersonStore } from './person-store.ts'

interface PersonRow extends Stored<Person> {
  /** See `placeOf`, `mailPlaceOf`, `personTerms` and `doubleKeysOf`. */
  readonly place: string
  readonly mailPlace?: string
  readonly terms: readonly string[]
  readonly doubleKeys: readonly string[]
  /**
   * The organisations that ask for protection; it applies to all while there is one. Missing in older rows: then every
   * organisation that knows the person asks for it.
   */
  readonly protectedBy?: readonly string[]
  /**
   * Those who have only written the address of somebody whom others know: until something of theirs points at the
   * person, what is not theirs to know is kept from them.
   */
  readonly newTo?: readonly string[]
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
      mailPlace: String,
      terms: [String],
      doubleKeys: [String],
      protectedBy: [String],
      newTo: [String],
      holds: Number,
    },
    indexes: [
      [{ email: 1 }, { unique: true }],
      [{ organisationIds: 1, place: 1 }],
      [{ organisationIds: 1, mailPlace: 1, _id: 1 }],
      // Not together with the organisations: an index may hold one list only.
      [{ terms: 1 }],
    ],
  })
  const any = people.acrossOrganisations('an e-mail address means one person in the whole installation')
  return {
    find: async (organisationId, id) =>
      one(organisationId, await people.within(organisationId).findOne({ _id: id })),
    findMany: async (organisationId, ids) =>
      (await people.within(organisationId).find({ _id: { $in: ids } })).map(row =>
        seenBy(organisationId, row),
      ),
    findByEmails: async emails => (await any.find({ email: { $in: emails } })).map(toPerson),
    page: async (organisationId, { q = '', among, limit, after, sort: wanted = 'name' }) => {
      // A name is copied as lists show it: family name, comma, given name.
      const words = folded(q)
        .split(/[\s,;]+/)
        .filter(Boolean)
      const fits = words.map(word => ({ terms: { $elemMatch: { $gte: word, $lt: `${word}\uffff` } } }))
      const { sort, descending } = orderFrom(wanted)
      const rows = await pageInOrder(people.within(organisationId), {
        filter: { ...(fits.length > 0 && { $and: fits }), ...(among && { _id: { $in: among } }) },
        order: {
          ...(sort === 'email' ? { field: 'mailPlace', tie: '_id' } : { field: 'place', tie: 'place' }),
          kind: 'text',
          descending,
        },
        limit: limit + 1,
        after: after === undefined ? undefined : personPlaceFrom(after, sort),
      })
      return rows.map(row => seenBy(organisationId, row))
    },
    alike: async (organisationId, most) => {
      const groups = await people
        .within(organisationId)
        .aggregate<{ ids: string[] }>([
          { $project: { doubleKeys: 1 } },
          { $unwind: '$doubleKeys' },
          { $group: { _id: '$doubleKeys', ids: { $push: '$_id' }, count: { $sum: 1 } } },
          { $match: { count: { $gt: 1, $lte: most } } },
        ])
      return groups.map(({ ids }) => ids)
    },
    async insert(...added) {
      const organisationId = added[0]?.organisationIds[0]
      if (organisationId !== undefined) {
        await taken(() => people.within(organisationId).insert(...added.map(toPersonRow)))
      }
    },
    async change(organisationId, id, version, { set, emptied }) {
      const own = people.within(organisationId)
      const stored = await own.findOne({ _id: id, version })
      if (!stored) return undefined
      const before = toPerson(stored)
      const protectedBy = marksAfter(stored, organisationId, set.protectedIdentity)
      const written = { ...set, protectedIdentity: protectedBy.length > 0 }
      // The version in the filter makes what is derived here fit what is stored.
      const { phone, ...others } = before
      const kept = phone === undefined || emptied.includes('phone') ? others : before
      const { place, mailPlace, terms, doubleKeys } = toPersonRow({ ...kept, ...written })
      const gone = [...emptied, ...(mailPlace === undefined ? ['mailPlace'] : [])]
      const row = await taken(() =>
        own.findOneAndUpdate(
          { _id: id, version },
          {
            $set: {
              ...written,
              protectedBy,
              place,
              terms,
              doubleKeys,
              ...(mailPlace !== undefined && { mailPlace }),
            },
            $inc: { version: 1 },
            ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map(field => [field, ''])) as never }),
          },
        ),
      )
      return one(organisationId, row)
    },
    newTo: async (organisationId, ids) => {
      const rows = await people.within(organisationId).find({ _id: { $in: ids } })
      return new Set(rows.filter(row => isNewTo(organisationId, row)).map(({ _id }) => _id))
    },
    async leave(organisationId, id) {
      const own = people.within(organisationId)
      const row = await own.findOne({ _id: id })
      if (row?.organisationIds.length === 1) await own.deleteMany({ _id: id })
      else if (row) {
        // A mark outlives whoever made it: those who stay have it in their hands.
        const others = row.organisationIds.filter(other => other !== organisationId)
        const marks = marksOf(row)
        const protectedBy = marks.includes(organisationId) ? others : marks
        await own.updateOne({ _id: id }, { $set: { protectedBy } })
        const known = { organisationIds: organisationId, newTo: organisationId }
        await own.updateOne({ _id: id }, { $pull: known as never })
      }
    },
    hold: (organisationId, id) =>
      people
        .within(organisationId)
        .updateOne({ _id: id }, { $inc: { holds: 1 }, $pull: { newTo: organisationId } as never }),
    share: async (id, organisationId) => {
      const known = { organisationIds: organisationId, newTo: organisationId }
      await any.updateOne(
        { _id: id, organisationIds: { $ne: organisationId } },
        { $addToSet: known as never },
      )
    },
  }
}

const one = (organisationId: string, row: PersonRow | undefined) => row && seenBy(organisationId, row)

const isNewTo = (organisationId: string, { newTo = [] }: PersonRow) => newTo.includes(organisationId)

/** The person as far as the organisation may know them. */
function seenBy(organisationId: string, row: PersonRow): Person {
  const { phone, ...others } = toPerson(row)
  return phone === undefined || isNewTo(organisationId, row) ? others : { ...others, phone }
}

function toPersonRow(person: Person): PersonRow {
  const mailPlace = mailPlaceOf(person)
  return {
    ...toRow(person),
    place: placeOf(person),
    terms: personTerms(person),
    ...(person.protectedIdentity && { protectedBy: person.organisationIds }),
    doubleKeys: doubleKeysOf(person),
    ...(mailPlace !== undefined && { mailPlace }),
  }
}

function marksOf({ protectedBy = [], protectedIdentity, organisationIds }: PersonRow): readonly string[] {
  return protectedIdentity && protectedBy.length === 0 ? organisationIds : protectedBy
}

/** Who asks for the protection once the organisation has said whether it does; it says nothing for others. */
function marksAfter(row: PersonRow, organisationId: string, wanted: boolean | undefined): readonly string[] {
  const marks = marksOf(row)
  if (wanted === undefined) return marks
  const others = marks.filter(mark => mark !== organisationId)
  return wanted ? [...others, organisationId] : others
}

const derived = ['place', 'mailPlace', 'terms', 'doubleKeys', 'holds', 'protectedBy', 'newTo'] as const

function toPerson(row: PersonRow): Person {
  const person = fromRow<Person>(row)
  for (const field of derived) Reflect.deleteProperty(person, field)
  return person
}

async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const field = { path: 'email', message: 'This address is already in use.' }
    throw new DomainError('conflict', 'email-taken', 'Another person has this e-mail address.', [field])
  }
}
