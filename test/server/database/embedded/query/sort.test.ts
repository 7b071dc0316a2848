import test from 'ava'
import fc from 'fast-check'
import { compileSort } from '../../../../../server/database/embedded/query/sort.ts'
import { distinctValues } from '../../../../../server/database/embedded/query/path.ts'
import { toDocument, toValue } from '../../../../../server/database/embedded/values/plain.ts'
import { type Value } from '../../../../../server/database/embedded/values/value.ts'
import { values } from '../values/arbitrary-values.ts'

const none = new Map<string, Value>()

const idsSorted = (specification: object, documents: object[]) =>
  compileSort(toDocument(specification))
    .sorted(documents.map(toDocument))
    .map(document => document.get('_id'))

test('an array counts with its least element going up and its greatest going down', t => {
  const documents = [
    { _id: 1, a: [3, 10] },
    { _id: 2, a: 5 },
    { _id: 3, a: [4, 6] },
  ]
  t.deepEqual(idsSorted({ a: 1 }, documents), [1, 3, 2])
  t.deepEqual(idsSorted({ a: -1 }, documents), [1, 3, 2])
})

test('an empty array comes before null and missing, which are equal', t => {
  t.deepEqual(
    idsSorted({ a: 1 }, [{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3, a: null }, { _id: 4, a: [] }]),
    [4, 2, 3, 1],
  )
})

test('later fields decide between equals, each in its direction', t => {
  t.deepEqual(
    idsSorted({ a: 1, b: -1 }, [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 0 },
    ]),
    [3, 2, 1],
  )
})

test('a path into an array of documents takes the least field', t => {
  t.deepEqual(
    idsSorted({ 'a.b': 1 }, [
      { _id: 1, a: [{ b: 5 }, { b: 2 }] },
      { _id: 2, a: { b: 3 } },
      { _id: 3, a: { b: 1 } },
    ]),
    [3, 1, 2],
  )
})

test('sorting mixed types is total and keeps equals in their order', t => {
  const direction = fc.constantFrom(1, -1)
  fc.assert(
    fc.property(fc.array(values, { maxLength: 12 }), direction, (list, way) => {
      const documents = list.map(
        (value, index) =>
          new Map<string, Value>([
            ['_id', index],
            ['a', value],
          ]),
      )
      const sort = compileSort(toDocument({ a: way }))
      const sorted = sort.sorted(documents)
      for (let i = 0; i < sorted.length; i++) {
        for (let j = i + 1; j < sorted.length; j++) {
          const [a, b] = [sorted[i] ?? none, sorted[j] ?? none]
          const order = sort.compareKeys(sort.keyOf(a), sort.keyOf(b))
          if (order > 0 || (order === 0 && Number(a.get('_id')) > Number(b.get('_id')))) return false
        }
      }
      return sorted.length === documents.length
    }),
    { numRuns: 500 },
  )
  t.pass()
})

test('a direction other than 1 and -1 is refused', t => {
  t.throws(() => compileSort(toDocument({ a: 2 })), { message: /must be 1/ })
  t.throws(() => compileSort(toDocument({ a: { $meta: 'textScore' } })), { message: /\$meta/ })
})

test('distinct opens the array at the end of the path, and no further', t => {
  t.deepEqual(
    distinctValues(toDocument({ a: [{ b: [1, [2]] }, { b: 3 }, {}] }), 'a.b'),
    toValue([1, [2], 3]) as Value[],
  )
  t.deepEqual(distinctValues(toDocument({ a: { b: 1 } }), 'a.c'), [])
})
