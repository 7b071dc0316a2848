import { type OrderPlace } from '../http/list-order.ts'
import { type Loan, type LoanState } from './loan.ts'
import { type LoanSort } from './loan-order.ts'

export interface LoanQuery {
  readonly state?: LoanState | undefined
  /** Only those that hold an iPad, or only those that do not any more. */
  readonly open?: boolean | undefined
  readonly personId?: string | undefined
  readonly deviceId?: string | undefined
  readonly bodyId?: string | undefined
  /** Only those that are due before this day, `YYYY-MM-DD`, and active. */
  readonly overdueOn?: string | undefined
  /** The newest first when nothing is said. */
  readonly sort?: LoanSort | `-${LoanSort}` | undefined
  /** 1–200. */
  readonly limit: number
  /** Where the page before ended. */
  readonly after?: OrderPlace | undefined
}

export interface LoanStore {
  find(organisationId: string, id: string): Promise<Loan | undefined>
  /** The loan that holds the iPad now. */
  openOfDevice(organisationId: string, deviceId: string): Promise<Loan | undefined>
  openOfDevices(organisationId: string, deviceIds: readonly string[]): Promise<Loan[]>
  openOfPerson(organisationId: string, personId: string): Promise<Loan[]>
  /** In the order of `query.sort`, at most `query.limit + 1`. */
  page(organisationId: string, query: LoanQuery): Promise<Loan[]>
  /** False when another open loan holds the iPad. */
  insert(loan: Loan): Promise<boolean>
  /** @throws {DomainError} conflict `stale` when the stored one is not the version before this */
  save(loan: Loan): Promise<void>
  countOfPerson(organisationId: string, personId: string): Promise<number>
  /** Every loan of `from` is of `to`, as a later version; the ids of them. */
  movePerson(organisationId: string, from: string, to: string): Promise<string[]>
  counts(organisationId: string): Promise<{ readonly state: LoanState; readonly count: number }[]>
}
