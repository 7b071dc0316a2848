import { type Db, type Document } from 'mongodb'
import { type SealedField } from '../sealed-fields.ts'
import { sealedForm, type SecretBox } from './secret-box.ts'

/** Something sealed that cannot be sealed again; nothing was changed. */
export class ResealError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ResealError'
  }
}

interface Found {
  readonly field: SealedField
  readonly id: string
  readonly sealed: string
}

/**
 * Seals every secret of the database with the newest key of `box`. First everything is looked through and opened, so
 * that a field nobody thought of, or a value that does not open, stops it before anything is changed. May be repeated.
 * Answers how many were sealed anew.
 * @throws {ResealError}
 */
export async function resealAll(
  db: Db,
  fields: readonly SealedField[],
  box: Pick<SecretBox, 'openSecret' | 'sealSecret'>,
): Promise<number> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)
  const count = { sealed: 0 }
  for (const name of names) for await (const found of sealedIn(db, name, fields)) openOf(found, box)
  for (const name of names) {
    for await (const found of sealedIn(db, name, fields)) {
      const { field, id, sealed } = found
      const anew = box.sealSecret(openOf(found, box), field.place(id))
      // One that was changed meanwhile was sealed with the newest key already.
      const rows = db.collection<Document & { _id: string }>(name)
      await rows.updateOne({ _id: id, [field.path]: sealed }, { $set: { [field.path]: anew } })
      count.sealed += 1
    }
  }
  return count.sealed
}

function openOf({ field, id, sealed }: Found, box: Pick<SecretBox, 'openSecret'>): Uint8Array {
  try {
    return box.openSecret(sealed, field.place(id))
  } catch {
    throw new ResealError(`${field.collection}.${field.path} of ${id} does not open. Is this the right key?`)
  }
}

async function* sealedIn(db: Db, name: string, fields: readonly SealedField[]): AsyncGenerator<Found> {
  for await (const row of db.collection(name).find({})) {
    for (const { path, value } of textsIn(row)) {
      if (!sealedForm.test(value)) continue
      const field = fields.find(each => each.collection === name && each.path === path)
      if (!field) throw new ResealError(`${name}.${path} holds something sealed that nobody knows of.`)
      yield { field, id: String(row._id), sealed: value }
    }
  }
}

function* textsIn(value: unknown, path = ''): Generator<{ path: string; value: string }> {
  if (typeof value === 'string') yield { path, value }
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* textsIn(each, `${path}.${index}`)
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const [key, each] of Object.entries(value))
      yield* textsIn(each, path === '' ? key : `${path}.${key}`)
}
