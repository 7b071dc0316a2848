import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { type Actor } from '../staff/actor.ts'

/** The iPads of an organisation as profiles see them. */
export interface Fleet {
  ipads(actor: Actor): Promise<readonly IpadFacts[]>
}

/** Enrolled iPads that have told of their system; of the others nothing can be said. */
export function createFleet(devices: Pick<Devices, 'list'>): Fleet {
  return {
    async ipads(actor) {
      const found: IpadFacts[] = []
      let after: string | undefined
      do {
        const page = await devices.list(actor, {
          ...{ management: 'enrolled', sort: 'assetTag', descending: false, limit: 200 },
          ...(after !== undefined && { after }),
        })
        found.push(...page.items.flatMap(factsOf))
        after = page.next ?? undefined
      } while (after !== undefined)
      return found
    },
  }
}

function factsOf({ information }: Device): IpadFacts[] {
  if (information?.osVersion === undefined) return []
  const { osVersion, supervised = false } = information
  return [{ osVersion, supervised, enrolment: 'device', sharedIpad: false }]
}
