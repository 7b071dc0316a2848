import test from 'ava'
import { Collection } from '../../../../../server/database/embedded/engine/collection.ts'
import { type Snapshot } from '../../../../../server/database/embedded/storage/record-store.ts'
import { Locks } from '../../../../../server/database/embedded/transactions/locks.ts'
import { MustWait, Transaction } from '../../../../../server/database/embedded/transactions/transaction.ts'
import { MongoError } from '../../../../../server/database/embedded/errors.ts'

const things = new Collection({
  id: 1,
  namespace: 't.things',
  uuid: new Uint8Array(16),
  options: new Map(),
  indexes: [],
})

/** A snapshot that nobody reads from here. */
const snapshot: Snapshot = {
  record: () => undefined,
  records: () => [],
  countRecords: () => 0,
  holder: () => undefined,
  entries: () => [],
  countEntries: () => 0,
  close: () => undefined,
}

function begin(locks: Locks): Transaction {
  const transaction = new Transaction({ snapshot, sequence: locks.durableSequence, startedAt: 0 })
  locks.add(transaction)
  return transaction
}

const conflicts = (work: () => void): boolean => {
  try {
    work()
    return false
  } catch (error) {
    return error instanceof MongoError && error.code === 112
  }
}

test('a write after the snapshot is remembered however many follow, one before it is not held against it', t => {
  const locks = new Locks()
  const older = begin(locks)
  locks.wrote(things, 1)
  locks.committed()
  for (let recordId = 2; recordId < 60_000; recordId++) {
    locks.wrote(things, recordId)
    if (recordId % 1000 === 0) locks.committed()
  }
  locks.committed()
  const newer = begin(locks)
  t.true(conflicts(() => locks.check(things, 1, older)))
  t.false(conflicts(() => locks.check(things, 1, newer)))
  locks.release(older)
  locks.wrote(things, 5)
  for (let recordId = 100; recordId < 60_000; recordId++) locks.wrote(things, recordId)
  locks.committed()
  t.true(conflicts(() => locks.check(things, 5, newer)))
  t.false(conflicts(() => locks.check(things, 6, newer)))
})

test('a record belongs to its transaction until that ends', t => {
  const locks = new Locks()
  const [first, second] = [begin(locks), begin(locks)]
  locks.lockRecord(things, 1, first)
  t.notThrows(() => locks.check(things, 1, first))
  t.true(conflicts(() => locks.check(things, 1, second)))
  t.throws(() => locks.check(things, 1, undefined), { instanceOf: MustWait })
  let freed = 0
  first.onEnd(() => freed++)
  locks.release(first)
  locks.release(first)
  t.is(freed, 1)
  t.notThrows(() => locks.check(things, 1, undefined))
})
