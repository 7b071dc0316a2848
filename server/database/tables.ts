import { type Filter, type UpdateFilter } from 'mongodb'
import mongoose, { type Connection, type IndexDefinition, type IndexOptions, type Model } from 'mongoose'
import { queriesOf, type Queries, type Row } from './queries.ts'

/** Which organisation a row belongs to: one, several (people), or none on purpose. */
type Tenancy =
  | { readonly belongsTo: 'organisation' }
  | { readonly belongsTo: 'organisations' }
  | { readonly sharedBecause: string }

interface TableDefinition {
  readonly name: string
  readonly tenancy: Tenancy
  /** Mongoose's words for the fields, without `_id` and the tenant field: those are added here. */
  readonly fields: mongoose.SchemaDefinition
  readonly indexes: readonly (readonly [IndexDefinition, IndexOptions?])[]
}

/** Rows of organisations. There is no query on it before one says whose rows it may see. */
export interface Table<R extends Row> {
  within(organisationId: string): Queries<R>
  /** For the few readers that know no organisation yet: an iPad by its certificate, a session by its secret. */
  acrossOrganisations(reason: string): Queries<R>
}

export interface Tables {
  define<R extends Row>(definition: TableDefinition & { tenancy: { belongsTo: string } }): Table<R>
  defineShared<R extends Row>(
    definition: TableDefinition & { tenancy: { sharedBecause: string } },
  ): Queries<R>
  /** Creates the collections and indexes that are missing; safe to run at every start and by several at once. */
  prepare(): Promise<void>
  readonly all: readonly TableDefinition[]
}

export type { Filter, Queries, Row, UpdateFilter }

/** The tables of one connection. Every store defines its own through it, so a test can walk them all. */
export function createTables(connection: Connection): Tables {
  const all: TableDefinition[] = []
  const models: Model<never>[] = []

  function modelOf<R extends Row>(definition: TableDefinition): Model<R> {
    const schema = new mongoose.Schema<R>(
      { ...definition.fields, _id: String, ...tenantField(definition.tenancy) } as never,
      {
        collection: definition.name,
        strict: 'throw',
        strictQuery: 'throw',
        versionKey: false,
        minimize: false,
      },
    )
    for (const [key, options] of definition.indexes) schema.index(key, options)
    const model = connection.model<R>(definition.name, schema)
    all.push(definition)
    models.push(model as unknown as Model<never>)
    return model
  }

  return {
    all,
    define: <R extends Row>(definition: TableDefinition): Table<R> => {
      const model = modelOf<R>(definition)
      const shared = 'belongsTo' in definition.tenancy && definition.tenancy.belongsTo === 'organisations'
      const field = shared ? 'organisationIds' : 'organisationId'
      return {
        within: organisationId => queriesOf(model, { field, organisationId }),
        acrossOrganisations: () => queriesOf(model, undefined),
      }
    },
    defineShared: <R extends Row>(definition: TableDefinition): Queries<R> =>
      queriesOf(modelOf<R>(definition), undefined),
    async prepare() {
      // All at once: what waits for the disk together is written together.
      await Promise.all(
        models.map(async model => {
          const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }))
          // One command for all of a table: it makes the table too, and Mongoose would ask for each index by itself.
          if (indexes.length > 0) await model.collection.createIndexes(indexes as never)
          else await model.createCollection()
        }),
      )
    },
  }
}

function tenantField(tenancy: Tenancy): mongoose.SchemaDefinition {
  if ('sharedBecause' in tenancy) return {}
  return tenancy.belongsTo === 'organisation'
    ? { organisationId: { type: String, required: true } }
    : { organisationIds: { type: [String], required: true } }
}
