import { type Doer, type Incident } from './incident.ts'
import { type IncidentTask, type SentCommand, type TaskKind } from './incident-task.ts'

/** How far a command to the iPad has come. */
export const phases = [
  'asked',
  'not-enrolled',
  'queued',
  'pushed',
  'fetched',
  'not-now',
  'done',
  'failed',
  'cancelled',
  'expired',
] as const
type Phase = (typeof phases)[number]

export const deeds = [
  'reported',
  'reported-again',
  'confirmed',
  'police-number',
  'wipe-asked',
  'wipe-approved',
  'wipe-refused',
  'wipe-expired',
  'wipe-withdrawn',
  'checked-out',
  'enrolled-again',
  'recovered',
  'replaced',
  'decided',
  'positions-removed',
  'closed',
  'escalated',
  'handed-back',
  'taken',
  'let-go',
] as const
export type Deed = (typeof deeds)[number]

/** One thing that happened, such as `reported`, `lock-pushed` or `erase-done`; pages have the words for it. */
export interface Step {
  readonly at: Date
  readonly what: StepName
  readonly by: Doer
  readonly commandId?: string
  /** Plain facts for the words: who, which number, why. Never a position. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

type StepName = Deed | `${TaskKind}-${Phase}`

export const product: Doer = { kind: 'system', id: 'system', name: 'Örnkoll' }
export const theIpad: Doer = { kind: 'device', id: 'device', name: 'iPad' }

export function withStep(incident: Incident, step: Step): Incident {
  return { ...incident, timeline: [...incident.timeline, step] }
}

/** What the times of a command tell, in order: queued, pushed, fetched, NotNow and how it ended. */
export function stepsOf(task: Pick<IncidentTask, 'kind' | 'askedBy'>, command: SentCommand): Step[] {
  const { times, id: commandId } = command
  const end = endOf(command)
  const steps: readonly (readonly [Phase, Date | undefined, Doer])[] = [
    ['queued', times.queuedAt, task.askedBy],
    ['pushed', times.pushedAt, product],
    ['fetched', times.sentAt, theIpad],
    ['not-now', times.notNowAt, theIpad],
    ...(end
      ? [[end, times.finishedAt, end === 'done' || end === 'failed' ? theIpad : product] as const]
      : []),
  ]
  return steps.flatMap(([phase, at, by]) =>
    at === undefined
      ? []
      : [
          {
            at,
            what: `${task.kind}-${phase}` as const,
            by,
            commandId,
            ...(phase === 'failed' && command.errorWords && { detail: { error: command.errorWords } }),
          },
        ],
  )
}

function endOf({ state }: SentCommand): Phase | undefined {
  switch (state) {
    case 'acknowledged':
      return 'done'
    case 'failed':
    case 'cancelled':
    case 'expired':
      return state
    case 'queued':
    case 'sent':
    case 'not-now':
      return undefined
  }
}

/** All steps by their time; those of one moment stay as they were told. */
export function inOrder(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => a.at.getTime() - b.at.getTime())
}
