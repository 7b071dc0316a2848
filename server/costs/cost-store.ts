import { type OrderPlace } from '../http/list-order.ts'
import { type AllocationKey } from './allocation-key.ts'
import { type CostKind, type CostLine } from './cost-line.ts'
import { type CostLineSort } from './cost-line-order.ts'
import { type FrozenStatement } from './frozen-statement.ts'

export interface CostLineFilter {
  /** Only lines that cost something in this year. */
  readonly year?: number
  readonly kind?: CostKind
}

interface CostLinePage extends CostLineFilter {
  readonly sort: CostLineSort | `-${CostLineSort}`
  readonly limit: number
  readonly after?: OrderPlace | undefined
}

export interface CostStore {
  insertLine(line: CostLine): Promise<void>
  findLine(organisationId: string, id: string): Promise<CostLine | undefined>
  /** By first day, the newest first. */
  lines(organisationId: string, filter: CostLineFilter): Promise<CostLine[]>
  linesInOrder(organisationId: string, page: CostLinePage): Promise<CostLine[]>
  /** Rejects with conflict `stale` when a newer version was saved. */
  saveLine(line: CostLine): Promise<void>
  deleteLine(organisationId: string, id: string): Promise<void>

  /** Makes transactions that write keys of this name wait for each other, or begin anew. */
  holdKeyName(organisationId: string, name: string): Promise<void>
  insertKey(key: AllocationKey): Promise<void>
  findKey(organisationId: string, id: string): Promise<AllocationKey | undefined>
  /** By name and first day. */
  keys(organisationId: string): Promise<AllocationKey[]>
  /** Rejects with conflict `stale` when a newer version was saved. */
  saveKey(key: AllocationKey): Promise<void>

  /** Rejects with conflict `statement-frozen` when the year has one. */
  insertStatement(statement: FrozenStatement): Promise<void>
  findStatement(organisationId: string, year: number): Promise<FrozenStatement | undefined>
  /** Without their contents, the newest year first. */
  frozenYears(organisationId: string): Promise<Pick<FrozenStatement, 'year' | 'frozenAt' | 'frozenBy'>[]>
}
