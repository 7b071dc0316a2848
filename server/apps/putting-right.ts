import { type BulkItem, type BulkJob } from '../bulk-jobs/bulk-job.ts'
import { type BulkJobs } from '../bulk-jobs/bulk-asking.ts'
import { type BulkWork } from '../bulk-jobs/bulk-work.ts'
import { approvalKindFor } from '../bulk-actions/bulk-action.ts'
import { type Sending } from '../commands/sending.ts'
import { DomainError } from '../domain-error.ts'
import { namedUuid } from '../ids.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { type Reason } from '../reason.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import {
  commandsOf,
  rightingOf,
  type IpadApps,
  type IpadAppsReading,
  type PuttingRight,
  type Righting,
} from './ipad-apps.ts'

interface PuttingAllRightDeps {
  readonly ipadApps: Pick<IpadAppsReading, 'drifted' | 'putRight'>
  readonly jobs: Pick<BulkJobs, 'ask' | 'find'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly sending: Pick<Sending, 'rehearse'>
}

export interface PuttingAllRight extends PuttingRight {
  readonly reason: string
  /** The same id is the same job. */
  readonly id?: string | undefined
}

/** What would be done with the iPads that differ, before anything is. */
export interface AppsPlan {
  readonly total: number
  readonly willAct: number
  readonly refusedCount: number
  /** The first of them. */
  readonly refused: readonly {
    readonly deviceId: string
    readonly assetTag: string
    readonly reason: Reason
  }[]
  /** How many apps would be installed and removed on the iPads that take them. */
  readonly installs: number
  readonly removals: number
  readonly needsTwo: boolean
  /** From one more than this on, a second person has to agree. */
  readonly limit: number
}

export type AllRight = ReturnType<typeof createPuttingAllRight>

const pageSize = 200
const shownRefusals = 200

/** Puts right the managed apps of every iPad that differs from its sets, as a job (R09). */
export function createPuttingAllRight({ ipadApps, jobs, organisations, sending }: PuttingAllRightDeps) {
  async function differing(actor: Actor, wanted: PuttingRight): Promise<Differing[]> {
    const all: Differing[] = []
    for (let after: string | undefined; ;) {
      const page = await ipadApps.drifted(actor, { limit: pageSize, after })
      all.push(...page.items.flatMap(ipad => differingOf(ipad, wanted)))
      if (page.next === null) return all
      after = page.next
    }
  }

  /** Why the iPad cannot be sent anything; undefined when it can. What stands against one app is told by its item. */
  async function refusalOf(actor: Actor, { ipad, agreed }: Differing): Promise<Reason | undefined> {
    const [first] = commandsOf(agreed)
    if (!first) return undefined
    try {
      await sending.rehearse(actor, { ...first, deviceId: ipad.deviceId }, { isWeighed: true })
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof DomainError)) throw thrown
      return { code: thrown.code, message: thrown.message }
    }
  }

  async function planned(actor: Actor, wanted: PuttingRight) {
    if (!rightsHeld(actor).includes('devices.bulk'))
      throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
    const { settings } = await organisations.get(actor)
    const all: (Differing & { readonly refused: Reason | undefined })[] = []
    for (const each of await differing(actor, wanted))
      all.push({ ...each, refused: await refusalOf(actor, each) })
    const acting = all.filter(({ refused }) => !refused)
    return { all, acting, limit: settings.bulkLimit, needsTwo: acting.length > settings.bulkLimit }
  }

  return {
    /**
     * What `start` would do as the iPads are now; nothing is changed.
     * @throws {DomainError} forbidden `not-allowed`
     */
    async plan(actor: Actor, wanted: PuttingRight): Promise<AppsPlan> {
      const { all, acting, limit, needsTwo } = await planned(actor, wanted)
      const refused = all.flatMap(({ ipad: { deviceId, assetTag }, refused: reason }) =>
        reason ? [{ deviceId, assetTag, reason }] : [],
      )
      return {
        total: all.length,
        willAct: acting.length,
        refusedCount: refused.length,
        refused: refused.slice(0, shownRefusals),
        installs: acting.reduce((sum, { agreed }) => sum + agreed.missing.length, 0),
        removals: acting.reduce((sum, { agreed }) => sum + agreed.extra.length, 0),
        needsTwo,
        limit,
      }
    },

    /**
     * The job that does it, in the background or once a second person has agreed.
     * @throws {DomainError} as `plan`, and invalid `apps-all-right`
     */
    async start(actor: Actor, { id, reason, ...wanted }: PuttingAllRight): Promise<BulkJob> {
      const known = id === undefined ? undefined : await jobs.find(actor, id)
      if (known) return known
      const { all, acting, needsTwo } = await planned(actor, wanted)
      if (acting.length === 0)
        throw new DomainError('invalid', 'apps-all-right', 'There is no iPad to put right.')
      return jobs.ask(actor, {
        ...(id !== undefined && { id }),
        work: 'apps.put-right',
        variant: variantOf(wanted),
        parameters: { missing: wanted.missing, extra: wanted.extra },
        reason,
        items: all.map(({ ipad, agreed, refused }) => ({
          subject: { kind: 'device', id: ipad.deviceId, label: ipad.assetTag },
          refused,
          detail: { ...agreed },
        })),
        ...(needsTwo && {
          approvalFor: () => Promise.resolve({ kind: approvalKindFor['over-limit'], lately: 0 }),
        }),
      })
    },

    /** How each iPad of such a job is dealt with. Its commands have fixed ids, so it may run twice. */
    work: {
      work: 'apps.put-right',
      right: () => 'apps.install',
      isAtomic: false,
      async doItem(actor: Actor, { subject, detail }: BulkItem, { id, parameters, reason }: BulkJob) {
        const sent = await ipadApps.putRight(actor, subject.id, parameters as unknown as PuttingRight, {
          only: detail as unknown as Righting,
          reason,
          commandId: (...parts) => namedUuid(id, subject.id, ...parts),
        })
        return { commandIds: sent.map(one => one.id) }
      },
    } satisfies BulkWork,
  }
}

interface Differing {
  readonly ipad: Pick<IpadApps, 'deviceId' | 'assetTag'>
  /** What was asked for on it, and perhaps agreed to by a second person: never more than that is done. */
  readonly agreed: Righting
}

function differingOf({ deviceId, assetTag, drift }: IpadApps, wanted: PuttingRight): Differing[] {
  if (!drift) return []
  const agreed = rightingOf(drift, wanted)
  return agreed.missing.length + agreed.extra.length === 0 ? [] : [{ ipad: { deviceId, assetTag }, agreed }]
}

/** One word for what is done, for lists and requests. */
function variantOf({ missing, extra }: PuttingRight): string {
  if (missing && extra) return 'put-apps-right'
  return missing ? 'install-missing-apps' : 'remove-extra-apps'
}
