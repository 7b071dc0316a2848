import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { needs } from '../../server/http/credentials.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { roleChoices, roleNames } from './role-choices.ts'
import { settingsParts } from './settings-parts.ts'
import { newStaffFields, newStaffSchema } from './staff-form.ts'
import { createStaffMemberPage, staffMemberPages, type StaffMemberPagesDeps } from './staff-member-pages.ts'
import { staffBadges } from './staff-view.ts'

export interface StaffPagesDeps extends StaffMemberPagesDeps {
  readonly staff: Pick<Staff, 'list' | 'get' | 'add'>
}

/** Those who work with the product here, adding one more, and what one of them may do. */
export function staffPages(deps: StaffPagesDeps): ServerRoute[] {
  const { staff } = deps
  const { showWithLink } = createStaffMemberPage(deps)

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say } = readerOf(request)
    const all = await staff.list(actor)
    // Those who have ended stand last.
    const members = [...all.filter(({ active }) => active), ...all.filter(({ active }) => !active)]
    return showPage(request, h, 'settings/staff', {
      title: say('settings.staff'),
      parts: settingsParts('staff', say),
      lead: say('staff.count', { count: all.filter(({ active }) => active).length }),
      rows: members.map(member => ({
        id: member.id,
        name: member.name,
        email: member.email,
        roles: roleNames(member.roles, say),
        badges: staffBadges(member, say),
        isReader: member.id === actor.id,
      })),
    })
  }

  function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { say } = readerOf(request)
    return showPage(request, h, 'settings/staff-add', {
      title: say('staff.add'),
      form: formView(newStaffFields(say), shown.typed, say, shown.errors),
      choices: roleChoices(shown.typed['roles'], say),
      status: statusOf(shown),
    })
  }

  const options = needs('staff.write')
  return [
    { method: 'GET', path: '/settings/staff', options, handler: list },
    {
      method: 'GET',
      path: '/settings/staff/add',
      options,
      handler: (request, h) => showNew(request, h, { typed: { language: 'sv' } }),
    },
    {
      method: 'POST',
      path: '/settings/staff/add',
      options,
      handler: formHandler({
        schema: newStaffSchema,
        fields: newStaffFields,
        show: showNew,
        act: async (request, h, typed) => {
          const { id } = await staff.add(readerOf(request).actor, typed)
          return showWithLink(request, h, id)
        },
      }),
    },
    ...staffMemberPages(deps),
  ]
}
