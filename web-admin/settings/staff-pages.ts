import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { type StaffProfile } from '../../server/staff/staff-profile.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { listFiles } from '../tables/list-file.ts'
import { sortedRows, tableView } from '../tables/table-view.ts'
import { roleChoices } from './role-choices.ts'
import { settingsParts } from './settings-parts.ts'
import { newStaffFields, newStaffSchema } from './staff-form.ts'
import { createStaffMemberPage, staffMemberPages, type StaffMemberPagesDeps } from './staff-member-pages.ts'
import { staffColumns } from './staff-columns.ts'

export interface StaffPagesDeps extends StaffMemberPagesDeps {
  readonly staff: Pick<Staff, 'list' | 'get' | 'add'>
  readonly audit: Audit
}

/** Those who work with the product here, adding one more, and what one of them may do. */
export function staffPages(deps: StaffPagesDeps): ServerRoute[] {
  const { staff } = deps
  const { showWithLink } = createStaffMemberPage(deps)

  /** All of them; those who have ended stand last unless another order is asked for. */
  async function listed(request: Request) {
    const { actor, say } = readerOf(request)
    const all = await staff.list(actor)
    const members = [...all.filter(({ active }) => active), ...all.filter(({ active }) => !active)]
    const columns = staffColumns(say, actor.id)
    const sort = textOf(request.query['sort'])
    return { columns, sort, rows: sortedRows(members, columns, sort) }
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { say } = readerOf(request)
    const { columns, sort, rows } = await listed(request)
    return showPage(request, h, 'settings/staff', {
      title: say('settings.staff'),
      parts: settingsParts('staff', say),
      lead: say('staff.count', { count: rows.filter(({ active }) => active).length }),
      table: tableView<StaffProfile>({
        name: 'staff',
        path: '/settings/staff',
        label: say('settings.staff'),
        address: {},
        columns,
        say,
        sort,
        rows,
        idOf: ({ id }) => id,
        mayTake: true,
        chosen: chosenFor(request, 'staff'),
      }),
    })
  }

  async function collect(request: Request) {
    const { columns, rows } = await listed(request)
    return { columns, rows, filter: {} }
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
  const files = { name: 'staff', path: '/settings/staff' }
  return [
    { method: 'GET', path: '/settings/staff', options, handler: list },
    ...listFiles({ ...files, options: { ...options, ...forExport }, collect, audit: deps.audit }),
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
