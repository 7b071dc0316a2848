import { type Filter, type UpdateFilter } from 'mongodb'
import { type AnyBulkWriteOperation, type Model, type PipelineStage } from 'mongoose'

/** What every stored thing has: its own id, made by us. */
export interface Row {
  readonly _id: string
}

/** A thing with an `id` as it is stored in the database. */
export type Stored<T extends { readonly id: string }> = Omit<T, 'id'> & Row

/** The row of a value: `id` becomes `_id`. */
export function toRow<T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> {
  return { ...rest, _id: id }
}

/** The value of a row: `_id` becomes `id`. */
export function fromRow<T extends { readonly id: string }>({ _id, ...rest }: Stored<T>): T {
  return { ...rest, id: _id } as unknown as T
}

type Sort = Readonly<Record<string, 1 | -1>>

export interface FindOptions {
  readonly sort?: Sort
  readonly limit?: number
  readonly skip?: number
  /** Fields to bring, 1 each; leaving big ones out is what it is for. */
  readonly fields?: Readonly<Record<string, 0 | 1>>
}

/** Queries whose rows are bound already: to one organisation, or to a reason to see all. Plain objects in and out. */
export interface Queries<R extends Row> {
  find(filter: Filter<R>, options?: FindOptions): Promise<R[]>
  findOne(filter: Filter<R>, options?: FindOptions): Promise<R | undefined>
  count(filter: Filter<R>): Promise<number>
  insert(...rows: readonly R[]): Promise<void>
  /** True when a row matched. */
  updateOne(filter: Filter<R>, change: UpdateFilter<R>, options?: { upsert?: boolean }): Promise<boolean>
  /** How many rows matched. */
  updateMany(filter: Filter<R>, change: UpdateFilter<R>): Promise<number>
  /** The row as it is after the change, or undefined when none matched. */
  findOneAndUpdate(
    filter: Filter<R>,
    change: UpdateFilter<R>,
    options?: { sort?: Sort; upsert?: boolean },
  ): Promise<R | undefined>
  /** Puts `row` in the place of the one that matched; false when none did. */
  replaceOne(filter: Filter<R>, row: R): Promise<boolean>
  deleteMany(filter: Filter<R>): Promise<number>
  aggregate<T>(pipeline: readonly PipelineStage[]): Promise<T[]>
  bulkWrite(operations: readonly AnyBulkWriteOperation<R>[]): Promise<void>
}

interface Bounds {
  readonly field: 'organisationId' | 'organisationIds'
  readonly organisationId: string
}

/** Queries on `model` that see and write only rows within `bounds`, or all rows when there are none. */
export function queriesOf<R extends Row>(model: Model<R>, bounds: Bounds | undefined): Queries<R> {
  const bound = (filter: Filter<R>) =>
    (bounds ? { ...filter, [bounds.field]: bounds.organisationId } : filter) as never
  const own = (row: R): R => {
    if (bounds && !belongs(row, bounds))
      throw new Error(`A row of ${model.modelName} belongs to another organisation`)
    return row
  }
  const find = (filter: Filter<R>, { sort, limit, skip, fields }: FindOptions) =>
    model
      .find(
        bound(filter),
        fields as never,
        {
          ...(sort && { sort }),
          ...(limit !== undefined && { limit }),
          ...(skip !== undefined && { skip }),
        } as never,
      )
      .lean()
  return {
    find: async (filter, options = {}) => await find(filter, options),
    findOne: async (filter, options = {}) =>
      ((await find(filter, { ...options, limit: 1 })) as unknown as R[]).at(0),
    count: filter => model.countDocuments(bound(filter)).exec(),
    async insert(...rows) {
      if (rows.length > 0) await model.insertMany(rows.map(own) as never)
    },
    updateOne: async (filter, change, options = {}) => {
      const { matchedCount, upsertedCount } = await model.updateOne(bound(filter), change, options)
      return matchedCount + upsertedCount > 0
    },
    updateMany: async (filter, change) => (await model.updateMany(bound(filter), change)).matchedCount,
    findOneAndUpdate: async (filter, change, options = {}) =>
      ((await model
        .findOneAndUpdate(bound(filter), change as never, { ...options, returnDocument: 'after' } as never)
        .lean()) ?? undefined) as R | undefined,
    replaceOne: async (filter, row) => (await model.replaceOne(bound(filter), own(row))).matchedCount > 0,
    deleteMany: async filter => (await model.deleteMany(bound(filter))).deletedCount,
    aggregate: <T>(pipeline: readonly PipelineStage[]) =>
      model.aggregate<T>([{ $match: bound({}) }, ...pipeline]).exec(),
    async bulkWrite(operations) {
      if (bounds)
        throw new Error('bulkWrite names its organisation in each operation; use acrossOrganisations')
      if (operations.length > 0) await model.bulkWrite([...operations] as never)
    },
  }
}

function belongs(row: Row, { field, organisationId }: Bounds): boolean {
  const owner = (row as unknown as Record<string, unknown>)[field]
  return Array.isArray(owner) ? owner.includes(organisationId) : owner === organisationId
}
