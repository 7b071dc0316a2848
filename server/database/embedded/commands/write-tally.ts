import { MustYield } from '../engine/deadline.ts'
import { MongoError } from '../errors.ts'
import { MustWait } from '../transactions/transaction.ts'
import { asNumber, isNumber } from '../values/numbers.ts'
import { toDocument, toValue } from '../values/plain.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Call } from './call.ts'

/** A statement of a write: decoded, or the bytes of a document sequence. */
export type RawStatement = Document | Uint8Array

const maxStatements = 100_000

/** How many inserts are checked before the first of them is written. */
const groupSize = 128

/** The statements of a write, from the sequence beside the command or from the command itself. */
export function statementsOf({ command, sequences, name }: Call, field: string): readonly RawStatement[] {
  const listed = command.get(field)
  const statements =
    sequences.get(field) ??
    (Array.isArray(listed) ? listed.map(each => statement(each, `${name}.${field}`)) : undefined)
  if (!statements)
    throw new MongoError(
      40414,
      'Location40414',
      `BSON field '${name}.${field}' is missing but a required field`,
    )
  if (statements.length === 0 || statements.length > maxStatements) {
    throw new MongoError(
      16,
      'InvalidLength',
      `Write batch sizes must be between 1 and ${maxStatements}. Got ${statements.length} operations.`,
    )
  }
  return statements
}

function statement(value: Value, path: string): Document {
  if (isDocument(value)) return value
  throw new MongoError(14, 'TypeMismatch', `BSON field '${path}.0' is the wrong type, expected type 'object'`)
}

/** What one statement did. */
interface StatementOutcome {
  readonly n: number
  readonly modified?: number
  readonly upserted?: Value | undefined
}

/** Counts what the statements of a write did. It goes on where the write had to wait for a transaction. */
export class WriteTally {
  n: number
  modified: number
  readonly upserted: Value[]
  readonly #errors: Value[]
  readonly #call: Call
  #next: number
  readonly #startedAt: number

  constructor(call: Call) {
    this.#call = call
    const before = call.progress
    this.n = numberIn(before, 'n')
    this.modified = numberIn(before, 'modified')
    this.upserted = listIn(before, 'upserted')
    this.#errors = listIn(before, 'errors')
    this.#next = numberIn(before, 'next')
    this.#startedAt = this.#next
  }

  /** Runs the statements in turn; a refusal is kept and, when the write is ordered, ends it. */
  each<S extends object>(statements: readonly S[], run: (statement: S) => StatementOutcome): void {
    const ordered = this.#call.command.get('ordered') !== false
    const failed = () => ordered && this.#errors.length > 0
    for (; this.#next < statements.length && !failed(); this.#next++) {
      const current = statements[this.#next]
      this.#letOthersPass()
      if (current) this.#one(current, run)
    }
  }

  /**
   * The same, several statements at a time: `runTogether` carries out all that it is given or throws. A group that cannot
   * be carried out as a whole is run one by one, so that each statement answers for itself.
   */
  eachTogether<S extends object>(
    statements: readonly S[],
    runTogether: (group: readonly S[]) => void,
    run: (statement: S) => StatementOutcome,
  ): void {
    while (this.#next < statements.length) {
      this.#letOthersPass()
      const group = statements.slice(this.#next, this.#next + groupSize)
      try {
        runTogether(group)
        this.n += group.length
        this.#next += group.length
      } catch (error) {
        if (!(error instanceof MongoError) && !(error instanceof MustWait)) throw error
        break
      }
    }
    this.each(statements, run)
  }

  /** The refusals as members of the answer. */
  errors(): { writeErrors?: readonly Value[] } {
    return this.#errors.length > 0 ? { writeErrors: this.#errors } : {}
  }

  /** @throws MustYield when the write has taken long; in a transaction it goes on, for its session waits anyway */
  #letOthersPass(): void {
    const { server, transaction } = this.#call
    if (transaction || this.#next === this.#startedAt || !server.engine.deadline.isLong) return
    this.#call.progress = this.#progress()
    throw new MustYield()
  }

  #one<S>(statement: S, run: (statement: S) => StatementOutcome): void {
    try {
      const { n, modified = 0, upserted } = run(statement)
      this.n += n
      this.modified += modified
      if (upserted !== undefined) this.upserted.push(toDocument({ index: this.#next, _id: upserted }))
    } catch (error) {
      if (error instanceof MustWait) this.#call.progress = this.#progress()
      if (!(error instanceof MongoError) || endsCommand(error)) throw error
      this.#errors.push(
        toValue({ index: this.#next, code: error.code, errmsg: error.message, ...error.extra }),
      )
    }
  }

  #progress(): Document {
    const { n, modified, upserted } = this
    return toDocument({ next: this.#next, n, modified, upserted: [...upserted], errors: [...this.#errors] })
  }
}

/** Errors of the transaction or the command as a whole, not of a statement. */
const endsCommand = ({ code, extra }: MongoError) =>
  code === 50 ||
  (Array.isArray(extra['errorLabels']) && extra['errorLabels'].includes('TransientTransactionError'))

function numberIn(document: Document | undefined, field: string): number {
  const value = document?.get(field)
  return isNumber(value) ? asNumber(value) : 0
}

function listIn(document: Document | undefined, field: string): Value[] {
  const value = document?.get(field)
  return Array.isArray(value) ? [...value] : []
}
