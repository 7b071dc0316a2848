import { doubleKeysOf } from '../people/doubles.ts'
import { type Person } from '../people/person.ts'
import { mailPlaceOf } from '../people/person-search.ts'
import { type Migration } from './migration.ts'

type Row = Pick<Person, 'givenName' | 'familyName' | 'email' | 'phone' | 'protectedIdentity'>

/** Writes down with each person what they are ordered and compared by, as every change of a person does from now on. */
export const peopleByMailAndDoubleKeys: Migration = {
  number: 2,
  name: 'people by mail and double keys',
  run: async db => {
    const people = db.collection<Row & { _id: string }>('people')
    for await (const person of people.find({})) {
      const mailPlace = mailPlaceOf(person)
      await people.updateOne(
        { _id: person._id },
        {
          $set: { doubleKeys: doubleKeysOf(person), ...(mailPlace !== undefined && { mailPlace }) } as never,
        },
      )
    }
  },
}
