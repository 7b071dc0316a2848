import { type IndexPlan, type Plan } from '../indexes/plan.ts'
import { type IndexEntry, type KeyRange, type RecordView } from '../storage/record-store.ts'
import { type Transaction } from '../transactions/transaction.ts'
import { MongoError } from '../errors.ts'
import { type Collection } from './collection.ts'
import { type Deadline } from './deadline.ts'

/** What a query has read so far. */
export interface ReadTally {
  keysExamined: number
  documentsExamined: number
}

/** A record that may match. */
export interface Candidate {
  readonly recordId: number
  readonly bytes: Uint8Array
}

interface CandidateSource {
  readonly collection: Collection
  readonly view: RecordView
  readonly transaction: Transaction | undefined
  readonly tally: ReadTally
  readonly deadline: Deadline
}

const scanChunk = 128
const firstEntries = 8
const mostEntries = 512

/** The records of a plan in its order, each once, as the transaction left them; then those that only it knows. */
export function* candidatesOf(source: CandidateSource, plan: Plan, backwards: boolean): Generator<Candidate> {
  const own = source.transaction?.overlay.get(source.collection)
  const left = new Map(own)
  if (!source.collection.pending) {
    const stored = plan.kind === 'scan' ? scan(source, backwards) : fetch(source, plan)
    for (const candidate of stored) {
      const mine = own?.get(candidate.recordId)
      left.delete(candidate.recordId)
      if (!mine) yield candidate
      else if (mine.bytes) yield { recordId: candidate.recordId, bytes: mine.bytes }
    }
  }
  for (const [recordId, { bytes }] of left) if (bytes) yield { recordId, bytes }
}

function* scan(
  { collection, view, tally, deadline }: CandidateSource,
  reverse: boolean,
): Generator<Candidate> {
  let after: number | undefined
  for (;;) {
    checkAlive(collection)
    const records = view.records({ collectionId: collection.id, after, reverse, limit: scanChunk })
    for (const [recordId, bytes] of records) {
      tally.documentsExamined++
      deadline.check()
      yield { recordId, bytes }
    }
    if (records.length < scanChunk) return
    after = records.at(-1)?.[0]
  }
}

function* fetch(source: CandidateSource, plan: Exclude<Plan, { kind: 'scan' }>): Generator<Candidate> {
  const parts = plan.kind === 'union' ? plan.parts : [plan]
  const severalRanges = parts.length > 1 || parts.some(part => part.ranges.length > 1)
  const seen = new Set<number>()
  for (const part of parts) {
    for (const recordId of entries(source, part)) {
      // Asked anew for each: between two batches of a cursor the first array may have come.
      if (severalRanges || part.index.multikey) {
        if (seen.has(recordId)) continue
        seen.add(recordId)
      }
      const bytes = source.view.record(source.collection.id, recordId)
      // Between two batches of a cursor the record may have gone.
      if (!bytes) continue
      source.tally.documentsExamined++
      yield { recordId, bytes }
    }
  }
}

function* entries(source: CandidateSource, { index, ranges, reverse }: IndexPlan): Generator<number> {
  let limit = firstEntries
  for (const range of ranges) {
    let after: IndexEntry | undefined
    for (;;) {
      checkAlive(source.collection)
      if (!source.collection.indexes.includes(index)) throw planKilled(`index '${index.name}' dropped`)
      const found = source.view.entries({ ...boundsOf(range), indexId: index.id, after, reverse, limit })
      for (const [, recordId] of found) {
        source.tally.keysExamined++
        source.deadline.check()
        yield recordId
      }
      if (found.length < limit) break
      after = found.at(-1)
      limit = Math.min(limit * 8, mostEntries)
    }
  }
}

const boundsOf = ({ low, high }: KeyRange): KeyRange => ({ low, high })

function checkAlive(collection: Collection): void {
  if (collection.gone)
    throw planKilled(`collection dropped. UUID ${Buffer.from(collection.uuid).toString('hex')}`)
}

const planKilled = (reason: string) => new MongoError(175, 'QueryPlanKilled', reason)
