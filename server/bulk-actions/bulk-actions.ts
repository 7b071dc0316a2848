import { type BulkJob } from '../bulk-jobs/bulk-job.ts'
import { type BulkJobs, type NewBulkItem } from '../bulk-jobs/bulk-asking.ts'
import { deviceErrors } from '../devices/device-input.ts'
import { type Device, type Lifecycle } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { because, type Reason } from '../reason.ts'
import { dayMs, weightOf, type Weight } from '../rollouts/tally.ts'
import { type Tallying } from '../rollouts/tallying.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import {
  addsUp,
  approvalKindFor,
  bulkRefusal,
  bulkTallyOf,
  isDisposal,
  rightForBulk,
  variantOf,
  whyTwo,
  type BulkInput,
  type BulkSelection,
  type WhyTwo,
} from './bulk-action.ts'
import { workFor } from './bulk-device-works.ts'

interface BulkActionsDeps {
  readonly devices: Pick<Devices, 'list' | 'many' | 'moveLifecycle'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly jobs: Pick<BulkJobs, 'ask' | 'find' | 'registerApproval'>
  readonly tallying: Tallying
  /** Whether a case is open in which the iPad may be looked for. */
  readonly isLookedFor: (organisationId: string, deviceId: string) => Promise<boolean>
}

/** What would be done, before anything is. */
export interface BulkPlan {
  readonly total: number
  readonly willAct: number
  readonly refusedCount: number
  /** The first of them; `reasons` counts all. */
  readonly refused: readonly RefusedDevice[]
  readonly reasons: readonly (Reason & { readonly count: number })[]
  /** Why a second person has to agree; null when nobody has to. */
  readonly needsTwo: WhyTwo | null
  /** How many other iPads the same person did such a thing with alone in the last 24 hours; these are added. */
  readonly lately: number
  /** From one more than this on, a second person has to agree. */
  readonly limit: number
}

interface RefusedDevice {
  readonly deviceId: string
  readonly assetTag: string
  readonly reason: Reason
}

export type BulkActions = ReturnType<typeof createBulkActions>

const atOnce = 1000
const shownRefusals = 200
const days = 3

/** One deed with many iPads: what it would do, and the job that does it. */
export function createBulkActions(deps: BulkActionsDeps) {
  const { devices, organisations, jobs, tallying, isLookedFor } = deps
  for (const kind of new Set(Object.values(approvalKindFor))) {
    jobs.registerApproval({ kind, mayAsk: 'devices.bulk', mayDecide: 'approvals.decide', hours: days * 24 })
  }

  async function selected(actor: Actor, { deviceIds, filter }: BulkSelection): Promise<Device[]> {
    if ((deviceIds === undefined) === (filter === undefined)) {
      throw new DomainError(
        'invalid',
        'bulk-selection',
        'Choose iPads by their ids or by a filter, not both.',
      )
    }
    if (deviceIds) return inOrder(await devices.many(actor, deviceIds))
    const all: Device[] = []
    const query = { ...filter, sort: 'assetTag', descending: false, limit: atOnce } as const
    for (let after: string | undefined; ;) {
      const page = await devices.list(actor, { ...query, after })
      all.push(...page.items)
      if (page.next === null) return all
      after = page.next
    }
  }

  /** Whether these may be done alone, and a function that counts them for whoever did. */
  async function weighed(actor: Actor, { action, to }: BulkInput, deviceIds: readonly string[]) {
    const { settings } = await organisations.get(actor)
    const limit = settings.bulkLimit
    const whose = bulkTallyOf(actor)
    const weight: Weight & { count?: () => Promise<void> } = addsUp(action)
      ? await tallying.weigh(actor, deviceIds, { whose, ms: dayMs })
      : weightOf(deviceIds, { tally: undefined, since: new Date(0), limit })
    const { lately, count } = weight
    return { needsTwo: whyTwo({ action, to }, weight.whyTwo, settings), lately, limit, count }
  }

  async function planned(actor: Actor, input: BulkInput, selection: BulkSelection) {
    if (!rightsHeld(actor).includes(rightForBulk(input.action)))
      throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
    refuseErrors(input)
    const { settings } = await organisations.get(actor)
    const items = [
      ...(await selected(actor, selection)).map(device => itemFor(device, bulkRefusal(input, device))),
    ]
    const known = new Set(items.map(({ subject }) => subject.id))
    const missing = [...new Set(selection.deviceIds)].filter(id => !known.has(id)).map(unknownItem)
    const all: readonly NewBulkItem[] = [...items, ...missing]
    const acting = all.filter(({ refused }) => !refused).map(({ subject }) => subject.id)
    return { all, acting, settings, weight: await weighed(actor, input, acting) }
  }

  async function start(
    actor: Actor,
    { id, ...input }: BulkInput & { readonly id?: string | undefined },
    selection: BulkSelection,
  ): Promise<BulkJob> {
    const known = id === undefined ? undefined : await jobs.find(actor, id)
    if (known) return known
    const { all, acting, settings } = await planned(actor, input, selection)
    if (acting.length === 0) {
      throw new DomainError('invalid', 'bulk-nothing', 'This cannot be done with any of the selected iPads.')
    }
    return jobs.ask(actor, {
      ...(id !== undefined && { id }),
      work: workFor(input),
      variant: variantOf(input),
      parameters: parametersOf(input, settings),
      reason: input.reason,
      items: all,
      async approvalFor() {
        const { needsTwo, lately, count } = await weighed(actor, input, acting)
        if (needsTwo) return { kind: approvalKindFor[needsTwo], lately }
        await count?.()
        return undefined
      },
    })
  }

  async function takesTwo(actor: Actor, to: Lifecycle): Promise<boolean> {
    return isDisposal(to) && (await organisations.get(actor)).settings.disposalNeedsTwo
  }

  async function moveOne(
    actor: Actor,
    id: string,
    to: Lifecycle,
    why: { reason?: string | undefined } = {},
  ): Promise<Device> {
    if (await takesTwo(actor, to)) {
      const message =
        'A second person has to approve this. Ask for it with POST /api/v1/devices/bulk-actions.'
      throw new DomainError('conflict', 'disposal-needs-two', message)
    }
    if (to === 'recovered' && (await isLookedFor(actor.organisationId, id)))
      throw new DomainError(
        'conflict',
        'looked-for',
        'This iPad is being looked for. Mark it as back in its case.',
      )
    return devices.moveLifecycle(actor, id, to, { ...why, byHand: true })
  }

  return {
    /**
     * What `start` would do with each iPad as it is now; nothing is changed.
     * @throws {DomainError} forbidden `not-allowed`; invalid `bulk-selection`, `bulk-input`
     */
    async plan(actor: Actor, input: BulkInput, selection: BulkSelection): Promise<BulkPlan> {
      const { all, acting, weight } = await planned(actor, input, selection)
      const { needsTwo, lately, limit } = weight
      const refused = all.flatMap(({ subject, refused: reason }) =>
        reason ? [{ deviceId: subject.id, assetTag: subject.label, reason }] : [],
      )
      return {
        total: all.length,
        willAct: acting.length,
        refusedCount: refused.length,
        refused: refused.slice(0, shownRefusals),
        reasons: counted(refused.map(({ reason }) => reason)),
        needsTwo: needsTwo ?? null,
        lately,
        limit,
      }
    },

    /**
     * The job that does it, in the background or once a second person has agreed. The same `id` is the same job.
     * @throws {DomainError} as `plan`, and invalid `bulk-nothing`
     */
    start,

    /**
     * One iPad one step further in its life, as people ask for it.
     * @throws {DomainError} conflict `lifecycle-transition`, `lifecycle-by-hand`; `looked-for` for one that its case
     * brings back; `disposal-needs-two` where retiring and handing over take a second person: then `start` asks one
     */
    moveOne,

    /**
     * Moves one iPad, or makes the job that waits for a second person where the move needs one; undefined when the iPad
     * was moved.
     * @throws {DomainError} as `moveOne` and `start`, not `disposal-needs-two`
     */
    async moveOrAsk(actor: Actor, id: string, to: Lifecycle, reason: string): Promise<BulkJob | undefined> {
      if (isDisposal(to) && (await takesTwo(actor, to)))
        return start(actor, { action: 'move', to, reason }, { deviceIds: [id] })
      await moveOne(actor, id, to, { reason })
      return undefined
    },
  }
}

function inOrder(found: readonly Device[]): Device[] {
  return found.toSorted((one, other) => (one.assetTag < other.assetTag ? -1 : 1))
}

function itemFor({ id, assetTag }: Device, refused: Reason | undefined): NewBulkItem {
  return { subject: { kind: 'device', id, label: assetTag }, refused }
}

/** Gone, or never ours. */
function unknownItem(id: string): NewBulkItem {
  const refused = because('bulk-unknown', 'Not in the register.')
  return { subject: { kind: 'device', id, label: id.slice(0, 64) }, refused }
}

function counted(reasons: readonly Reason[]): (Reason & { count: number })[] {
  const byWords = new Map<string, Reason & { count: number }>()
  for (const reason of reasons) {
    const { count } = byWords.get(reason.message) ?? { count: 0 }
    byWords.set(reason.message, { ...reason, count: count + 1 })
  }
  return [...byWords.values()].toSorted((one, other) => other.count - one.count)
}

function parametersOf(
  { action, to, message, phoneNumber, warrantyEndsOn, ownership }: BulkInput,
  { lostModeMessage, lostModePhone }: { lostModeMessage: string; lostModePhone: string },
): Record<string, unknown> {
  const isLost = action === 'lost-mode'
  const words = {
    message: message ?? (isLost ? lostModeMessage : ''),
    phone: phoneNumber ?? (isLost ? lostModePhone : ''),
  }
  return {
    action,
    ...(action === 'move' && { to }),
    ...((isLost || action === 'lock') && {
      ...(words.message !== '' && { message: words.message }),
      ...(words.phone !== '' && { phoneNumber: words.phone }),
    }),
    ...(action === 'edit' && {
      ...(warrantyEndsOn !== undefined && { warrantyEndsOn }),
      ...(ownership && { ownership }),
    }),
  }
}

function refuseErrors({ action, to, warrantyEndsOn, ownership }: BulkInput): void {
  const wrong =
    action === 'move' && !to
      ? [{ path: 'to', ...because('bulk-to', 'Choose the new state.') }]
      : action === 'edit' && warrantyEndsOn === undefined && ownership === undefined
        ? [{ path: 'warrantyEndsOn', ...because('bulk-fields', 'Fill in what is to be changed.') }]
        : deviceErrors({ warrantyEndsOn, ownership })
  if (wrong.length > 0) throw invalid('bulk-input', wrong)
}
