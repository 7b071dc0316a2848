import { type IncidentCommands } from '../../../server/incidents/incident-channel.ts'
import { type SentCommand } from '../../../server/incidents/incident-task.ts'
import { type Fix } from '../../../server/incidents/position.ts'

interface SentToIpad {
  readonly deviceId: string
  readonly requestType: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly error?: string
  readonly fix?: Omit<Fix, 'at'>
}

/** A device channel that keeps what it was told; the test answers for the iPads. */
export function channelStandIn(clock: { now(): Date }) {
  const sent = new Map<string, SentCommand & SentToIpad & { fix?: Fix }>()
  const queued: SentToIpad[] = []
  let down = false
  const set = (id: string, changes: Partial<SentCommand> & { fix?: Fix }) => {
    const command = sent.get(id)
    if (!command) throw new Error('There is no such command')
    sent.set(id, { ...command, ...changes, times: { ...command.times, ...changes.times } })
  }
  const commands: IncidentCommands = {
    queue(_actor, { id, deviceId, requestType, parameters }) {
      if (down) return Promise.reject(new Error('the channel is down'))
      if (sent.has(id)) return Promise.resolve()
      queued.push({ deviceId, requestType, parameters })
      const at = clock.now()
      sent.set(id, {
        id,
        deviceId,
        requestType,
        parameters,
        state: 'queued',
        times: { queuedAt: at, pushedAt: at },
      })
      return Promise.resolve()
    },
    find: (_organisationId, id) => Promise.resolve(sent.get(id)),
    cancel(_actor, id) {
      const command = sent.get(id)
      if (command?.state !== 'queued') return Promise.resolve(false)
      set(id, { state: 'cancelled', times: { ...command.times, finishedAt: clock.now() } })
      return Promise.resolve(true)
    },
    fix: (_organisationId, id) => Promise.resolve(sent.get(id)?.fix),
    forgetFix(_organisationId, id) {
      const command = sent.get(id)
      delete command?.fix
      return Promise.resolve()
    },
  }
  const newest = (requestType: string) => {
    const found = [...sent.values()].filter(one => one.requestType === requestType).at(-1)
    if (!found) throw new Error(`Nothing sent ${requestType}`)
    return found
  }
  return {
    commands,
    /** What was queued for iPads, in order. */
    queued,
    types: () => queued.map(({ requestType }) => requestType),
    fixes: () => [...sent.values()].filter(({ fix }) => fix !== undefined).length,
    breakDown: (value: boolean) => void (down = value),
    newest,
    fetch(requestType: string) {
      const { id, times } = newest(requestType)
      set(id, { state: 'sent', times: { ...times, sentAt: clock.now() } })
    },
    /** Ends what is open as a new enrolment does: an erase that was fetched has been carried out. */
    startOver: () =>
      [...sent.values()]
        .filter(({ state }) => state === 'queued' || state === 'sent')
        .map(({ id, state, requestType, times }) => {
          const finished = { ...times, finishedAt: clock.now() }
          if (state === 'sent' && requestType === 'EraseDevice')
            set(id, { state: 'acknowledged', times: finished })
          else set(id, { state: 'cancelled', startedOver: true, times: finished })
          return id
        }),
    answer(requestType: string, { error, fix }: Answer) {
      const command = newest(requestType)
      const at = clock.now()
      set(command.id, {
        state: error === undefined ? 'acknowledged' : 'failed',
        ...(error !== undefined && { errorWords: error }),
        ...(fix && { fix: { ...fix, at } }),
        times: { ...command.times, sentAt: at, finishedAt: at },
      })
      return command
    },
  }
}
