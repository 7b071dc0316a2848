import { type NextInLine } from '../../server/rollouts/assigning.ts'
import { type Say } from '../language.ts'

/** That a version waits for the roll-out of the one before, and where that is. */
export const nextView = ({ number, behind, rolloutId }: NextInLine, say: Say) => ({
  text: say('assignment.next', { number, behind }),
  href: `/profiles/rollouts/${rolloutId}`,
})
