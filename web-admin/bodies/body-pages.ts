import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { isCurrent } from '../../server/bodies/body.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { day } from '../dates.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { bodyFields, bodySchema } from './body-form.ts'

export interface BodyPagesDeps {
  readonly bodies: Pick<Bodies, 'list' | 'get' | 'add' | 'edit'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly clock: Clock
}

/** Committees, councils and companies: the list, adding one, correcting one. */
export function bodyPages({ bodies, mandates, clock }: BodyPagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const { actor, language, say, may } = readerOf(request)
    const today = dayOf(clock.now())
    const held = await mandates.list(actor, { on: today })
    const rows = (await bodies.list(actor)).map(body => ({
      href: `/bodies/${body.id}`,
      name: body.name,
      type: say(`body.type.${body.type}`),
      costCentre: body.costCentre,
      mandates: held.filter(({ bodyId }) => bodyId === body.id).length,
      startsOn: day(body.startsOn, language),
      endsOn: body.endsOn && day(body.endsOn, language),
      isOver: !isCurrent(body, today),
    }))
    return showPage(request, h, 'bodies/list', {
      title: say('bodies.title'),
      rows,
      mayWrite: may('bodies.write'),
    })
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
    const body = await bodies.get(actor, String(request.params['id']))
    const typed = shown?.typed ?? { ...body }
    return showPage(request, h, 'bodies/edit', {
      title: say('body.edit.title', { name: body.name }),
      version: typed['version'],
      form: formView(bodyFields(say), typed, say, shown?.errors),
      status: statusOf(shown ?? { typed }),
    })
  }

  const write = needs('bodies.write')
  return [
    { method: 'GET', path: '/bodies', options: needs('bodies.read'), handler: list },
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
        act: async (request, h, { version = 0, ...typed }) => {
          await bodies.edit(readerOf(request).actor, String(request.params['id']), { ...typed, version })
          return goTo(h, '/bodies', 'said.body-saved')
        },
      }),
    },
  ]
}
