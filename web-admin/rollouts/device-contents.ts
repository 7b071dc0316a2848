import { type ContentRef } from '../../server/assignments/content.ts'
import { type Labels } from '../../server/assignments/labels.ts'
import { type Device } from '../../server/devices/device.ts'
import { type UnassignedProfiles } from '../../server/rollouts/unassigned-profiles.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Reader } from '../reader.ts'
import { placementRow } from './placement-view.ts'

export interface DeviceContentsDeps {
  readonly rollouts: Pick<Rollouts, 'placements' | 'nameOf'>
  readonly labels: Pick<Labels, 'of'>
  readonly unassignedProfiles: Pick<UnassignedProfiles, 'of'>
}

const mostRows = 50

/** What is meant for one iPad and how far each has come, for its page; nothing for whoever may not see it. */
export async function deviceContents(
  { rollouts, labels, unassignedProfiles }: DeviceContentsDeps,
  { actor, language, may }: Reader,
  { id, management }: Pick<Device, 'id' | 'management'>,
) {
  const own = { labels: (await labels.of(actor, id)).join(', '), mayLabel: may('devices.write') }
  if (!may('rollouts.read')) return own
  const { items } = await rollouts.placements(actor, { deviceId: id, limit: mostRows })
  const names = await Promise.all(items.map(({ content }) => rollouts.nameOf(actor, content)))
  const { profiles } = await unassignedProfiles.of(actor, id)
  return {
    ...own,
    contents: {
      unassigned: profiles,
      mayRemove: may('rollouts.write') && management === 'enrolled',
      maySend: may('rollouts.send-again'),
      rows: items.map((placement, index) => ({
        ...placementRow(placement, language),
        name: names[index] ?? placement.identifier,
        href: hrefOf(placement.content),
      })),
    },
  }
}

const hrefOf = ({ kind, id }: ContentRef): string =>
  kind === 'guide' ? `/profiles/guides/${id}` : `/profiles/${id}`
