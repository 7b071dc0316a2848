import { type AuditReader, type ListedEvent } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { lifecycles, type Device, type Lifecycle } from './device.ts'
import { type Devices } from './devices.ts'

/** How long somebody may take back where they put an iPad by hand. */
const takeBackMinutes = 10

interface TakenBack {
  readonly from: Lifecycle
  readonly to: Lifecycle
  readonly until: Date
}

/**
 * Where the iPad was, when the last that happened to it is that this person put it by hand where it is, no more than
 * `takeBackMinutes` ago. What loans, cases and jobs move is theirs to take back.
 */
export function moveToTakeBack(
  { lifecycle }: Pick<Device, 'lifecycle'>,
  newest: Pick<ListedEvent, 'action' | 'actor' | 'at' | 'before' | 'after'> | undefined,
  { actorId, now }: { readonly actorId: string; readonly now: Date },
): TakenBack | undefined {
  if (newest?.action !== 'devices.move' || newest.after?.['byHand'] !== true) return undefined
  const to = lifecycles.find(one => one === newest.before?.['lifecycle'])
  const until = new Date(newest.at.getTime() + takeBackMinutes * 60_000)
  const isOwn = newest.actor.id === actorId && newest.after['lifecycle'] === lifecycle
  return to && isOwn && now <= until ? { from: lifecycle, to, until } : undefined
}

interface TakingBackDeps {
  readonly devices: Pick<Devices, 'get' | 'takeBackMove'>
  readonly audit: AuditReader
  readonly clock: Clock
}

export type TakingBack = ReturnType<typeof createTakingBack>

/** Undoing a change of state that was made by mistake on one iPad. */
export function createTakingBack({ devices, audit, clock }: TakingBackDeps) {
  /** The move that `takeBack` would undo now, if any. */
  async function offered(actor: Actor, device: Pick<Device, 'id' | 'lifecycle'>) {
    const wanted = { kind: 'device', id: device.id, limit: 1 }
    const [newest] = await audit.list(actor.organisationId, wanted)
    return moveToTakeBack(device, newest, { actorId: actor.id, now: clock.now() })
  }

  /** @throws {DomainError} not-found `device-unknown`; conflict `move-stands`, `device-moved-since` */
  async function takeBack(actor: Actor, id: string, reason: string): Promise<Device> {
    const move = await offered(actor, await devices.get(actor, id))
    if (!move) throw new DomainError('conflict', 'move-stands', 'This change can no longer be undone.')
    return devices.takeBackMove(actor, id, { from: move.from, to: move.to, reason })
  }

  return { offered, takeBack }
}
