import { type SQLInputValue, type SQLOutputValue, DatabaseSync, type StatementSync } from 'node:sqlite'
import { asStoreFault } from './store-fault.ts'

export type Row = readonly SQLOutputValue[]

export interface ConnectionOptions {
  readonly file: string
  readonly folder: string
  readonly cacheMegabytes: number
}

/** One SQLite connection with its prepared statements. Rows come as arrays; errors name the folder. */
export class SqliteConnection {
  readonly #database: DatabaseSync
  readonly #folder: string
  readonly #statements = new Map<string, StatementSync>()

  constructor({ file, folder, cacheMegabytes }: ConnectionOptions) {
    this.#folder = folder
    this.#database = this.#guard(() => new DatabaseSync(file, { timeout: 5000, returnArrays: true }))
    try {
      this.exec('PRAGMA synchronous=FULL')
      this.exec('PRAGMA trusted_schema=OFF')
      this.exec('PRAGMA temp_store=MEMORY')
      this.exec(`PRAGMA cache_size=-${cacheMegabytes * 1024}`)
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  exec(sql: string): void {
    this.#guard(() => {
      this.#database.exec(sql)
    })
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#guard(() => this.#statement(sql).run(...values))
  }

  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values)) as Row | undefined
  }

  rows(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#guard(() => this.#statement(sql).all(...values)) as unknown as readonly Row[]
  }

  /** Lets go of the statements that name the table. */
  forget(table: string): void {
    const named = new RegExp(`\\b${table}\\b`)
    for (const sql of this.#statements.keys()) if (named.test(sql)) this.#statements.delete(sql)
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw asStoreFault(error, this.#folder)
    }
  }
}
