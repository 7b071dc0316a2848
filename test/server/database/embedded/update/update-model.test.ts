import test from 'ava'
import fc from 'fast-check'
import { compileMatch } from '../../../../../server/database/embedded/query/match.ts'
import { compileUpdate } from '../../../../../server/database/embedded/update/compile-update.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'

/** The same operations on plain objects of numbers and lists of numbers, written the obvious way. */
interface Model {
  n: number | undefined
  list: number[] | undefined
}

interface Operation {
  readonly update: object
  readonly apply: (model: Model) => Model
}

const small = fc.integer({ min: -5, max: 5 })

const operations: fc.Arbitrary<Operation> = fc.oneof(
  small.map(x => ({ update: { $set: { n: x } }, apply: (m: Model) => ({ ...m, n: x }) })),
  small.map(x => ({ update: { $inc: { n: x } }, apply: (m: Model) => ({ ...m, n: (m.n ?? 0) + x }) })),
  small.map(x => ({ update: { $mul: { n: x } }, apply: (m: Model) => ({ ...m, n: (m.n ?? 0) * x + 0 }) })),
  small.map(x => ({ update: { $max: { n: x } }, apply: (m: Model) => ({ ...m, n: Math.max(m.n ?? x, x) }) })),
  fc.constant({ update: { $unset: { n: 1 } }, apply: (m: Model) => ({ ...m, n: undefined }) }),
  small.map(x => ({
    update: { $push: { list: x } },
    apply: (m: Model) => ({ ...m, list: [...(m.list ?? []), x] }),
  })),
  small.map(x => ({
    update: { $addToSet: { list: x } },
    apply: (m: Model) => ({ ...m, list: m.list?.includes(x) ? m.list : [...(m.list ?? []), x] }),
  })),
  small.map(x => ({
    update: { $pull: { list: { $lt: x } } },
    apply: (m: Model) => ({ ...m, list: m.list?.filter(y => y >= x) }),
  })),
  fc.constant({ update: { $pop: { list: -1 } }, apply: (m: Model) => ({ ...m, list: m.list?.slice(1) }) }),
  fc.constant({ update: { $unset: { list: 1 } }, apply: (m: Model) => ({ ...m, list: undefined }) }),
)

/** Conditions beside what they mean for the model. */
const conditions: readonly ((x: number) => { filter: object; holds: (model: Model) => boolean })[] = [
  x => ({ filter: { n: x }, holds: m => m.n === x }),
  x => ({ filter: { n: { $gt: x } }, holds: m => m.n !== undefined && m.n > x }),
  x => ({ filter: { n: { $ne: x } }, holds: m => m.n !== x }),
  x => ({ filter: { n: { $exists: x > 0 } }, holds: m => (m.n !== undefined) === x > 0 }),
  x => ({ filter: { list: x }, holds: m => m.list?.includes(x) ?? false }),
  x => ({ filter: { list: { $lte: x } }, holds: m => m.list?.some(y => y <= x) ?? false }),
  x => ({ filter: { list: { $nin: [x, x + 1] } }, holds: m => !m.list?.some(y => y === x || y === x + 1) }),
  x => ({ filter: { list: { $size: Math.abs(x) } }, holds: m => m.list?.length === Math.abs(x) }),
  x => ({ filter: { $or: [{ n: x }, { 'list.0': x }] }, holds: m => m.n === x || m.list?.[0] === x }),
]

test('after any updates, filters say what a plain model says', t => {
  fc.assert(
    fc.property(fc.array(operations, { maxLength: 12 }), small, (steps, x) => {
      let document = toDocument({ _id: 1 })
      let model: Model = { n: undefined, list: undefined }
      for (const step of steps) {
        document = compileUpdate(toDocument(step.update), { now: () => new Date(0) })(document)
        model = step.apply(model)
      }
      return conditions.every(make => {
        const { filter, holds } = make(x)
        return compileMatch(toDocument(filter))(document) === holds(model)
      })
    }),
    { numRuns: 2000 },
  )
  t.pass()
})
