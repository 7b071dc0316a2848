import { type Labels } from '../../server/assignments/labels.ts'
import { type Device } from '../../server/devices/device.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Reader } from '../reader.ts'
import { placementRow } from './placement-view.ts'

export interface DeviceContentsDeps {
  readonly rollouts: Pick<Rollouts, 'placements'>
  readonly labels: Pick<Labels, 'of'>
  readonly profiles: Pick<Profiles, 'list'>
}

const mostRows = 50

/** What is meant for one iPad and how far each has come, for its page; nothing for whoever may not see it. */
export async function deviceContents(
  { rollouts, labels, profiles }: DeviceContentsDeps,
  { actor, language, may }: Reader,
  { id }: Pick<Device, 'id'>,
) {
  const own = { labels: (await labels.of(actor, id)).join(', '), mayLabel: may('devices.write') }
  if (!may('rollouts.read')) return own
  const { items } = await rollouts.placements(actor, { deviceId: id, limit: mostRows })
  const names = new Map((await profiles.list(actor)).map(({ profile }) => [profile.id, profile.name]))
  return {
    ...own,
    contents: {
      maySend: may('rollouts.send-again'),
      rows: items.map(placement => ({
        ...placementRow(placement, language),
        name: names.get(placement.content.id) ?? placement.identifier,
        href: `/profiles/${placement.content.id}/versions/${placement.number}`,
      })),
    },
  }
}
