import { type Secured } from '../confidential-papers/eligibility.ts'
import { type Actor } from '../staff/actor.ts'
import { type Placement } from './placement.ts'
import { type PlacementStore } from './placement-store.ts'
import { createVersions, type Contents, type Versions } from './versions.ts'

interface SecuringDeps {
  readonly placements: Pick<PlacementStore, 'ofDevices'>
  readonly contents: Contents
}

/** What the profiles of iPads have proven: what the iPad showed last counts, not what is on its way. */
export function createSecuring({ placements, contents }: SecuringDeps) {
  return async function secured(
    { organisationId }: Actor,
    deviceIds: readonly string[],
  ): Promise<ReadonlyMap<string, Secured>> {
    const all = (await placements.ofDevices(organisationId, deviceIds)).filter(
      ({ content }) => content.kind === 'profile',
    )
    const versions = createVersions(organisationId, contents)
    await versions.load(all.flatMap(({ content, has }) => (has ? [[content, has.number] as const] : [])))
    return new Map(
      deviceIds.map(
        id =>
          [
            id,
            securedBy(
              all.filter(({ deviceId }) => deviceId === id),
              versions,
            ),
          ] as const,
      ),
    )
  }
}

function securedBy(own: readonly Placement[], versions: Versions): Secured {
  return {
    demandsPasscode: own.some(
      ({ content, has }) =>
        has && versions.get(content, has.number).version.footing?.demandsPasscode === true,
    ),
    hasFaults: own.some(
      ({ state, want }) => state === 'drifted' || (state === 'failed' && want === 'installed'),
    ),
  }
}
