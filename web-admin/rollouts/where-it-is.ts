import { type Profile } from '../../server/profiles/profile.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Reader } from '../reader.ts'
import { figureTiles, progressOf } from './rollout-view.ts'

/** On how many iPads a profile is and how far, for its page; nothing for whoever may not see it. */
export async function whereItIs(
  rollouts: Pick<Rollouts, 'where'>,
  { actor, say, may }: Pick<Reader, 'actor' | 'say' | 'may'>,
  { id, retired }: Pick<Profile, 'id' | 'retired'>,
) {
  if (!may('rollouts.read')) return undefined
  const figures = await rollouts.where(actor, { kind: 'profile', id })
  const tiles = figureTiles(figures, '', '', say)
  return {
    tiles,
    progress: progressOf(figures, say).text,
    rollOutHref: may('rollouts.write') && !retired && `/profiles/rollouts/new?profile=${id}`,
  }
}
