import { dayOf } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type ShownPasskey } from '../../server/staff/passkeys.ts'
import { type SecondFactorState } from '../../server/staff/second-factor.ts'
import { day } from '../dates.ts'
import { sayIn } from '../language.ts'

/** The state of an account's second step, in words. */
export function secondFactorView({ isOn, since, codesLeft, needed }: SecondFactorState, language: Language) {
  const say = sayIn(language)
  return {
    isOn,
    hasApp: since !== undefined,
    mayRemove: since !== undefined && !needed,
    text: since && say('second-factor.on', { when: day(dayOf(since), language) }),
    codes: isOn && say('second-factor.codes-left', { count: codesLeft }),
  }
}

/** Passkeys as a list shows them. */
export function passkeyRows(passkeys: readonly ShownPasskey[], language: Language) {
  const say = sayIn(language)
  return passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
    id,
    name,
    made: say('passkeys.made', { when: day(dayOf(createdAt), language) }),
    used: lastUsedAt && say('passkeys.used', { when: day(dayOf(lastUsedAt), language) }),
  }))
}
