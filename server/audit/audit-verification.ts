import { type Clock } from '../clock.ts'
import { createChainCheck, type ChainFault, type Head } from './audit-chain.ts'
import { type AuditChainStore } from './audit-chain-store.ts'

/** Sealing takes moments; an event without a place after this long is a finding. */
const unsealedMinutes = 10
const atOnce = 1000
/** A chain that was rewritten from somewhere on has as many faults as events; the first ones tell it all. */
const maxFaults = 100

interface Verification {
  /** Events that were checked. */
  readonly checked: number
  /** The newest link. Written down elsewhere, it shows later that nothing before it was changed. */
  readonly head: Head
  /** The first hundred. */
  readonly faults: readonly ChainFault[]
}

interface AuditVerificationDeps {
  readonly store: AuditChainStore
  readonly clock: Clock
}

export type VerifyAudit = (organisationId: string, known?: Head) => Promise<Verification>

/** Checks every event of an organisation against the chain, and against a head that was written down earlier. */
export function createAuditVerification({ store, clock }: AuditVerificationDeps): VerifyAudit {
  return async (organisationId, known) => {
    const late = new Date(clock.now().getTime() - unsealedMinutes * 60_000)
    const unsealed = (await store.unsealed(organisationId, maxFaults)).filter(({ at }) => at < late)
    const head = await store.head(organisationId)
    const check = createChainCheck()
    let checked = 0
    let knownStands = known === undefined || known.sequence === 0
    while (checked < head.sequence) {
      // New links appear while this runs; the chain is checked up to the head that was read first.
      const page = (await store.inOrder(organisationId, check.last().sequence, atOnce)).filter(
        ({ sequence }) => sequence <= head.sequence,
      )
      if (page.length === 0) break
      check.add(page)
      checked += page.length
      knownStands ||= page.some(({ sequence, hash }) => sequence === known?.sequence && hash === known.hash)
    }
    check.end(head)
    const faults: ChainFault[] = [
      ...check.faults,
      ...(knownStands ? [] : [{ kind: 'torn', sequence: known?.sequence ?? 0 } as const]),
      ...unsealed.map(({ id: eventId }) => ({ kind: 'unsealed', sequence: head.sequence, eventId }) as const),
    ]
    return { checked, head, faults: faults.slice(0, maxFaults) }
  }
}
