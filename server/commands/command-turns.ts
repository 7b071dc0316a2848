import {
  afterNewEnrolment,
  afterReport,
  isOpen,
  mustWakeAgain,
  nextCommand,
  openStates,
  type Turn,
} from '../../mdm/command-queue.ts'
import { type CommandReport } from '../../mdm/command-report.ts'
import { buildCommand } from '../../mdm/commands/command.ts'
import { CommandError } from '../../mdm/commands/command-error.ts'
import { isRequestType } from '../../mdm/commands/catalogue.ts'
import { wordsOfError } from '../../mdm/commands/error-words.ts'
import { type Transaction } from '../database/transaction.ts'
import { type DeviceEvent } from '../device-channel/device-event.ts'
import { type DeviceEvents } from '../device-channel/device-events.ts'
import { type Enrolment } from '../enrolment/enrolment.ts'
import { type Command } from './command.ts'
import { endCommand } from './command-ending.ts'
import { type CommandStore, type WaitingEntry } from './command-store.ts'

interface CommandTurnsDeps {
  readonly commands: CommandStore
  readonly enrolments: {
    nothingWaits(enrolment: Pick<Enrolment, 'id' | 'organisationId' | 'sequence'>): Promise<void>
    unlockTokenOf(enrolment: Enrolment): Uint8Array | undefined
  }
  readonly events: DeviceEvents
  readonly wake: (enrolmentIds: readonly string[]) => void
  readonly transaction: Transaction
}

type Report = Exclude<CommandReport, { status: 'Idle' }>

const pageSize = 100

export type CommandTurns = ReturnType<typeof createCommandTurns>

/** The queue as an iPad meets it: it reports, it gets the next command. */
export function createCommandTurns(deps: CommandTurnsDeps) {
  const { commands, enrolments, events, wake, transaction } = deps

  /**
   * Writes down what an iPad says about a command. A UUID that we do not know, and a report on what has ended, change
   * nothing: the iPad must get an answer, or it would repeat it for ever.
   */
  async function report(enrolment: Enrolment, said: Report, now: Date): Promise<Turn> {
    const { status, commandUuid } = said
    const known = await commands.find(enrolment.organisationId, commandUuid)
    const command = known?.enrolmentId === enrolment.id ? known : undefined
    if (!command || !isOpen(command.state)) return { kind: 'report', status, sequence: undefined }
    const turn: Turn = { kind: 'report', status, sequence: command.sequence }
    const state = afterReport(command.state, status)
    if (state === 'not-now') await commands.change(command, ['queued', 'sent'], { state, notNowAt: now })
    if (state === 'acknowledged' || state === 'failed') {
      const ended = await transaction(() =>
        endCommand(deps, command, { ...ending(said, state), finishedAt: now }),
      )
      if (ended) await events.deliver(ended.event)
    }
    return turn
  }

  async function expire(entry: WaitingEntry, { organisationId }: Enrolment, now: Date): Promise<void> {
    const command = { id: entry.id, organisationId }
    const ended = await transaction(() => endCommand(deps, command, { state: 'expired', finishedAt: now }))
    if (ended) await events.deliver(ended.event)
  }

  /** Hands out `entry`, or nothing when it cannot be handed out any more. */
  async function handOut(
    entry: WaitingEntry,
    enrolment: Enrolment,
    now: Date,
  ): Promise<Uint8Array | undefined> {
    const { organisationId } = enrolment
    const sent =
      entry.state === 'sent'
        ? await commands.find(organisationId, entry.id)
        : await commands.change({ id: entry.id, organisationId }, openStates, { state: 'sent', sentAt: now })
    if (!sent || !isOpen(sent.state)) return undefined
    try {
      return built(sent, enrolments.unlockTokenOf(enrolment))
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      const failure = { chain: [], words: error.message }
      const ended = await transaction(() =>
        endCommand(deps, sent, { state: 'failed', error: failure, finishedAt: now }),
      )
      if (ended) await events.deliver(ended.event)
      return undefined
    }
  }

  /** The first of `entries` that may and can be handed out at this turn; what cannot be has ended. */
  async function offer(
    entries: readonly WaitingEntry[],
    enrolment: Enrolment,
    turn: Turn,
    now: Date,
  ): Promise<{ bytes: Uint8Array | undefined; left: readonly WaitingEntry[] }> {
    const chosen = nextCommand(entries, turn)
    const entry = chosen && entries.find(({ id }) => id === chosen.id)
    if (!entry) return { bytes: undefined, left: entries }
    const bytes = await handOut(entry, enrolment, now)
    if (bytes) return { bytes, left: entries }
    const left = entries.filter(other => other !== entry)
    return offer(left, enrolment, turn, now)
  }

  /**
   * The property list of the next command, or undefined when there is none for this turn. What was put off although
   * the iPad goes on working is pushed for, since it will not ask by itself.
   */
  async function next(enrolment: Enrolment, turn: Turn, now: Date): Promise<Uint8Array | undefined> {
    if (!enrolment.waiting) return undefined
    let waits: readonly WaitingEntry[] = []
    let behind = -1
    for (;;) {
      const page = await commands.waiting(enrolment.id, behind, pageSize)
      const late = page.filter(({ expiresAt }) => expiresAt && expiresAt <= now)
      for (const entry of late) await expire(entry, enrolment, now)
      const { bytes, left } = await offer(
        page.filter(entry => !late.includes(entry)),
        enrolment,
        turn,
        now,
      )
      if (bytes) return bytes
      if (left.length > 0) waits = left
      if (page.length < pageSize) break
      behind = page.at(-1)?.sequence ?? behind
    }
    if (waits.length === 0) await enrolments.nothingWaits(enrolment)
    else if (mustWakeAgain(waits, turn)) wake([enrolment.id])
    return undefined
  }

  /**
   * Ends what was open in an enrolment that has come to its end; called inside a transaction, which the events are
   * delivered after. `erase` says what becomes of an erase that is still open.
   */
  async function clear(
    enrolment: Pick<Enrolment, 'id' | 'organisationId'>,
    now: Date,
    erase: 'decide' | 'keep',
  ): Promise<DeviceEvent[]> {
    const told: DeviceEvent[] = []
    let behind = -1
    for (;;) {
      const page = await commands.waiting(enrolment.id, behind, pageSize)
      for (const { id, state, requestType } of page) {
        if (erase === 'keep' && requestType === 'EraseDevice') continue
        const end = afterNewEnrolment(requestType, state)
        const command = { id, organisationId: enrolment.organisationId }
        const ended = await endCommand(deps, command, { state: end, finishedAt: now })
        if (ended) told.push(ended.event)
      }
      if (page.length < pageSize) return told
      behind = page.at(-1)?.sequence ?? behind
    }
  }

  /** Whether an erase was handed out in this enrolment and has not failed. */
  async function eraseSent(
    enrolment: Pick<Enrolment, 'organisationId' | 'deviceId' | 'id'>,
  ): Promise<boolean> {
    const erases = await commands.page(enrolment.organisationId, enrolment.deviceId, {
      limit: 20,
      requestType: 'EraseDevice',
    })
    return erases.some(
      ({ enrolmentId, state }) =>
        enrolmentId === enrolment.id && (state === 'sent' || state === 'acknowledged'),
    )
  }

  return { report, next, clear, eraseSent }
}

function ending({ errorChain, response }: Report, state: 'acknowledged' | 'failed') {
  if (state === 'acknowledged') return { state, result: response }
  return {
    state,
    error: { chain: errorChain, words: wordsOfError(errorChain) },
    ...(Object.keys(response).length > 0 && { result: response }),
  }
}

function built({ id, requestType, parameters }: Command, unlockToken: Uint8Array | undefined): Uint8Array {
  if (!isRequestType(requestType))
    throw new CommandError('This server does not know the command any more.', [])
  return buildCommand(id, { requestType, parameters }, { unlockToken })
}
