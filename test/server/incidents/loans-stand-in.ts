import { DomainError } from '../../../server/domain-error.ts'
import { type IncidentLoans } from '../../../server/incidents/case-ports.ts'
import { type Loan, type LoanState } from '../../../server/loans/loan.ts'

/** Loans that move as incidents tell them, and remember it. */
export function loansStandIn() {
  const held = new Map<string, Loan>()
  const told: string[] = []
  const move = (id: string, state: LoanState, more: Partial<Loan> = {}) => {
    const loan = held.get(id)
    if (!loan) throw new DomainError('not-found', 'loan', 'There is no such loan.')
    held.set(id, { ...loan, state, ...more })
  }
  const loans: IncidentLoans = {
    get: (_actor, id) => {
      const loan = held.get(id)
      return loan
        ? Promise.resolve(loan)
        : Promise.reject(new DomainError('not-found', 'loan', 'No such loan.'))
    },
    openLoanOf: (_organisationId, deviceId) =>
      Promise.resolve(
        [...held.values()].find(
          loan => loan.deviceId === deviceId && ['active', 'disputed'].includes(loan.state),
        ),
      ),
    dispute(_actor, id, incidentId) {
      told.push(`dispute ${id}`)
      move(id, 'disputed', { incidentId })
      return Promise.resolve()
    },
    settle(_actor, id, { to }) {
      told.push(`settle ${id} ${to}`)
      move(id, to)
      return Promise.resolve()
    },
  }
  return {
    loans,
    told,
    stateOf: (id: string) => held.get(id)?.state,
    lend(deviceId: string, personId: string) {
      const id = `loan-of-${deviceId}`
      const reservedAt = new Date('2026-01-10T09:00:00Z')
      held.set(id, {
        id,
        organisationId: 'org',
        deviceId,
        personId,
        bodyIds: ['body'],
        accessories: [],
        state: 'active',
        reservedAt,
        handedOutAt: reservedAt,
        version: 4,
      })
    },
  }
}
