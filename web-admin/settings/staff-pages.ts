import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { needs } from '../../server/http/credentials.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { roleChoices, roleNames } from './role-choices.ts'
import { settingsParts } from './settings-parts.ts'
import { staffFields, staffSchema } from './staff-form.ts'

export interface StaffPagesDeps {
  readonly staff: Pick<Staff, 'list' | 'add'>
}

/** Those who work with the product here, and adding one more. */
export function staffPages({ staff }: StaffPagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say } = readerOf(request)
    const members = await staff.list(actor)
    return showPage(request, h, 'settings/staff', {
      title: say('settings.staff'),
      parts: settingsParts('staff', say),
      lead: say('staff.count', { count: members.length }),
      rows: members.map(({ id, name, email, roles }) => ({
        name,
        email,
        roles: roleNames(roles, say),
        isReader: id === actor.id,
      })),
    })
  }

  function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { say } = readerOf(request)
    return showPage(request, h, 'settings/staff-add', {
      title: say('staff.add'),
      form: formView(staffFields(say), shown.typed, say, shown.errors),
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
        schema: staffSchema,
        fields: staffFields,
        show: showNew,
        act: async (request, h, typed) => {
          await staff.add(readerOf(request).actor, typed)
          return goTo(h, '/settings/staff', 'said.staff-added')
        },
      }),
    },
  ]
}
