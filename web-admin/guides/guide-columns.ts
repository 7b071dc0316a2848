import { type Guide } from '../../server/guides/guide.ts'
import { type Coverage } from '../../server/rollouts/rollouts.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'

export interface ListedGuide {
  readonly guide: Pick<Guide, 'id' | 'name' | 'latest'>
  readonly coverage: Coverage
}

/** The columns of the list of guides. */
export function guideColumns({ say }: Reader): Column<ListedGuide>[] {
  return [
    {
      key: 'name',
      text: 'profile.name',
      sort: 'name',
      show: ({ guide }) => ({ text: guide.name, href: `/profiles/guides/${guide.id}` }),
      file: ({ guide }) => guide.name,
    },
    {
      key: 'version',
      text: 'profile.newest',
      sort: 'version',
      show: ({ guide }) => ({ text: say('profile.version', { number: guide.latest }), isUnbroken: true }),
      file: ({ guide }) => guide.latest,
    },
    {
      key: 'coverage',
      text: 'guide.coverage',
      sort: 'coverage',
      show: ({ coverage: { of, percent } }) =>
        of === 0 ? say('guide.nowhere') : say('guide.coverage.of', { percent, count: of }),
      file: ({ coverage: { of, percent } }) => (of === 0 ? undefined : percent),
    },
    {
      key: 'ipads',
      text: 'rollout.ipads',
      isNumber: true,
      isSpare: true,
      sort: 'ipads',
      show: ({ coverage }) => String(coverage.of),
      file: ({ coverage }) => coverage.of,
    },
  ]
}
