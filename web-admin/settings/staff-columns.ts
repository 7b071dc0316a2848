import { type StaffProfile } from '../../server/staff/staff-profile.ts'
import { type Say } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { roleNames } from './role-choices.ts'
import { staffBadges } from './staff-view.ts'

/** The columns of the list of those who work here; `readerId` is marked. */
export function staffColumns(say: Say, readerId: string): Column<StaffProfile>[] {
  const stands = (member: StaffProfile) =>
    staffBadges(member, say)
      .map(({ text }) => text)
      .join(', ')
  return [
    {
      key: 'name',
      text: 'staff.name',
      sort: 'name',
      show: member => ({
        text: member.name,
        href: `/settings/staff/${member.id}`,
        badges: [
          ...(member.id === readerId
            ? [{ text: say('staff.you'), tone: 'info' as const, icon: 'people' as const }]
            : []),
          ...staffBadges(member, say),
        ],
      }),
      file: ({ name }) => name,
    },
    {
      key: 'email',
      text: 'staff.email',
      sort: 'email',
      show: ({ email }) => email,
      file: ({ email }) => email,
    },
    {
      key: 'roles',
      text: 'staff.roles',
      sort: 'roles',
      show: ({ roles }) => roleNames(roles, say),
      file: ({ roles }) => roleNames(roles, say),
    },
    {
      key: 'state',
      text: 'device.state',
      sort: 'state',
      isSpare: true,
      show: stands,
      file: stands,
    },
  ]
}
