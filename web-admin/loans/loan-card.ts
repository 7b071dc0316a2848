import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type Device } from '../../server/devices/device.ts'
import { isOverdue } from '../../server/loans/loan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { day, dayAndTime } from '../dates.ts'
import { isText, sayIn, type Say } from '../language.ts'
import { type HoldersDeps } from './holders.ts'
import { loanBadge } from './loan-state.ts'

interface LoanCardDeps extends HoldersDeps {
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
}

/** The open loan of an iPad as its page leads with it; `none` when nobody holds it. */
export async function loanCard(
  { loans, people, bodies, clock }: LoanCardDeps,
  { actor, device, language }: { actor: Actor; device: Pick<Device, 'id' | 'lifecycle'>; language: Language },
) {
  const say = sayIn(language)
  const loan = (await loans.openLoansOf(actor, [device.id])).get(device.id)
  if (!loan) return { none: true, mayLend: ['in-stock', 'prepared'].includes(device.lifecycle) }
  const [holder] = await people.many(actor, [loan.personId])
  const all = await bodies.list(actor)
  const overdue = isOverdue(loan, dayOf(clock.now()))
  return {
    id: loan.id,
    state: loanBadge(loan, overdue, say),
    holder: holder ? { name: fullName(holder), href: `/people/${holder.id}` } : undefined,
    bodies: all
      .filter(({ id }) => loan.bodyIds.includes(id))
      .map(({ name }) => name)
      .join(', '),
    since: loan.handedOutAt && dayAndTime(loan.handedOutAt, language),
    due: loan.dueOn === undefined ? say('device.loan.open-ended') : day(loan.dueOn, language),
    accessories: loan.accessories.map(one => accessoryWords(one, say)).join(', '),
    isUnsigned: loan.state === 'reserved' || loan.state === 'terms-shown',
    isReturnable: loan.state === 'active',
  }
}

/** A known accessory in words, anything else as it was written. */
export function accessoryWords(accessory: string, say: Say): string {
  const key = `accessory.${accessory}`
  return isText(key) ? say(key) : accessory
}
