import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { type Body } from './body.ts'
import { bodyErrors, withWritten, type BodyInput, type NewBody } from './body-input.ts'
import { type BodyStore } from './body-store.ts'

interface BodiesDeps {
  readonly bodies: BodyStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly newId: NewId
}

export function createBodies({ bodies, audit, transaction, newId }: BodiesDeps) {
  /** @throws {DomainError} not-found `body-unknown` */
  async function get(actor: Actor, id: string): Promise<Body> {
    const found = await bodies.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'body-unknown', 'There is no such body.')
    return found
  }

  /** All of the organisation, by name; also those that have ended. */
  async function list(actor: Actor): Promise<Body[]> {
    return bodies.all(actor.organisationId)
  }

  /** @throws {DomainError} invalid `body-invalid`; conflict `body-exists` */
  async function add(actor: Actor, input: NewBody): Promise<Body> {
    const { name, type, startsOn } = input
    const bare = {
      id: newId(),
      organisationId: actor.organisationId,
      name,
      type,
      costCentre: '',
      startsOn,
      version: 1,
    }
    const body = withWritten(bare, input)
    refuseErrors(body)
    await transaction(async () => {
      await bodies.insert(body)
      await audit.record(actor, {
        action: 'bodies.add',
        on: { kind: 'body', id: body.id },
        after: { ...body },
      })
    })
    return body
  }

  /**
   * The body as it stands from now on; `version` is the one that was seen. What was split over it before stays.
   * @throws {DomainError} invalid `body-invalid`; conflict `stale`, `body-exists`
   */
  async function edit(
    actor: Actor,
    id: string,
    { version, ...input }: BodyInput & { version: number },
  ): Promise<Body> {
    return transaction(async () => {
      const before = await get(actor, id)
      const body = { ...withWritten(before, input), version: version + 1 }
      refuseErrors(body)
      if (!(await bodies.save(body))) throw stale('body')
      await audit.record(actor, {
        action: 'bodies.edit',
        on: { kind: 'body', id },
        before: { ...before },
        after: { ...body },
      })
      return body
    })
  }

  return { get, list, add, edit }
}

export type Bodies = ReturnType<typeof createBodies>

function refuseErrors(body: Body): void {
  const wrong = bodyErrors(body)
  if (wrong.length > 0) throw invalid('body-invalid', wrong)
}
