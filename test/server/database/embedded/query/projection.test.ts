import test from 'ava'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'
import { compileMatch } from '../../../../../server/database/embedded/query/match.ts'
import { compileProjection } from '../../../../../server/database/embedded/query/projection.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'

const project = (specification: object, document: object, filter: object = {}) =>
  compileProjection(toDocument(specification), compileMatch(toDocument(filter)))(toDocument(document))

const document = { _id: 1, a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }, 5, { e: 3 }], g: 4 }

const rows: readonly [string, object, object, object?][] = [
  ['everything for an empty specification', {}, document],
  [
    'the fields named and _id, in the order of the document',
    { g: 1, a: true },
    { _id: 1, a: { b: 1, c: 2 }, g: 4 },
  ],
  ['without _id when asked', { _id: 0, g: 1 }, { g: 4 }],
  ['_id alone', { _id: 1 }, { _id: 1 }],
  ['all but _id', { _id: 0 }, { a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }, 5, { e: 3 }], g: 4 }],
  [
    'nested fields, scalars in arrays dropped',
    { 'a.b': 1, 'd.e': 1 },
    { _id: 1, a: { b: 1 }, d: [{ e: 1 }, { e: 3 }] },
  ],
  [
    'nested fields as nested documents',
    { a: { c: 1 }, d: { f: 1 } },
    { _id: 1, a: { c: 2 }, d: [{ f: 2 }, {}] },
  ],
  ['nothing for a path behind a scalar', { 'g.h': 1 }, { _id: 1 }],
  [
    'everything but what is left out, scalars in arrays kept',
    { 'a.b': 0, 'd.e': 0 },
    { _id: 1, a: { c: 2 }, d: [{ f: 2 }, 5, {}], g: 4 },
  ],
  ['_id: 1 beside an exclusion', { _id: 1, a: 0, d: 0 }, { _id: 1, g: 4 }],
  [
    '$slice with everything else',
    { d: { $slice: 1 } },
    { _id: 1, a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }], g: 4 },
  ],
  ['$slice from the end', { d: { $slice: [-2, 1] }, g: 1 }, { _id: 1, d: [5], g: 4 }],
  [
    'the first element that $elemMatch finds',
    { d: { $elemMatch: { e: { $gt: 1 } } } },
    { _id: 1, d: [{ e: 3 }] },
  ],
  ['no array when $elemMatch finds none', { d: { $elemMatch: { e: 9 } } }, { _id: 1 }],
  ['the element that the filter met', { 'd.$': 1 }, { _id: 1, d: [{ e: 3 }] }, { 'd.e': 3 }],
  ['computed fields after the others', { g: 1, sum: { $add: ['$g', '$a.b'] } }, { _id: 1, g: 4, sum: 5 }],
  ['a text as a literal or a path', { x: '$a.c', y: 'text' }, { _id: 1, x: 2, y: 'text' }],
]

for (const [about, specification, expected, filter] of rows) {
  test(`a projection gives ${about}: ${JSON.stringify(specification)}`, t => {
    t.deepEqual([...project(specification, document, filter)], [...toDocument(expected)])
  })
}

const refused: readonly [object, number][] = [
  [{ a: 1, b: 0 }, 31254],
  [{ a: 0, b: 1 }, 31253],
  [{ 'a.b': 1, a: 1 }, 31250],
  [{ a: 1, 'a.b': 1 }, 31249],
  [{ a: { $meta: 'textScore' } }, 2],
  [{ a: { $fish: 1 } }, 31325],
]

for (const [specification, code] of refused) {
  test(`a projection is refused with ${code}: ${JSON.stringify(specification)}`, t => {
    const error = t.throws(() => project(specification, document), { instanceOf: MongoError })
    t.is(error.code, code)
  })
}

test('projecting leaves the document as it was', t => {
  const original = toDocument(document)
  compileProjection(toDocument({ 'a.b': 0, d: { $slice: 1 } }), () => true)(original)
  t.deepEqual(original, toDocument(document))
})
