import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { normalLabel } from './assignment.ts'
import { type LabelStore } from './label-store.ts'

interface LabelsDeps {
  readonly labels: LabelStore
  readonly devices: Pick<Devices, 'brief'>
  readonly audit: Audit
  readonly transaction: Transaction
}

export type Labels = ReturnType<typeof createLabels>

const mostLabels = 20
const longest = 40

/** Words that staff put on iPads to group them: `meeting room`, `council chamber`. */
export function createLabels({ labels, devices, audit, transaction }: LabelsDeps) {
  return {
    /** Every label in use, by name. */
    list: (actor: Actor) => labels.all(actor.organisationId),

    /** The labels of one iPad. @throws {DomainError} not-found `device-unknown` */
    async of(actor: Actor, deviceId: string): Promise<readonly string[]> {
      await devices.brief(actor, deviceId)
      return (await labels.ofDevices(actor.organisationId, [deviceId])).get(deviceId) ?? []
    },

    /**
     * The iPad with these labels and no others.
     * @throws {DomainError} not-found `device-unknown`; invalid `labels-invalid`
     */
    async put(actor: Actor, deviceId: string, wanted: readonly string[]): Promise<readonly string[]> {
      const next = [...new Set(wanted.map(normalLabel))].filter(Boolean).toSorted()
      if (next.length > mostLabels || next.some(label => label.length > longest)) {
        const message = `At most ${mostLabels} labels of at most ${longest} characters each.`
        throw new DomainError('invalid', 'labels-invalid', message, [{ path: 'labels', message }])
      }
      return transaction(async () => {
        await devices.brief(actor, deviceId)
        const before = (await labels.ofDevices(actor.organisationId, [deviceId])).get(deviceId) ?? []
        await labels.put(actor.organisationId, deviceId, next)
        await audit.record(actor, {
          action: 'devices.label',
          on: { kind: 'device', id: deviceId },
          before: { labels: before },
          after: { labels: next },
        })
        return next
      })
    },
  }
}
