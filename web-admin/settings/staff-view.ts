import { type StaffProfile } from '../../server/staff/staff-profile.ts'
import { type Badge } from '../badge.ts'
import { time } from '../dates.ts'
import { type Say } from '../language.ts'

/** How an account stands, where that is anything but at work. */
export function staffBadges(
  { active, hasPassword, lockedUntil, shared, secondFactor, invited }: StaffProfile,
  say: Say,
): Badge[] {
  const badges: (Badge | false)[] = [
    invited && { text: say('staff.state.asked'), tone: 'info', icon: 'clock' },
    !active && !invited && { text: say('staff.state.ended'), tone: 'plain', icon: 'stopped' },
    active && !hasPassword && { text: say('staff.state.invited'), tone: 'info', icon: 'clock' },
    lockedUntil !== undefined && {
      text: say('staff.state.locked', { time: time(lockedUntil) }),
      tone: 'warning',
      icon: 'lock',
    },
    secondFactor && { text: say('staff.state.second-factor'), tone: 'done', icon: 'lock' },
    shared && { text: say('staff.state.shared'), tone: 'plain', icon: 'body' },
  ]
  return badges.filter(badge => badge !== false)
}
