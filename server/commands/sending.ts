import { type X509Certificate } from 'node:crypto'
import { DomainError } from '../domain-error.ts'
import { type Devices } from '../devices/devices.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { againWhenStale } from '../stale.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { type Audit } from '../audit/audit.ts'
import { type Command } from './command.ts'
import { removesManagement, rightFor } from './command-rights.ts'
import { checked422, type Commands, type NewCommand } from './commands.ts'
import { commandsOf, type ActionInput, type DeviceAction } from './device-action.ts'

export interface SendingDeps {
  readonly commands: Pick<Commands, 'queue' | 'check' | 'get' | 'cancel'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly devices: Pick<Devices, 'brief'>
  readonly directProfiles: DirectProfiles
  readonly audit: Audit
  /** Weighs what changes one iPad with what the same person changed alone in the last 24 hours (decision 20). */
  readonly tallyings: Readonly<Record<OneByOne, (actor: Actor, deviceId: string) => Promise<Tallied>>>
  /** Whether a theft or loss of the iPad is open, so that it may be looked for. */
  readonly isLookedFor: (organisationId: string, deviceId: string) => Promise<boolean>
}

/** What adds up one iPad at a time: profiles like roll-outs, apps like deeds on many iPads. */
type OneByOne = 'profiles' | 'apps'

interface Tallied {
  readonly whyTwo: string | undefined
  /** Adds it to the person's tally. @throws {DomainError} conflict `stale` */
  readonly count: () => Promise<void>
}

const tallyingFor: Readonly<Record<string, OneByOne>> = {
  InstallProfile: 'profiles',
  RemoveProfile: 'profiles',
  InstallApplication: 'apps',
  RemoveApplication: 'apps',
}

interface SendingHow {
  /** It belongs to a job whose iPads were weighed all together. */
  readonly isWeighed?: boolean
}

/** Profiles that people send to one iPad and take off it themselves, past roll-outs. */
interface DirectProfiles {
  /**
   * The profile as it travels: filled in for the iPad, signed, and encrypted for this identity of it where secrets are
   * inside.
   * @throws {DomainError} conflict or invalid `profile-…`
   */
  prepare(
    actor: Actor,
    deviceId: string,
    profile: { readonly bytes: Uint8Array; readonly reason?: string | undefined },
  ): Promise<{ readonly bytes: Uint8Array; readonly encryptedFor?: X509Certificate }>
  /**
   * Resolves when the profile may be taken off the iPad; `reason` is why.
   * @throws {DomainError} conflict `profile-rolled-out`, `profile-strands`, `profile-may-strand`
   */
  mayRemove(
    actor: Actor,
    deviceId: string,
    wanted: { identifier: string; reason?: string | undefined },
  ): Promise<void>
}

export type Sending = ReturnType<typeof createSending>

/** Commands that people and programs ask for by name, with the rules about who may. */
export function createSending(deps: SendingDeps) {
  const { commands, organisations, devices, audit, directProfiles, isLookedFor, tallyings } = deps

  /** @throws {DomainError} forbidden `command-not-allowed` */
  function mustHaveRight(actor: Actor, { requestType, parameters }: Asked): void {
    if (!rightsHeld(actor).includes(rightFor(requestType, parameters)))
      throw new DomainError('forbidden', 'command-not-allowed', 'Your roles do not allow this command.')
  }

  /**
   * The command as it is queued. A profile that somebody sends themselves passes neither approval nor weighing, so it
   * must be sound at least; only a borrower's own iPad leaves the management (requirement R16).
   * @throws {DomainError} conflict `management-stays`, `profile-…`; invalid `reason-missing`, `profile-…`
   */
  async function withProfile(actor: Actor, wanted: NewCommand): Promise<NewCommand> {
    const { requestType, parameters = {}, deviceId, reason } = wanted
    if (removesManagement(requestType, parameters)) {
      const { ownership, management } = await devices.brief(actor, deviceId)
      if (ownership !== 'personal' || management !== 'enrolled') {
        const message = 'Management can only be removed from an enrolled iPad that is the borrower’s own.'
        throw new DomainError('conflict', 'management-stays', message)
      }
      if (!reason) throw reasonMissing('Write why the management should be removed.')
      return wanted
    }
    if (requestType !== 'InstallProfile' && requestType !== 'RemoveProfile') return wanted
    const sound = checked422(requestType, parameters).parameters
    const { Payload: profile, Identifier: identifier } = sound
    if (typeof identifier === 'string')
      await directProfiles.mayRemove(actor, deviceId, { identifier, reason })
    if (typeof profile !== 'string') return wanted
    const source = Buffer.from(profile, 'base64')
    const { bytes, encryptedFor } = await directProfiles.prepare(actor, deviceId, { bytes: source, reason })
    const sent = { ...wanted, parameters: { ...sound, Payload: Buffer.from(bytes).toString('base64') } }
    return encryptedFor ? { ...sent, source, madeFor: encryptedFor } : sent
  }

  /**
   * The command as it is queued, if the actor may send it.
   * @throws {DomainError} forbidden `command-not-allowed`; conflict `approval-needed`, `no-open-case`, `looked-for`,
   * `management-stays`, `profile-…`; invalid `reason-missing`, `profile-…`
   */
  async function permitted(actor: Actor, wanted: NewCommand): Promise<NewCommand> {
    mustHaveRight(actor, wanted)
    const queued = await withProfile(actor, wanted)
    await mustBeWeighed(actor, wanted)
    return queued
  }

  async function mustBeWeighed(actor: Actor, { requestType, reason, deviceId }: NewCommand): Promise<void> {
    // Positions exist only while a case is open (requirement R89), so nobody fetches one without a case.
    if (requestType === 'DeviceLocation' && !(await isLookedFor(actor.organisationId, deviceId))) {
      const message =
        'A position may be requested only while a theft or loss of this iPad is reported. Report it first.'
      throw new DomainError('conflict', 'no-open-case', message)
    }
    if (requestType === 'DisableLostMode' && (await isLookedFor(actor.organisationId, deviceId))) {
      const message =
        'This iPad is being looked for. Its lost mode ends when it is marked as back in its case.'
      throw new DomainError('conflict', 'looked-for', message)
    }
    if (requestType !== 'EraseDevice' || isCommandLine(actor)) return
    if ((await organisations.get(actor)).settings.fourEyes) {
      const message = 'A wipe needs the approval of a second person. Ask for it in the case of this iPad.'
      throw new DomainError('conflict', 'approval-needed', message)
    }
    if (!reason) throw reasonMissing('Write why this iPad should be wiped.')
  }

  /**
   * Adds up what one person changes on one iPad after the other, past roll-outs and jobs; answers what counts it.
   * @throws {DomainError} conflict `one-by-one-limit`
   */
  async function tallied(actor: Actor, { requestType, deviceId }: NewCommand): Promise<Tallied['count']> {
    const kind = tallyingFor[requestType]
    if (kind === undefined || actor.kind === 'system' || isCommandLine(actor)) return () => Promise.resolve()
    const { whyTwo, count } = await tallyings[kind](actor, deviceId)
    if (whyTwo === undefined) return count
    const message =
      'Nobody changes that many iPads alone in 24 hours, one at a time. Do it as a roll-out, or with many iPads at once, so that a second person can approve.'
    throw new DomainError('conflict', 'one-by-one-limit', message)
  }

  /** Made anew where the iPad has got another identity meanwhile. */
  const send = (actor: Actor, wanted: NewCommand, how: SendingHow = {}): Promise<Command> =>
    againWhenStale(async () => {
      const { queued, count } = await checked(actor, wanted, how)
      // Counted first: of two at once that only together are too many, one is refused with nothing sent.
      await count?.()
      return commands.queue(actor, queued)
    })

  async function rehearse(actor: Actor, wanted: NewCommand, how: SendingHow = {}): Promise<void> {
    await checked(actor, wanted, how)
  }

  async function checked(actor: Actor, wanted: NewCommand, { isWeighed = false }: SendingHow) {
    const queued = await permitted(actor, wanted)
    await commands.check(actor, queued)
    return { queued, count: isWeighed ? undefined : await tallied(actor, wanted) }
  }

  /** Lost mode takes the organisation's words where `input` has none. */
  async function rehearseAction(actor: Actor, deviceId: string, wanted: WantedAction): Promise<NewCommand[]> {
    const { action, input = {}, reason } = wanted
    const { settings } = await organisations.get(actor)
    const all = commandsOf(action, input, settings).map(each => ({ ...each, deviceId, reason }))
    for (const each of all) await rehearse(actor, each)
    return all
  }

  return {
    /**
     * Queues the command if the actor may send it.
     * @throws {DomainError} what `Commands.queue` throws, and forbidden `command-not-allowed`, conflict
     * `approval-needed`, `one-by-one-limit`, `no-open-case`, `looked-for`, `management-stays`, `profile-…`, invalid
     * `reason-missing`, `profile-…`
     */
    send,

    /** Refuses what `send` would refuse, without sending. @throws {DomainError} as `send` */
    rehearse,

    /** Says what `act` would queue, and refuses what it would refuse, without sending. @throws {DomainError} as `act` */
    rehearseAction,

    /**
     * Queues the commands of an action, in order. What any of them would be refused for is said before the first is
     * queued, so that none is sent alone.
     * @throws {DomainError} as `send`
     */
    async act(actor: Actor, deviceId: string, wanted: WantedAction): Promise<readonly Command[]> {
      const sent: Command[] = []
      for (const each of await rehearseAction(actor, deviceId, wanted)) sent.push(await send(actor, each))
      return sent
    },

    /**
     * Takes back a command that the actor might have sent: whoever may not lock or erase may not stop it either.
     * @throws {DomainError} what `Commands.cancel` throws, and forbidden `command-not-allowed`
     */
    async cancel(actor: Actor, id: string, how: Parameters<Commands['cancel']>[2]): Promise<Command> {
      mustHaveRight(actor, await commands.get(actor, id))
      return commands.cancel(actor, id, how)
    },

    /**
     * The command with what the iPad told. A position is shown only to those who may see it, and each look is logged.
     * @throws {DomainError} not-found `command-unknown`
     */
    async show(actor: Actor, id: string): Promise<Command> {
      const command = await commands.get(actor, id)
      if (command.requestType !== 'DeviceLocation' || !command.result) return command
      if (!rightsHeld(actor).includes('location.read')) {
        const hidden: { -readonly [K in keyof Command]: Command[K] } = { ...command }
        delete hidden.result
        return hidden
      }
      await audit.record(actor, {
        action: 'location.read',
        on: { kind: 'device', id: command.deviceId },
        after: { commandId: id },
      })
      return command
    },
  }
}

interface WantedAction {
  readonly action: DeviceAction
  readonly input?: ActionInput
  readonly reason?: string | undefined
}

type Asked = Pick<NewCommand, 'requestType' | 'parameters'>

/** A token that nobody stands behind was made on the machine itself, by whoever could also change the database. */
function isCommandLine({ kind, behind }: Actor): boolean {
  return kind === 'token' && behind === undefined
}

function reasonMissing(message: string): DomainError {
  return new DomainError('invalid', 'reason-missing', message, [{ path: 'reason', message }])
}
