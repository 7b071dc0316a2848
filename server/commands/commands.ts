import { type X509Certificate } from 'node:crypto'
import { mayExpire } from '../../mdm/command-queue.ts'
import { checkCommand, type CheckedCommand } from '../../mdm/commands/command.ts'
import { CommandError } from '../../mdm/commands/command-error.ts'
import { commandKind } from '../../mdm/commands/catalogue.ts'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type DeviceEvents } from '../device-channel/device-events.ts'
import { lockMoves, mustBeErasable, type Device, type Lock } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { type NewId } from '../ids.ts'
import { stale } from '../stale.ts'
import { type Actor } from '../staff/actor.ts'
import { lockAsked, type Command } from './command.ts'
import { endCommand } from './command-ending.ts'
import { type CommandPage, type CommandStore } from './command-store.ts'
import { createInTurn } from '../in-turn.ts'

interface CommandsDeps {
  readonly commands: CommandStore
  readonly enrolments: {
    currentOf(organisationId: string, deviceId: string): Promise<Enrolment | undefined>
    takePlace(organisationId: string, deviceId: string, now: Date): Promise<Enrolment | undefined>
  }
  readonly devices: Pick<Devices, 'brief' | 'setLock'>
  readonly events: DeviceEvents
  /** Pushes the enrolments; a hint that may fail, the queue is the truth. */
  readonly wake: (enrolmentIds: readonly string[]) => void
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

export interface NewCommand {
  /** Given when the caller must be able to ask again: the same id is the same command, queued once. */
  readonly id?: string | undefined
  readonly deviceId: string
  readonly requestType: string
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  /** What the parameters were made of for the present identity of the iPad; kept to make them for another. */
  readonly source?: Uint8Array | undefined
  /** The identity of the iPad that the parameters are encrypted for. */
  readonly madeFor?: X509Certificate | undefined
  readonly reason?: string | undefined
  readonly expiresAt?: Date | undefined
}

export type Commands = ReturnType<typeof createCommands>

const atOnce = 500
/** A place in the order of an iPad's commands in front of every one. */
const beforeAll = -1

/** Commands as people and the product ask for them. What iPads say to them is in `command-turns.ts`. */
export function createCommands(deps: CommandsDeps) {
  const { commands, enrolments, devices, events, wake, audit, transaction, clock, newId } = deps
  const inTurn = createInTurn()

  /** @throws {DomainError} not-found `command-unknown` */
  async function get(actor: Actor, id: string): Promise<Command> {
    const found = await commands.find(actor.organisationId, id)
    return found ?? refuse('not-found', 'command-unknown', 'There is no such command.')
  }

  async function save(actor: Actor, wanted: NewCommand, checked: CheckedCommand): Promise<Command> {
    const now = clock.now()
    const device = await devices.brief(actor, wanted.deviceId)
    const place = await enrolments.takePlace(actor.organisationId, device.id, now)
    const enrolment = mustTake(checked, device, place)
    mustOpen(enrolment, wanted.madeFor)
    const command: Command = {
      ...checked,
      id: wanted.id ?? newId(),
      organisationId: actor.organisationId,
      deviceId: device.id,
      enrolmentId: enrolment.id,
      state: 'queued',
      ...(wanted.reason !== undefined && { reason: wanted.reason }),
      requestedBy: { kind: actor.kind, id: actor.id, name: actor.name },
      sequence: enrolment.sequence,
      times: { queuedAt: now },
      ...(wanted.expiresAt && mayExpire(checked.requestType) && { expiresAt: wanted.expiresAt }),
      lockBefore: await lockBefore(device, checked.requestType, enrolment.id),
    }
    await commands.insert(command)
    if (wanted.source) await commands.keepSource(command, wanted.source)
    await askForLock(device, checked.requestType)
    await audit.record(actor, {
      action: 'commands.send',
      on: { kind: 'device', id: device.id },
      ...(wanted.reason !== undefined && { reason: wanted.reason }),
      after: { commandId: command.id, requestType: command.requestType },
    })
    return command
  }

  async function saveOnce(actor: Actor, wanted: NewCommand, checked: CheckedCommand): Promise<Command> {
    const known = wanted.id === undefined ? undefined : await commands.find(actor.organisationId, wanted.id)
    return known ?? save(actor, wanted, checked)
  }

  /** Of two that ask for the same lock both lead back to where the first began. */
  async function lockBefore(device: Device, requestType: string, enrolmentId: string): Promise<Lock> {
    if (lockAsked(requestType) !== device.lock) return device.lock
    const [first] = await openAlike(requestType, enrolmentId)
    const earlier = first && (await commands.find(device.organisationId, first.id))
    return earlier?.lockBefore ?? device.lock
  }

  async function openAlike(requestType: string, enrolmentId: string) {
    const waiting = await commands.waiting(enrolmentId, beforeAll, atOnce)
    return waiting.filter(each => each.requestType === requestType)
  }

  async function askForLock({ organisationId, id, lock }: Device, requestType: string): Promise<void> {
    const asked = lockAsked(requestType)
    const allowed: readonly Lock[] = lockMoves[lock]
    if (asked && allowed.includes(asked)) await devices.setLock(organisationId, id, asked)
  }

  return {
    get,

    /** Whether another command that asks for the same is still open on that iPad. */
    async isAlsoAsked({ id, requestType, enrolmentId }: Command): Promise<boolean> {
      return (await openAlike(requestType, enrolmentId)).some(each => each.id !== id)
    },

    /**
     * The command, saved for good before this resolves, in the order of asking; the iPad is woken after that.
     * @throws {DomainError} invalid `command-invalid` with the wrong parameters; not-found `device-unknown`;
     * conflict `device-unenrolled`, `unlock-token-missing`, `personal-ipad` for the erase of a borrower's own, `stale`
     * when the iPad has another identity by now than the one it was made for
     */
    async queue(actor: Actor, wanted: NewCommand): Promise<Command> {
      const checked = checked422(wanted.requestType, wanted.parameters ?? {})
      const saved = await inTurn(wanted.deviceId, () => transaction(() => saveOnce(actor, wanted, checked)))
      wake([saved.enrolmentId])
      return saved
    },

    /** What `queue` would say about it, without saving anything. */
    async check(actor: Actor, wanted: NewCommand): Promise<CheckedCommand> {
      const checked = checked422(wanted.requestType, wanted.parameters ?? {})
      const device = await devices.brief(actor, wanted.deviceId)
      const enrolment = await enrolments.currentOf(actor.organisationId, device.id)
      const isManaged = enrolment?.state === 'authenticated' || enrolment?.state === 'enrolled'
      mustTake(checked, device, isManaged ? enrolment : undefined)
      return checked
    },

    /**
     * The newest first, without parameters and results; one more than `page.limit`.
     * @throws {DomainError} not-found `device-unknown`
     */
    async ofDevice(actor: Actor, deviceId: string, page: CommandPage): Promise<Command[]> {
      const { id } = await devices.brief(actor, deviceId)
      return commands.page(actor.organisationId, id, page)
    },

    /**
     * Takes a command back. One that was handed out may have been carried out already: it is only taken back when
     * `alsoSent` says so, which stops offering it again.
     * @throws {DomainError} not-found `command-unknown`; conflict `command-sent`, `command-finished`
     */
    async cancel(
      actor: Actor,
      id: string,
      { alsoSent, reason }: { alsoSent: boolean; reason?: string | undefined },
    ): Promise<Command> {
      const ended = await transaction(async () => {
        const before = await get(actor, id)
        if (before.state === 'sent' && !alsoSent)
          return refuse('conflict', 'command-sent', 'The iPad has already fetched this command.')
        const done = await endCommand(deps, before, { state: 'cancelled', finishedAt: clock.now() })
        if (!done) return refuse('conflict', 'command-finished', 'This command has already ended.')
        await audit.record(actor, {
          action: 'commands.cancel',
          on: { kind: 'device', id: before.deviceId },
          ...(reason !== undefined && { reason }),
          before: { commandId: id, requestType: before.requestType, state: before.state },
        })
        return done
      })
      await events.deliver(ended.event)
      return ended.command
    },

    /** The commands of a type that an iPad has not answered, in order. */
    async openOf(organisationId: string, deviceId: string, requestType: string): Promise<Command[]> {
      const enrolment = await enrolments.currentOf(organisationId, deviceId)
      const open = enrolment ? await openAlike(requestType, enrolment.id) : []
      const found = await Promise.all(open.map(({ id }) => commands.find(organisationId, id)))
      return found.filter(each => each !== undefined)
    },

    /** What an open command was made of; undefined where that was not kept. */
    sourceOf: (organisationId: string, id: string): Promise<Uint8Array | undefined> =>
      commands.sourceOf(organisationId, id),

    /**
     * The open command with these parameters in place of those it had; nothing happens when it has ended.
     * @throws {DomainError} not-found `command-unknown`; invalid `command-invalid`
     */
    async remake(actor: Actor, id: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
      await transaction(async () => {
        const { requestType, deviceId, organisationId } = await get(actor, id)
        const checked = checked422(requestType, parameters)
        if (!(await commands.remake({ id, organisationId, parameters: checked.parameters }))) return
        await audit.record(actor, {
          action: 'commands.remake',
          on: { kind: 'device', id: deviceId },
          after: { commandId: id, requestType },
        })
      })
    },

    /** Removes what the iPad told: a position belongs to its incident alone. */
    forgetResult: (organisationId: string, id: string): Promise<void> =>
      commands.removeResult(organisationId, id),

    /** Ends what has waited longer than its caller wanted. */
    async expireOverdue(): Promise<void> {
      const now = clock.now()
      for (const command of await commands.overdue(now, atOnce)) {
        const ended = await transaction(() =>
          endCommand(deps, command, { state: 'expired', finishedAt: now }),
        )
        if (ended) await events.deliver(ended.event)
      }
    },
  }
}

/**
 * The enrolment, when the iPad can be sent this.
 * @throws {DomainError} conflict `personal-ipad`, `device-unenrolled`, `unlock-token-missing`
 */
function mustTake(
  { requestType }: CheckedCommand,
  device: Device,
  enrolment: Enrolment | undefined,
): Enrolment {
  if (requestType === 'EraseDevice') mustBeErasable(device)
  if (!enrolment)
    return refuse('conflict', 'device-unenrolled', 'This iPad is not enrolled, so nothing can be sent to it.')
  if (commandKind(requestType).secret && !enrolment.unlockToken)
    return refuse(
      'conflict',
      'unlock-token-missing',
      'The passcode cannot be removed, because the iPad has not sent the token this needs.',
    )
  return enrolment
}

/**
 * Asked in the transaction that queues, as a renewal saves the new identity in one: either this sees it, or what hears of
 * the renewal sees the command.
 * @throws {DomainError} conflict `stale`
 */
function mustOpen({ certificate }: Enrolment, madeFor: X509Certificate | undefined): void {
  if (madeFor && madeFor.raw.toString('base64') !== certificate) throw stale('iPad')
}

/**
 * The command as it is kept.
 * @throws {DomainError} invalid `command-invalid` with the fields that are wrong
 */
export function checked422(
  requestType: string,
  parameters: Readonly<Record<string, unknown>>,
): CheckedCommand {
  try {
    return checkCommand(requestType, parameters)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new DomainError('invalid', 'command-invalid', error.message, error.problems)
  }
}

function refuse(kind: 'not-found' | 'conflict', code: string, message: string): never {
  throw new DomainError(kind, code, message)
}
