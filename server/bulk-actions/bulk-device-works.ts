import { type BulkItem, type BulkJob } from '../bulk-jobs/bulk-job.ts'
import { type BulkWork } from '../bulk-jobs/bulk-work.ts'
import { type Commands } from '../commands/commands.ts'
import { commandsOf, type ActionCommand } from '../commands/device-action.ts'
import { type DeviceInput } from '../devices/device-input.ts'
import { type Device, type DeviceOwnership, type Lifecycle } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { namedUuid } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { bulkRefusal, isDisposal, rightForBulk, type BulkAction, type BulkInput } from './bulk-action.ts'

interface BulkDeviceWorksDeps {
  readonly devices: Pick<Devices, 'brief' | 'edit' | 'moveLifecycle' | 'takeBackMove'>
  readonly commands: Pick<Commands, 'queue' | 'get'>
}

/** Which work carries out an action. Disposal has a work of its own, since it cannot be undone. */
export function workFor({ action, to }: Pick<BulkInput, 'action' | 'to'>): string {
  if (action === 'edit') return 'devices.edit'
  if (action !== 'move') return 'devices.command'
  return isDisposal(to) ? 'devices.dispose' : 'devices.move'
}

/** How each iPad of a job is dealt with. Every part may safely run twice. */
export function bulkDeviceWorks({ devices, commands }: BulkDeviceWorksDeps): BulkWork[] {
  async function fit(actor: Actor, { subject }: BulkItem, job: BulkJob): Promise<Device> {
    const device = await devices.brief(actor, subject.id)
    const reason = bulkRefusal(inputOf(job), device)
    if (reason) throw new DomainError('conflict', reason.code, reason.message)
    return device
  }

  async function send(actor: Actor, item: BulkItem, job: BulkJob) {
    const commandIds: string[] = []
    const device = await devices.brief(actor, item.subject.id)
    for (const [index, { requestType, parameters }] of commandsFor(job).entries()) {
      const id = namedUuid(job.id, item.subject.id, requestType)
      // The first one may be on its way already, and have changed the iPad: then this only finds it again.
      const refusal = index === 0 ? bulkRefusal(inputOf(job), device) : undefined
      const again = refusal && (await sentBefore(actor, id))
      if (refusal && !again) throw new DomainError('conflict', refusal.code, refusal.message)
      await commands.queue(actor, {
        id,
        deviceId: device.id,
        requestType,
        parameters,
        reason: job.reason,
      })
      commandIds.push(id)
    }
    return { commandIds }
  }

  async function move(actor: Actor, item: BulkItem, job: BulkJob) {
    const { to } = job.parameters as { to: Lifecycle }
    const { id, lifecycle: before } = await fit(actor, item, job)
    await devices.moveLifecycle(actor, id, to, { reason: job.reason })
    return { before, after: to }
  }

  async function moveBack(actor: Actor, { subject, detail }: BulkItem, job: BulkJob) {
    const { before, after } = detail as { before: Lifecycle; after: Lifecycle }
    await devices.takeBackMove(actor, subject.id, { from: after, to: before, reason: job.reason })
    return { before: after, after: before }
  }

  async function edit(actor: Actor, item: BulkItem, job: BulkJob) {
    const { warrantyEndsOn, ownership } = job.parameters as Pick<BulkInput, 'warrantyEndsOn' | 'ownership'>
    const before = await fit(actor, item, job)
    const changes = { warrantyEndsOn, ownership } satisfies DeviceInput
    const { version } = await devices.edit(actor, before.id, { ...changes, version: before.version })
    return {
      version,
      before: {
        ...(warrantyEndsOn !== undefined && { warrantyEndsOn: before.warrantyEndsOn ?? null }),
        ...(ownership && { ownership: before.ownership }),
      },
    }
  }

  async function editBack(actor: Actor, { subject, detail }: BulkItem) {
    const { before, version } = detail as {
      version: number
      before: { warrantyEndsOn?: string | null; ownership?: DeviceOwnership }
    }
    await devices.edit(actor, subject.id, { ...before, version })
    return {}
  }

  async function sentBefore(actor: Actor, id: string): Promise<boolean> {
    return commands.get(actor, id).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError && error.kind === 'not-found') return false
        throw error
      },
    )
  }

  const writes: Pick<BulkWork, 'right' | 'isAtomic'> = { right: () => 'devices.write', isAtomic: true }
  return [
    {
      work: 'devices.command',
      right: ({ variant }) => rightForBulk(variant as BulkAction),
      doItem: send,
      isAtomic: false,
    },
    { ...writes, work: 'devices.move', doItem: move, undo: 'devices.move-back' },
    { ...writes, work: 'devices.move-back', doItem: moveBack },
    { ...writes, work: 'devices.dispose', doItem: move },
    { ...writes, work: 'devices.edit', doItem: edit, undo: 'devices.edit-back' },
    { ...writes, work: 'devices.edit-back', doItem: editBack },
  ]
}

function inputOf({ parameters }: BulkJob): Pick<BulkInput, 'action' | 'to' | 'ownership'> {
  return parameters as unknown as Pick<BulkInput, 'action' | 'to' | 'ownership'>
}

/** The words of lost mode were settled when the job was asked for. */
function commandsFor({ parameters }: BulkJob): readonly ActionCommand[] {
  const { action, message, phoneNumber } = parameters as unknown as BulkInput
  if (action === 'move' || action === 'edit') return []
  return commandsOf(action, { ...(message && { message }), ...(phoneNumber && { phoneNumber }) }, {})
}
