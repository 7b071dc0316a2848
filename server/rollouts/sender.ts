import { type StandingIpad } from '../assignments/standings.ts'
import { type Clock } from '../clock.ts'
import { type Commands } from '../commands/commands.ts'
import { DomainError } from '../domain-error.ts'
import { againWhenStale } from '../stale.ts'
import { systemActor } from '../staff/actor.ts'
import { type Hindrance, type Placement } from './placement.ts'
import { foundHindered } from './placement-course.ts'
import { type Pace } from './pace.ts'
import { type PlacementStore } from './placement-store.ts'
import { isHindrance, type CommandWanted } from './rolled-content.ts'
import { type Contents, type Versions } from './versions.ts'

export interface SenderDeps {
  readonly placements: Pick<PlacementStore, 'queued' | 'asked' | 'save'>
  readonly commands: Pick<Commands, 'queue' | 'cancel'>
  readonly contents: Contents
  readonly pace: Pick<Pace, 'turn'>
  readonly clock: Clock
  readonly noteFault: (error: unknown, organisationId: string) => void
}

interface Sending {
  readonly versions: Versions
  readonly ipadOf: (placement: Placement) => StandingIpad | undefined
}

export type Sender = ReturnType<typeof createSender>

/** Refusals of the queue that block a placement; any other refusal is temporary, and it is tried again. */
const refusals: Readonly<Record<string, Hindrance['code']>> = {
  'command-invalid': 'too-large',
  'device-unenrolled': 'not-enrolled',
  'device-unknown': 'not-enrolled',
}

/** How many are made ready and queued at the same time; their writes reach the disk together. */
const atOnce = 8

/**
 * Brings what placements want to the queues of their iPads. The command has the id that the placement was saved with,
 * so doing it again after a crash queues nothing twice.
 */
export function createSender({ placements, commands, contents, pace, clock, noteFault }: SenderDeps) {
  /** Commands that wait for their turn here, so that a round that finds them unsent does not add them again. */
  const inLine = new Set<string>()

  async function commandFor(
    placement: Placement,
    { versions, ipadOf }: Sending,
  ): Promise<CommandWanted | Hindrance | undefined> {
    const { content, want, identifier, number } = placement
    if (want === 'removed') return contents.of(content.kind).removal(identifier)
    const ipad = ipadOf(placement)
    if (!ipad) return undefined
    await versions.load([[content, number]])
    return versions.get(content, number).version.command(ipad)
  }

  async function sendInTurn(placement: Placement, sending: Sending): Promise<void> {
    const { commandId = '' } = placement
    if (inLine.has(commandId)) return
    inLine.add(commandId)
    try {
      if (await pace.turn()) await send(placement, sending)
    } finally {
      inLine.delete(commandId)
    }
  }

  async function send(placement: Placement, sending: Sending): Promise<void> {
    const { commandId } = placement
    if (commandId === undefined) return
    // Made anew where the iPad has got another identity meanwhile.
    const hindrance = await againWhenStale(async () => {
      const made = await commandFor(placement, sending)
      return made && (isHindrance(made) ? made : queue(placement, commandId, made))
    })
    if (hindrance) await save(foundHindered(placement, hindrance, clock.now()))
  }

  /** Why it cannot be queued; undefined when it is. */
  async function queue(
    placement: Placement,
    commandId: string,
    command: CommandWanted,
  ): Promise<Hindrance | undefined> {
    const actor = systemActor(placement.organisationId)
    const { deviceId } = placement
    try {
      await commands.queue(actor, { ...command, id: commandId, deviceId })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const code = refusals[error.code]
      if (code === undefined) throw error
      return { code }
    }
    // Somebody may have wanted another thing meanwhile, whose command must not be followed by this one.
    if (!(await placements.queued(placement)))
      await commands.cancel(actor, commandId, { alsoSent: false }).catch(unlessRefused)
    return undefined
  }

  async function save(placement: Placement): Promise<void> {
    await placements.save(placement).catch(unlessRefused)
  }

  return {
    async sendAll(waiting: readonly Placement[], sending: Sending): Promise<void> {
      const queue = waiting.values()
      const worker = async () => {
        // A fault with one is noted, and it is taken up again with what a crash left; it holds up no other.
        for (const placement of queue)
          await sendInTurn(placement, sending).catch((error: unknown) =>
            noteFault(error, placement.organisationId),
          )
      }
      await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, worker))
    },

    /** Asks an iPad of itself what decides whether it can have what is wanted on it. */
    async askItself(organisationId: string, deviceId: string, id: string): Promise<void> {
      await commands
        .queue(systemActor(organisationId), {
          id,
          deviceId,
          requestType: 'DeviceInformation',
          parameters: {},
        })
        .catch(unlessRefused)
    },

    /** Asks the iPad what it has; one question serves for all that wait for it. */
    async ask(waiting: readonly Placement[]): Promise<void> {
      const [first] = waiting
      if (first?.proofId === undefined) return
      const { organisationId, deviceId, proofId, content } = first
      await commands
        .queue(systemActor(organisationId), { id: proofId, deviceId, ...contents.of(content.kind).proof })
        .catch(unlessRefused)
      for (const placement of waiting) await placements.asked(placement)
    },
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof DomainError)) throw error
}
