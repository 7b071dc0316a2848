import { type SQLInputValue, type SQLOutputValue, DatabaseSync, type StatementSync } from 'node:sqlite'
import { asStoreFault } from './store-fault.ts'

type Row = readonly SQLOutputValue[]

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

  /** A statement for many uses; it belongs to who asked for it. */
  prepare(sql: string): SqliteStatement {
    return this.#guard(() => new SqliteStatement(this.#database.prepare(sql), this.#folder))
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

/** A prepared statement whose errors name the folder. */
class SqliteStatement {
  readonly #statement: StatementSync
  readonly #folder: string

  constructor(statement: StatementSync, folder: string) {
    this.#statement = statement
    this.#folder = folder
  }

  run(...values: SQLInputValue[]): void {
    try {
      this.#statement.run(...values)
    } catch (error) {
      throw asStoreFault(error, this.#folder)
    }
  }

  row(...values: SQLInputValue[]): Row | undefined {
    try {
      return this.#statement.get(...values) as Row | undefined
    } catch (error) {
      throw asStoreFault(error, this.#folder)
    }
  }

  rows(...values: SQLInputValue[]): readonly Row[] {
    try {
      return this.#statement.all(...values) as unknown as readonly Row[]
    } catch (error) {
      throw asStoreFault(error, this.#folder)
    }
  }
}

/** One kind of statement, prepared once for each table and found by the table's number: this is done for every record. */
export class TableStatements {
  readonly #prepare: (sql: string) => SqliteStatement
  readonly #sql: (table: number) => string
  readonly #prepared = new Map<number, SqliteStatement>()

  constructor(prepare: (sql: string) => SqliteStatement, sql: (table: number) => string) {
    this.#prepare = prepare
    this.#sql = sql
  }

  of(table: number): SqliteStatement {
    const known = this.#prepared.get(table)
    if (known) return known
    const statement = this.#prepare(this.#sql(table))
    this.#prepared.set(table, statement)
    return statement
  }

  forget(table: number): void {
    this.#prepared.delete(table)
  }
}
