import { type Language } from '../../server/organisations/organisation.ts'
import { day, dayOf } from '../dates.ts'
import { sayIn } from '../language.ts'

/** How the second step of an account stands, in words. */
export function secondFactorView(
  { since, codesLeft, needed }: { since: Date | undefined; codesLeft: number; needed: boolean },
  language: Language,
) {
  const say = sayIn(language)
  return {
    isOn: since !== undefined,
    mayRemove: since !== undefined && !needed,
    text: since ? say('second-factor.on', { when: day(dayOf(since), language) }) : say('second-factor.off'),
    codes: since && say('second-factor.codes-left', { count: codesLeft }),
  }
}
