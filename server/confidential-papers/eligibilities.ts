import { type Clock } from '../clock.ts'
import { isGone, type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { type Loans } from '../loans/loans.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { type Actor } from '../staff/actor.ts'
import { isEligible, paperConditions, type Condition, type Secured } from './eligibility.ts'

interface EligibilitiesDeps {
  readonly devices: Pick<Devices, 'brief' | 'list'>
  readonly loans: Pick<Loans, 'openLoansOf'>
  readonly organisations: Pick<Organisations, 'get'>
  /** What the profiles of these iPads have proven, by iPad. */
  readonly secured: (actor: Actor, deviceIds: readonly string[]) => Promise<ReadonlyMap<string, Secured>>
  readonly clock: Clock
}

export interface Eligibility {
  readonly deviceId: string
  readonly assetTag: string
  readonly eligible: boolean
  readonly conditions: readonly Condition[]
}

interface EligibilityQuery {
  /** 1–200. */
  readonly limit: number
  readonly after?: string | undefined
  readonly eligible?: boolean | undefined
}

export type Eligibilities = ReturnType<typeof createEligibilities>

const unproven: Secured = { demandsPasscode: false, hasFaults: false }

/** On which iPads confidential papers may be read, by what is known at the moment of asking (R12). */
export function createEligibilities({ devices, loans, organisations, secured, clock }: EligibilitiesDeps) {
  async function among(actor: Actor, some: readonly Device[]): Promise<Eligibility[]> {
    const ids = some.map(({ id }) => id)
    const [lent, proven, { settings }] = await Promise.all([
      loans.openLoansOf(actor, ids),
      secured(actor, ids),
      organisations.get(actor),
    ])
    const now = clock.now()
    return some.map(device => {
      const facts = { device, loan: lent.get(device.id), secured: proven.get(device.id) ?? unproven }
      const conditions = paperConditions(facts, settings, now)
      return { deviceId: device.id, assetTag: device.assetTag, eligible: isEligible(conditions), conditions }
    })
  }

  return {
    /** These iPads, in the same order. */
    among,

    /** @throws {DomainError} not-found `device-unknown` */
    async of(actor: Actor, deviceId: string): Promise<Eligibility> {
      const [found] = await among(actor, [await devices.brief(actor, deviceId)])
      if (!found) throw new Error('An iPad was judged and is not there')
      return found
    },

    /**
     * Enrolled iPads by tag. A page looks at `limit` of them, so with `eligible` it may hold fewer, or none, and still
     * have a next.
     * @throws {DomainError} invalid `bad-cursor`
     */
    async list(
      actor: Actor,
      { limit, after, eligible }: EligibilityQuery,
    ): Promise<{ items: Eligibility[]; next: string | null }> {
      const enrolled = { sort: 'assetTag', descending: false, management: 'enrolled' } as const
      const page = await devices.list(actor, { ...enrolled, limit, after })
      const here = page.items.filter(({ lifecycle }) => !isGone(lifecycle))
      const all = await among(actor, here)
      return {
        items: all.filter(one => eligible === undefined || one.eligible === eligible),
        next: page.next,
      }
    },
  }
}
