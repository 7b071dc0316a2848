import { type Assignment } from '../../server/assignments/assignment.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { targetWords, wavesText } from './rollout-view.ts'

export interface ListedAssignment {
  readonly assignment: Assignment
  /** Of the profile or guide. */
  readonly name: string
  /** The newest approved version, where it waits for somebody to roll it out. */
  readonly held: number | undefined
}

/** The columns of the list of what should be where. */
export function assignmentColumns(
  { say }: Pick<Reader, 'say'>,
  bodyNames: ReadonlyMap<string, string>,
): Column<ListedAssignment>[] {
  const whom = ({ assignment }: ListedAssignment) => targetWords(assignment.target, bodyNames, say)
  const follows = ({ assignment: { pinned } }: ListedAssignment) =>
    pinned === undefined ? say('assignment.newest') : say('assignment.pinned', { number: pinned })
  const waits = ({ held }: ListedAssignment) =>
    held === undefined ? undefined : say('assignment.held.short', { number: held })
  const waves = ({ assignment }: ListedAssignment) => wavesText(assignment.plan) || say('rollout.all-at-once')
  return [
    {
      key: 'name',
      text: 'profile.name',
      sort: 'name',
      show: ({ assignment, name }) => ({
        text: name,
        href: `/profiles/rollouts/assignments/${assignment.id}`,
        note: say(`assignment.content.${assignment.content.kind}`),
      }),
      file: ({ name }) => name,
    },
    { key: 'whom', text: 'new-rollout.whom', sort: 'whom', show: whom, file: whom },
    {
      key: 'excluded',
      text: 'assignment.excluded',
      isNumber: true,
      sort: 'excluded',
      show: ({ assignment: { excludedDeviceIds: out } }) =>
        out.length === 0 ? undefined : String(out.length),
      file: ({ assignment }) => assignment.excludedDeviceIds.length,
    },
    {
      key: 'follows',
      text: 'assignment.follows',
      sort: 'follows',
      show: row => {
        const text = waits(row)
        return { text: follows(row), badges: text ? [{ text, tone: 'warning', icon: 'warning' }] : [] }
      },
      file: follows,
    },
    { key: 'held', text: 'assignment.waits', only: 'file', show: waits, file: waits },
    {
      key: 'stable',
      text: 'assignment.stable',
      sort: 'stable',
      show: ({ assignment: { stable } }) =>
        stable === undefined
          ? undefined
          : { text: say('profile.version', { number: stable }), isUnbroken: true },
      file: ({ assignment }) => assignment.stable,
    },
    { key: 'waves', text: 'new-rollout.waves', isSpare: true, show: waves, file: waves },
  ]
}
