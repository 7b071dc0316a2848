import { type Query, type Aggregate, type Schema } from 'mongoose'
import {
  assertAllowedFilter,
  assertAllowedIndex,
  assertAllowedPipeline,
  assertAllowedProjection,
  assertAllowedUpdate,
} from './embedded/refusals.ts'

const queries = [
  'countDocuments',
  'deleteMany',
  'deleteOne',
  'distinct',
  'find',
  'findOne',
  'findOneAndDelete',
  'findOneAndReplace',
  'findOneAndUpdate',
  'replaceOne',
  'updateMany',
  'updateOne',
] as const

type Operation = Readonly<Partial<Record<string, { filter?: unknown; update?: unknown }>>>

/**
 * A Mongoose plugin that lets through what the embedded engine takes and refuses the rest with the same words and codes,
 * before it is sent. On a MongoDB server everything would work that it knows, and would fail only where the embedded
 * engine serves.
 */
export function onlyAllowed(schema: Schema): void {
  for (const [key, options] of schema.indexes()) assertAllowedIndex(key, options)
  schema.pre(queries as unknown as 'find', function check(this: Query<unknown, unknown>) {
    assertAllowedFilter(this.getFilter())
    assertAllowedUpdate(this.getUpdate())
    assertAllowedProjection(this.projection())
  })
  schema.pre('aggregate', function check(this: Aggregate<unknown>) {
    assertAllowedPipeline(this.pipeline())
  })
  schema.pre('bulkWrite', function check(operations: unknown) {
    for (const operation of operations as readonly Operation[]) {
      for (const parts of Object.values(operation)) {
        assertAllowedFilter(parts?.filter)
        assertAllowedUpdate(parts?.update)
      }
    }
  } as never)
}
