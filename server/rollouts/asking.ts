import { type Approvals } from '../approvals/approvals.ts'
import { type ContentRef } from '../assignments/content.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type NewId } from '../ids.ts'
import { askerOf, type Actor } from '../staff/actor.ts'
import { type Asked, type RolloutRequest } from './rollout-request.ts'
import { type RolloutRequestStore } from './rollout-request-store.ts'

interface AskingDeps {
  readonly requests: Pick<RolloutRequestStore, 'insert'>
  readonly approvals: Pick<Approvals, 'request'>
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

/** What a second person is asked. */
interface Question {
  readonly asked: Asked
  readonly content: ContentRef
  /** As the content is called. */
  readonly name: string
  /** The version it would bring. */
  readonly to?: number | undefined
  /** On how many iPads something would change. */
  readonly count: number
  /** How many other iPads the asker changed alone in the last 24 hours. */
  readonly lately: number
  readonly reason: string
}

/** The approvals that these requests wait for. */
export const approvalKind = 'roll-out'

export type Asking = ReturnType<typeof createAsking>

/** Asks a second person: a request, and the approval that it waits for. */
export function createAsking({ requests, approvals, transaction, clock, newId }: AskingDeps) {
  /** @throws {DomainError} conflict `rollout-asked-already` */
  return async function ask(actor: Actor, question: Question): Promise<RolloutRequest> {
    const { organisationId } = actor
    const { asked, content, name, to, count, lately, reason } = question
    const id = newId()
    return transaction(async () => {
      const { id: approvalId } = await approvals.request(actor, {
        kind: approvalKind,
        subject: { kind: 'rollout-request', id, label: name },
        facts: { variant: asked.deed, count, ...(to !== undefined && { number: to }) },
        reason,
      })
      const request: RolloutRequest = {
        id,
        organisationId,
        asked,
        content,
        name,
        count,
        reason,
        ...(lately > 0 && { lately }),
        ...(to !== undefined && { to }),
        askedBy: askerOf(actor),
        askedAt: clock.now(),
        state: 'waiting',
        approvalId,
        version: 1,
      }
      await requests.insert(request)
      return request
    })
  }
}
