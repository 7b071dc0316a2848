import { DomainError } from '../domain-error.ts'
import { checkMove, isErased, mayBeLocated, without, type Doer, type Incident } from './incident.ts'
import { stepsOf, withStep } from './timeline.ts'

export const taskKinds = ['lock', 'locate', 'sound', 'unlock', 'erase'] as const
export type TaskKind = (typeof taskKinds)[number]

/**
 * One thing to do with the iPad. It is saved with what caused it, before anything is queued: anything that finds it
 * waiting queues it, under its own id, so that queueing it twice has no further effect.
 */
export interface IncidentTask {
  /** Also the id of the command to the iPad. */
  readonly id: string
  readonly kind: TaskKind
  /** `dropped`: it is no longer wanted. */
  readonly state: 'waiting' | 'queued' | 'done' | 'failed' | 'dropped'
  /** What asked for it; a cause asks for a kind once. */
  readonly cause: string
  readonly askedAt: Date
  readonly askedBy: Doer
  /** Queued, and not wanted any more: to be cancelled if the iPad has not fetched it. */
  readonly unwanted?: boolean
  /** The iPad could not be reached at all, and the timeline says so. */
  readonly notEnrolled?: boolean
}

/** Apple's names of what is sent. */
export const requestTypes = {
  lock: 'EnableLostMode',
  locate: 'DeviceLocation',
  sound: 'PlayLostModeSound',
  unlock: 'DisableLostMode',
  erase: 'EraseDevice',
} as const satisfies Record<TaskKind, string>

/** What incidents need to know of a command on its way. */
export interface SentCommand {
  readonly id: string
  readonly state: 'queued' | 'sent' | 'acknowledged' | 'failed' | 'not-now' | 'cancelled' | 'expired'
  /** It was cancelled because the iPad enrolled again, not because somebody asked for that. */
  readonly startedOver?: boolean
  /** The iPad's error in words. */
  readonly errorWords?: string
  readonly times: {
    readonly queuedAt: Date
    readonly pushedAt?: Date
    readonly sentAt?: Date
    readonly notNowAt?: Date
    readonly finishedAt?: Date
  }
}

interface NewTask {
  readonly id: string
  readonly kind: TaskKind
  readonly cause: string
  readonly by: Doer
}

/** What the end of a command may need: the id of the next one, and the time. */
interface Ending {
  readonly nextId: string
  readonly now: Date
}

export function isPending({ state }: Pick<IncidentTask, 'state'>): boolean {
  return state === 'waiting' || state === 'queued'
}

export function pendingTask(incident: Pick<Incident, 'tasks'>, kind: TaskKind): IncidentTask | undefined {
  return incident.tasks.find(task => task.kind === kind && isPending(task))
}

/** The incident with one more thing to do; unchanged when the same is pending or this cause has asked already. */
export function withTask(incident: Incident, { by, ...task }: NewTask, now: Date): Incident {
  const asked = incident.tasks.some(({ kind, cause }) => kind === task.kind && cause === task.cause)
  if (asked || pendingTask(incident, task.kind)) return incident
  return { ...incident, tasks: [...incident.tasks, { ...task, state: 'waiting', askedAt: now, askedBy: by }] }
}

/** @throws {DomainError} conflict `not-in-lost-mode`: Apple answers these only in lost mode */
export function mustBeLocked({ lockedAt }: Pick<Incident, 'lockedAt'>): void {
  if (lockedAt) return
  throw new DomainError(
    'conflict',
    'not-in-lost-mode',
    'The iPad is not in lost mode yet, so it cannot answer this.',
  )
}

/** @throws {DomainError} conflict `not-missing` */
export function mustBeMissing(incident: Incident): void {
  if (mayBeLocated(incident)) return
  throw new DomainError('conflict', 'not-missing', 'This can only be done while the iPad is lost or stolen.')
}

/** @throws {DomainError} conflict `erased-already` */
export function mustHoldSomething(incident: Incident): void {
  if (!isErased(incident)) return
  throw new DomainError(
    'conflict',
    'erased-already',
    'The iPad has been wiped. If somebody starts it and it enrols, it is locked at once.',
  )
}

export function taskQueued(incident: Incident, taskId: string): Incident {
  return changeTask(incident, taskId, task =>
    task.state === 'waiting' ? { ...task, state: 'queued' } : task,
  )
}

export function taskDropped(incident: Incident, taskId: string): Incident {
  return changeTask(incident, taskId, task => (isPending(task) ? { ...task, state: 'dropped' } : task))
}

/** The incident when nothing of `kinds` is wanted any more: what waits is dropped, what is queued is to be cancelled. */
export function unwanted(incident: Incident, kinds: readonly TaskKind[] = taskKinds): Incident {
  const tasks = incident.tasks.map(task => {
    if (!kinds.includes(task.kind) || !isPending(task)) return task
    return task.state === 'waiting' ? { ...task, state: 'dropped' as const } : { ...task, unwanted: true }
  })
  return { ...incident, tasks }
}

/** Says once, honestly, that nothing can be sent; the task waits until the iPad enrols. */
export function taskUnreachable(incident: Incident, taskId: string, now: Date): Incident {
  const task = incident.tasks.find(({ id }) => id === taskId)
  if (task?.state !== 'waiting' || task.notEnrolled) return incident
  const told = changeTask(incident, taskId, one => ({ ...one, notEnrolled: true }))
  return withStep(told, { at: now, what: `${task.kind}-not-enrolled`, by: task.askedBy })
}

/**
 * The incident after its command came to an end. `nextId` is for what follows: the position once the iPad is locked, or
 * another erase. Applying the same end again changes nothing.
 */
export function commandEnded(incident: Incident, command: SentCommand, { nextId, now }: Ending): Incident {
  const task = incident.tasks.find(({ id }) => id === command.id)
  if (!task || !isPending(task)) return incident
  const told = { ...incident, timeline: [...incident.timeline, ...stepsOf(task, command)] }
  const at = command.times.finishedAt ?? now
  if (command.state === 'acknowledged') {
    const done = changeTask(told, task.id, one => ({ ...one, state: 'done' }))
    return taskDone(done, task, { at, nextId, now })
  }
  const failed = changeTask(told, task.id, one => ({
    ...one,
    state: command.state === 'failed' ? 'failed' : 'dropped',
  }))
  if (task.kind !== 'erase') return failed
  // It started over before it heard of the erase, which is still decided.
  if (!command.startedOver || task.unwanted) return eraseFailed(failed)
  return withTask(failed, { id: nextId, kind: 'erase', cause: `after:${task.id}`, by: task.askedBy }, now)
}

function taskDone(
  incident: Incident,
  task: IncidentTask,
  { at, nextId, now }: Ending & { at: Date },
): Incident {
  switch (task.kind) {
    case 'lock':
      return locked(incident, task, { at, nextId, now })
    case 'unlock':
      return without(incident, 'lockedAt')
    case 'erase':
      return erased(incident, at)
    case 'locate':
    case 'sound':
      return incident
  }
}

function locked(
  incident: Incident,
  task: IncidentTask,
  { at, nextId, now }: Ending & { at: Date },
): Incident {
  const early = incident.state === 'reported' || incident.state === 'confirmed'
  const inLostMode: Incident = {
    ...incident,
    lockedAt: at,
    ...(early && { state: 'lost-mode' }),
    // A wipe that comes to nothing leads back here.
    ...(incident.wipe && { wipe: { ...incident.wipe, stateBefore: 'lost-mode' } }),
  }
  if (!mayBeLocated(inLostMode)) return inLostMode
  return withTask(inLostMode, { id: nextId, kind: 'locate', cause: `lock:${task.id}`, by: task.askedBy }, now)
}

function erased(incident: Incident, at: Date): Incident {
  const wiped = {
    ...without(incident, 'lockedAt'),
    ...(incident.wipe && { wipe: { ...incident.wipe, erasedAt: at } }),
  }
  if (incident.state !== 'wipe-approved') return wiped
  checkMove(incident.state, 'wiped')
  return { ...wiped, state: 'wiped' }
}

function eraseFailed(incident: Incident): Incident {
  if (incident.state !== 'wipe-approved' || !incident.wipe) return incident
  return { ...incident, state: incident.wipe.stateBefore }
}

function changeTask(
  incident: Incident,
  taskId: string,
  change: (task: IncidentTask) => IncidentTask,
): Incident {
  const tasks = incident.tasks.map(task => (task.id === taskId ? change(task) : task))
  return tasks.every((task, index) => task === incident.tasks[index]) ? incident : { ...incident, tasks }
}
