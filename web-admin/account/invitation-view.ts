import { type Language } from '../../server/organisations/organisation.ts'
import { type Invitation } from '../../server/staff/invitations.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { day } from '../dates.ts'
import { sayIn } from '../language.ts'

/** What other organisations ask, with the roles in words. */
export function invitationRows(waiting: readonly Invitation[], language: Language) {
  const say = sayIn(language)
  return waiting.map(({ organisationId, organisation, roles, invitedAt }) => ({
    organisationId,
    organisation,
    text: say('invitation.text', {
      roles: roles.map(role => say(`role.${role}`)).join(', '),
      day: day(dayOf(invitedAt), language),
    }),
  }))
}
