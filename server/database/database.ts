import { type Connection } from 'mongoose'
import { createTables, type Tables } from './tables.ts'
import { type Transaction } from './transaction.ts'

export interface Database {
  readonly tables: Tables
  readonly transaction: Transaction
}

/**
 * Tables and transactions of one connection. The connection's Mongoose must have been made with
 * `transactionAsyncLocalStorage`: that is what carries a transaction to every query inside it unsaid.
 */
export function databaseOn(connection: Connection): Database {
  const inside = () => connection.base.get('transactionAsyncLocalStorage') === true
  if (!inside()) throw new Error('Mongoose was made without transactionAsyncLocalStorage')
  return {
    tables: createTables(connection),
    transaction: async work => {
      if (runningIn(connection)) return work()
      let done: { readonly value: Awaited<ReturnType<typeof work>> } | undefined
      await connection.transaction(async () => {
        done = { value: await work() }
      })
      if (!done) throw new Error('A transaction ended without its work')
      return done.value
    },
  }
}

function runningIn(connection: Connection): boolean {
  const { transactionAsyncLocalStorage } = connection.base as unknown as {
    transactionAsyncLocalStorage?: { getStore(): { session?: unknown } | undefined }
  }
  return transactionAsyncLocalStorage?.getStore()?.session !== undefined
}
