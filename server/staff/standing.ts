import { type Clock } from '../clock.ts'
import { type Actor } from './actor.ts'
import { rightsHeld, rightsOf, type Right } from './rights.ts'
import { activeIn } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

/** Whether somebody who asked for something may still do it now: their account or key, with the rights of today. */
export type MayStill = (actor: Actor, right: Right) => Promise<boolean>

export function createStanding(staff: Pick<StaffStore, 'find' | 'findToken'>, clock: Clock): MayStill {
  return async ({ kind, id, organisationId }, right) => {
    if (kind === 'system') return true
    if (kind === 'token') {
      const key = await staff.findToken(id)
      const isValid = key?.organisationId === organisationId && clock.now() < key.expiresAt
      return isValid && rightsHeld(key).includes(right)
    }
    const member = await staff.find(id)
    const membership = member && activeIn(member, organisationId)
    return membership !== undefined && rightsOf(membership.roles).includes(right)
  }
}
