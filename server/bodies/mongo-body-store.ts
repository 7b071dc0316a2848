import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Stored } from '../database/queries.ts'
import { type Tables } from '../database/tables.ts'
import { type Body } from './body.ts'
import { type BodyStore } from './body-store.ts'

interface BodyRow extends Stored<Body> {
  /** The name in lower case: the same name twice would make an import guess. */
  readonly nameKey: string
}

export function createMongoBodyStore(tables: Tables): BodyStore {
  const bodies = tables.define<BodyRow>({
    name: 'bodies',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      name: { type: String, required: true },
      type: { type: String, required: true },
      costCentre: String,
      startsOn: { type: String, required: true },
      endsOn: String,
      version: Number,
      nameKey: String,
    },
    indexes: [[{ organisationId: 1, nameKey: 1 }, { unique: true }]],
  })
  return {
    find: async (organisationId, id) => {
      const row = await bodies.within(organisationId).findOne({ _id: id })
      return row && toBody(row)
    },
    all: async organisationId =>
      (await bodies.within(organisationId).find({}))
        .map(toBody)
        .toSorted((one, other) => one.name.localeCompare(other.name, 'sv')),
    insert: body => taken(() => bodies.within(body.organisationId).insert(toBodyRow(body))),
    save: body =>
      taken(async () => {
        const own = bodies.within(body.organisationId)
        const stored = await own.findOne({ _id: body.id, version: body.version - 1 })
        return (
          stored !== undefined && own.replaceOne({ _id: body.id, version: stored.version }, toBodyRow(body))
        )
      }),
  }
}

function toBodyRow(body: Body): BodyRow {
  return { ...toRow(body), nameKey: body.name.toLowerCase() }
}

function toBody(row: BodyRow): Body {
  const body = fromRow<Body>(row)
  Reflect.deleteProperty(body, 'nameKey')
  return body
}

async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const field = { path: 'name', message: 'This name is already in use.' }
    throw new DomainError('conflict', 'body-exists', 'There is already a body with this name.', [field])
  }
}
