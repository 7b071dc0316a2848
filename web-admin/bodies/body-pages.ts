import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { isCurrent } from '../../server/bodies/body.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { listFiles } from '../tables/list-file.ts'
import { sortedRows, tableView } from '../tables/table-view.ts'
import { bodyColumns } from './body-columns.ts'
import { bodyFields, bodySchema } from './body-form.ts'

interface BodyPagesDeps {
  readonly bodies: Pick<Bodies, 'list' | 'get' | 'add' | 'edit'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

/** Committees, councils and companies: the list, adding one, correcting one. */
export function bodyPages({ bodies, mandates, clock, audit }: BodyPagesDeps): ServerRoute[] {
  /** All of them in the order of the address; they are few. */
  async function listed(request: Request) {
    const { actor, language, may } = readerOf(request)
    const today = dayOf(clock.now())
    const held = await mandates.list(actor, { on: today })
    const all = (await bodies.list(actor)).map(body => ({
      body,
      mandates: held.filter(({ bodyId }) => bodyId === body.id).length,
      isOver: !isCurrent(body, today),
    }))
    const columns = bodyColumns({ language, mayWrite: may('bodies.write') })
    const sort = textOf(request.query['sort']) || 'name'
    return { columns, sort, rows: sortedRows(all, columns, sort) }
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    const { columns, sort, rows } = await listed(request)
    return showPage(request, h, 'bodies/list', {
      title: say('bodies.title'),
      table: tableView({
        name: 'bodies',
        path: '/bodies',
        label: say('bodies.title'),
        address: {},
        columns,
        sort,
        say,
        chosen: chosenFor(request, 'bodies'),
        rows,
        idOf: ({ body }) => body.id,
        mayTake: true,
      }),
      mayWrite: may('bodies.write'),
    })
  }

  async function collect(request: Request) {
    const { columns, rows } = await listed(request)
    return { columns, rows, filter: {} }
  }

  function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { say } = readerOf(request)
    const form = formView(bodyFields(say), shown.typed, say, shown.errors)
    return showPage(request, h, 'bodies/edit', {
      title: say('bodies.add.title'),
      form,
      status: statusOf(shown),
    })
  }

  async function showKnown(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const body = await bodies.get(actor, idOf(request))
    const typed = shown?.typed ?? { ...body }
    return showPage(request, h, 'bodies/edit', {
      title: say('body.edit.title', { name: body.name }),
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown?.theirs,
      form: formView(bodyFields(say), typed, say, shown?.errors),
      status: statusOf(shown ?? { typed }),
    })
  }

  const write = needs('bodies.write')
  return [
    { method: 'GET', path: '/bodies', options: needs('bodies.read'), handler: list },
    ...listFiles({ name: 'bodies', path: '/bodies', options: needs('bodies.read'), collect, audit }),
    {
      method: 'GET',
      path: '/bodies/add',
      options: write,
      handler: (request, h) => {
        const startsOn = `${dayOf(clock.now()).slice(0, 4)}-01-01`
        return showNew(request, h, { typed: { type: 'committee', startsOn } })
      },
    },
    {
      method: 'POST',
      path: '/bodies/add',
      options: write,
      handler: formHandler({
        schema: bodySchema,
        fields: bodyFields,
        show: showNew,
        act: async (request, h, typed) => {
          await bodies.add(readerOf(request).actor, typed)
          return goTo(h, '/bodies', 'said.body-saved')
        },
      }),
    },
    { method: 'GET', path: '/bodies/{id}', options: write, handler: (request, h) => showKnown(request, h) },
    {
      method: 'POST',
      path: '/bodies/{id}',
      options: write,
      handler: formHandler({
        schema: bodySchema,
        fields: bodyFields,
        show: showKnown,
        current: async request => ({
          ...(await bodies.get(readerOf(request).actor, idOf(request))),
        }),
        act: async (request, h, { version = 0, ...typed }) => {
          await bodies.edit(readerOf(request).actor, idOf(request), { ...typed, version })
          return goTo(h, '/bodies', 'said.body-saved')
        },
      }),
    },
  ]
}
