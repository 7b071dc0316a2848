import { type Device } from '../devices/device.ts'
import { lineOf, type Line } from './case-queue.ts'
import { isClosed, isErased, isMissingKind, mayBeLocated, without, type Incident } from './incident.ts'
import { isPending, pendingTask, type IncidentTask, type SentCommand } from './incident-task.ts'
import { inOrder, stepsOf, type Step } from './timeline.ts'
import { warrantyCover, type WarrantyCover } from './warranty.ts'

/** A case as people look at it: with the commands that are still on their way in its timeline. */
export interface IncidentView extends Omit<Incident, 'claim' | 'tasks'> {
  readonly timeline: readonly Step[]
  /** In whose queue it is. */
  readonly line: Line
  readonly reach: Reach
  /** What is still to come from somebody. */
  readonly missing: readonly 'police-number'[]
  readonly warranty: WarrantyCover
  readonly tasks: readonly Pick<IncidentTask, 'id' | 'kind' | 'state' | 'askedAt'>[]
  readonly actions: readonly Action[]
}

const actions = [
  'confirm',
  'police-number',
  'lock',
  'locate',
  'play-sound',
  'request-wipe',
  'recover',
  'decide',
  'replace',
  'close',
  'take',
  'let-go',
  'escalate',
  'hand-back',
] as const
export type Action = (typeof actions)[number]

/**
 * Whether the iPad can hear: `not-enrolled` nothing can be sent, `waiting` something is sent and not answered (it may be
 * off, without network, or restarted by a thief: then it joins no known Wi-Fi before its passcode), `answering` nothing
 * is outstanding; `erased` it was wiped and has not been started up again.
 */
type Reach = 'not-enrolled' | 'waiting' | 'answering' | 'erased'

/** `device` as it is now; `commands` are those of the pending tasks, as the device channel has them. */
export function incidentView(
  incident: Incident,
  device: Pick<Device, 'management' | 'warrantyEndsOn' | 'ownership'>,
  commands: readonly SentCommand[],
): IncidentView {
  const { tasks, timeline } = incident
  const onTheirWay = tasks.filter(isPending).flatMap(task => {
    const command = commands.find(({ id }) => id === task.id)
    return command ? stepsOf(task, command) : []
  })
  return {
    ...without(incident, 'claim', 'tasks'),
    line: lineOf(incident),
    timeline: inOrder([...timeline, ...onTheirWay]),
    reach: reachOf(incident, device),
    missing: incident.kind === 'theft' && incident.policeNumber === undefined ? ['police-number'] : [],
    warranty: warrantyCover(incident, device),
    tasks: tasks.map(({ id, kind, state, askedAt }) => ({ id, kind, state, askedAt })),
    actions: actions.filter(
      action => isOpenTo[action](incident) && !(action === 'request-wipe' && device.ownership === 'personal'),
    ),
  }
}

function reachOf(incident: Incident, { management }: Pick<Device, 'management'>): Reach {
  const { tasks, recoveredAt } = incident
  if (isErased(incident) && recoveredAt === undefined) return 'erased'
  if (management !== 'enrolled') return 'not-enrolled'
  return tasks.some(isPending) ? 'waiting' : 'answering'
}

const wipeOpen = ({ state }: Incident) => state === 'wipe-requested' || state === 'wipe-approved'
/** It is away, and there is something on it: a wiped iPad has nothing left to lock or erase. */
const holdsSomething = (incident: Incident) => mayBeLocated(incident) && !isErased(incident)
const inLostMode = (incident: Incident) => mayBeLocated(incident) && incident.lockedAt !== undefined

/** Whether the state of the case allows it; who may do it is the rights' matter. */
const isOpenTo = {
  confirm: incident => !incident.confirmedAt && !isClosed(incident),
  'police-number': ({ kind }) => isMissingKind(kind),
  lock: incident => holdsSomething(incident) && !incident.lockedAt && !pendingTask(incident, 'lock'),
  locate: inLostMode,
  'play-sound': inLostMode,
  'request-wipe': incident => holdsSomething(incident) && !wipeOpen(incident) && incident.state !== 'decided',
  recover: ({ recoveredAt }) => recoveredAt === undefined,
  decide: incident => !incident.decision && incident.state !== 'wipe-requested' && !isClosed(incident),
  replace: incident => !incident.replacement && !isClosed(incident),
  close: incident =>
    !isClosed(incident) &&
    incident.state !== 'wipe-requested' &&
    Boolean(incident.recoveredAt ?? incident.decision ?? incident.replacement),
  take: incident => !incident.taken && !isClosed(incident),
  'let-go': incident => incident.taken !== undefined && !isClosed(incident),
  escalate: incident => !incident.escalated && !isClosed(incident),
  'hand-back': incident => incident.escalated !== undefined && !isClosed(incident),
} as const satisfies Record<Action, (incident: Incident) => boolean>
