import { type Clock } from '../clock.ts'
import { createChainCheck, type ChainFault, type Head, type LinkedEvent } from './audit-chain.ts'
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
    // New links appear while this runs; the chain is checked up to the head that was read first.
    for await (const page of pagesTo(store, organisationId, head.sequence)) {
      check.add(page)
      checked += page.length
      knownStands ||= page.some(({ sequence, hash }) => sequence === known?.sequence && hash === known.hash)
    }
    check.end(head)
    const stray = await straysBeside(store, organisationId, head.sequence)
    const faults: ChainFault[] = [
      ...check.faults,
      ...(knownStands ? [] : [{ kind: 'torn', sequence: known?.sequence ?? 0 } as const]),
      ...stray.map(({ id: eventId, sequence }) => ({
        kind: 'stray' as const,
        sequence: Number.isInteger(sequence) ? sequence : 0,
        eventId,
      })),
      ...unsealed.map(({ id: eventId }) => ({ kind: 'unsealed', sequence: head.sequence, eventId }) as const),
    ]
    return { checked, head, faults: faults.slice(0, maxFaults) }
  }
}

/** The events with a place from 1 to `to`. Several may claim one: each page begins with the place that ended the last. */
async function* pagesTo(
  store: AuditChainStore,
  organisationId: string,
  to: number,
): AsyncGenerator<readonly LinkedEvent[]> {
  let [from, seen]: [number, ReadonlySet<string>] = [1, new Set()]
  for (;;) {
    const found = await store.inOrder(organisationId, { from, to, limit: atOnce })
    const page = found.filter(({ id }) => !seen.has(id))
    yield page
    const last = found.at(-1)?.sequence
    if (found.length < atOnce || page.length === 0 || last === undefined) return
    from = last
    seen = new Set(found.filter(({ sequence }) => sequence === last).map(({ id }) => id))
  }
}

/** Events with a place outside the chain up to `head`, but for those that have got theirs since `head` was read. */
async function straysBeside(store: AuditChainStore, organisationId: string, head: number) {
  const outside = await store.outside(organisationId, head, atOnce)
  const { sequence: newest } = await store.head(organisationId)
  return outside.filter(
    ({ sequence }) => !(Number.isInteger(sequence) && sequence > head && sequence <= newest),
  )
}
