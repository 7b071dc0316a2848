import test from 'ava'
import { joinSeats } from '../../../server/mandates/joining-seats.ts'
import { type Mandate } from '../../../server/mandates/mandate.ts'

const seat = (id: string, startsOn: string, endsOn?: string, fields: Partial<Mandate> = {}): Mandate => ({
  id,
  organisationId: 'a',
  personId: id[0] ?? '',
  bodyId: 'council',
  role: 'member',
  startsOn,
  costWeight: 1,
  version: 1,
  ...(endsOn !== undefined && { endsOn }),
  ...fields,
})

const told = (kept: Mandate[], gone: Mandate[]) => {
  const { moved, joined } = joinSeats(kept, gone, 'k')
  return {
    moved: moved.map(({ id, personId, version }) => `${id} of ${personId} v${version}`),
    joined: joined.map(
      ({ mandate: { id, startsOn, endsOn = 'open', version }, takenIn }) =>
        `${id} ${startsOn}–${endsOn} v${version} with ${takenIn.map(one => one.id).join(', ')}`,
    ),
  }
}

test('seats on other days or in other bodies only change hands', t => {
  const kept = [seat('k1', '2024-01-01', '2024-12-31')]
  const gone = [seat('g1', '2025-01-01'), seat('g2', '2024-01-01', undefined, { bodyId: 'board' })]
  t.deepEqual(told(kept, gone), { moved: ['g1 of k v2', 'g2 of k v2'], joined: [] })
})

test('a seat that was counted twice is one over all of its days', t => {
  t.deepEqual(told([seat('k1', '2024-03-01', '2024-12-31')], [seat('g1', '2024-01-01', '2024-06-30')]), {
    moved: [],
    joined: ['k1 2024-01-01–2024-12-31 v2 with g1'],
  })
  t.deepEqual(told([seat('k1', '2024-03-01', '2024-12-31')], [seat('g1', '2024-05-01')]).joined, [
    'k1 2024-03-01–open v2 with g1',
  ])
})

test('one seat bridges two, and a later one joins what has become of them', t => {
  const kept = [seat('k1', '2020-01-01', '2021-12-31'), seat('k2', '2023-01-01', '2023-12-31')]
  const gone = [seat('g1', '2021-06-01', '2023-06-30'), seat('g2', '2023-07-15', '2024-06-30')]
  t.deepEqual(told(kept, gone), {
    moved: [],
    joined: ['k1 2020-01-01–2024-06-30 v2 with g1, k2, g2'],
  })
})

test('nobody guesses which of two roles or weights was true', t => {
  const kept = [seat('k1', '2024-01-01')]
  t.throws(() => joinSeats(kept, [seat('g1', '2025-01-01', undefined, { role: 'chair' })], 'k'), {
    code: 'merge-seats',
  })
  t.throws(() => joinSeats(kept, [seat('g1', '2025-01-01', undefined, { costWeight: 0 })], 'k'), {
    code: 'merge-seats',
  })
})
