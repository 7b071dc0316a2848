import { type Stranding } from '../../profiles/stranding.ts'
import { type ContentRef } from '../assignments/content.ts'

/** One content on one iPad: what is wanted there, and how far it has come. */
export interface Placement {
  readonly id: string
  readonly organisationId: string
  readonly deviceId: string
  /** Asset tag of the iPad when it was last looked at: what lists are in order of. */
  readonly tag: string
  readonly content: ContentRef
  /** By which the iPad knows the content. */
  readonly identifier: string
  readonly want: 'installed' | 'removed'
  readonly state: PlacementState
  /** The version that is wanted, or that is to go. */
  readonly number: number
  /** Of that version with the values of this iPad. */
  readonly mark: string
  /** The version that the iPad showed last; kept until the iPad shows another, or that it is gone. */
  readonly has?: PlacedVersion & { readonly since: Date }
  /** Versions that were on their way before something else was wanted, and that the iPad may have got. */
  readonly maybe?: readonly PlacedVersion[]
  readonly assignmentId: string
  /** The roll-out that brought it this far; missing when the iPad came later. */
  readonly rolloutId?: string
  /** In which wave of it, from 0. */
  readonly wave?: number
  /** A roll-out whose wave has not come to this iPad. */
  readonly next?: NextWave
  /** Of `blocked`. */
  readonly hindrance?: Hindrance
  /** The command that does it; saved here before it is queued, under this id. */
  readonly commandId?: string
  /** The command is still to be queued. */
  readonly toQueue?: boolean
  /** Asks the iPad what it has; queued under this id. */
  readonly proofId?: string
  readonly toProve?: boolean
  /** Not asked before this: it was still being fetched when it was last asked for. */
  readonly proveAfter?: Date
  /** How often it was found to be still on its way. */
  readonly waits?: number
  /** Nothing assigns it any more, or another version follows; it stays, for without it the iPad would be stranded. */
  readonly keeps?: Stranding
  /** Of `failed` and `drifted`. */
  readonly fault?: PlacementFault
  /** How many times it was sent since it was last wanted. */
  readonly tries: number
  readonly pendingAt?: Date
  readonly deliveredAt?: Date
  readonly provenAt?: Date
  /** When it was sent again by itself since it had drifted; that is done once, the next time waits for a person. */
  readonly mendedAt?: Date
  readonly changedAt: Date
  readonly version: number
}

/** A version with the values of one iPad. */
export interface PlacedVersion {
  readonly number: number
  readonly mark: string
}

export const placementStates = [
  'planned',
  'held',
  'blocked',
  'pending',
  'delivered',
  'proven',
  'failed',
  'drifted',
] as const
/**
 * `planned`: its wave has not come. `held`: the roll-out was stopped before the iPad fetched it. `blocked`: it must not
 * or cannot be sent. `pending`: queued. `delivered`: acknowledged. `proven`: the iPad has shown that it is so.
 * `failed`: refused, or acknowledged and not there. `drifted`: it was proven, and the iPad shows something else.
 */
export type PlacementState = (typeof placementStates)[number]

export interface NextWave {
  readonly rolloutId: string
  /** From 0. */
  readonly wave: number
}

/** Why something is not sent to an iPad. */
export interface Hindrance {
  readonly code:
    | 'value-missing'
    | 'not-told-yet'
    | 'not-supervised'
    | 'too-old'
    | 'removed-by-apple'
    | 'personal-ipad'
    | 'not-for-this-ipad'
    | 'no-certificate'
    | 'too-large'
    | 'unwritable'
    | 'not-enrolled'
    | 'passcode-loop'
    | 'no-allowed-network'
    | 'only-one'
  /** Of `value-missing`: variables that nothing is known for (R08). */
  readonly missing?: readonly string[]
  /** Of `too-old`: the iPadOS it needs. */
  readonly since?: string
  /** Of `only-one`: the name of the profile whose part is in the way. */
  readonly other?: string
}

/** Found only when the content is made for the iPad: nothing known of the iPad beforehand shows it. */
const inMaking: readonly Hindrance['code'][] = ['no-certificate', 'too-large', 'unwritable']

/** Whether it could not be made for its iPad, and making the same again would come to the same. */
export function couldNotBeMade({ state, want, hindrance }: Placement): boolean {
  return (
    state === 'blocked' &&
    want === 'installed' &&
    hindrance !== undefined &&
    inMaking.includes(hindrance.code)
  )
}

/**
 * Whether a roll-out weighs an iPad that is hindered so: it gets the content without anybody deciding anew, as soon as it
 * has told of itself or somebody with the value borrows it. Another one gets nothing of it, and is weighed when it can.
 */
export const isWeighedHindered = ({ code }: Hindrance): boolean =>
  code === 'value-missing' || code === 'not-told-yet'

/** Whether the roll-out that brings `after` blocked it before, without having weighed it. */
export const wasLeftUnweighed = (
  { state, hindrance, rolloutId }: Placement,
  after: Placement | undefined,
): boolean =>
  state === 'blocked' &&
  rolloutId === after?.rolloutId &&
  hindrance !== undefined &&
  !isWeighedHindered(hindrance) &&
  !inMaking.includes(hindrance.code)

/** Whether it waits only for its iPad to report its facts. */
export const isUntold = ({ state, hindrance }: Placement): boolean =>
  state === 'blocked' && hindrance?.code === 'not-told-yet'

export interface PlacementFault {
  readonly code: 'refused' | 'cancelled' | 'not-there' | 'other-version' | 'still-there' | 'gone'
  /** What the iPad said, where it said something. */
  readonly words?: string
}

/** Whether a person may have it sent again, or tried anew: everything but what waits for a wave, or for a roll-out to go on. */
export function maySendAgain({ state }: Pick<Placement, 'state'>): boolean {
  return state !== 'planned' && state !== 'held'
}

/** `after` with the version that follows `before`; `before` itself when nothing changed. */
export function changed(before: Placement, after: Placement): Placement {
  return after === before ? before : { ...after, version: before.version + 1 }
}

type Emptied =
  | 'next'
  | 'hindrance'
  | 'fault'
  | 'commandId'
  | 'toQueue'
  | 'proofId'
  | 'toProve'
  | 'proveAfter'
  | 'waits'
  | 'rolloutId'
  | 'wave'
  | 'pendingAt'
  | 'deliveredAt'
  | 'provenAt'
  | 'mendedAt'
  | 'keeps'
  | 'has'
  | 'maybe'

/** The placement without these fields. */
export function without(placement: Placement, ...emptied: readonly Emptied[]): Placement {
  const copy: { -readonly [K in keyof Placement]: Placement[K] } = { ...placement }
  for (const field of emptied) Reflect.deleteProperty(copy, field)
  return copy
}
