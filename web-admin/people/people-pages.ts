import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { type People } from '../../server/people/people.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { personFields, personSchema, typedPerson } from './person-form.ts'
import { personRow } from './person-view.ts'

export interface PeoplePagesDeps {
  readonly people: Pick<People, 'list' | 'get' | 'register' | 'edit' | 'reveal'>
  readonly mandates: Pick<Mandates, 'list' | 'add' | 'edit' | 'get'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
}

const pageSize = 50

/** The list of people, adding one, correcting one. */
export function peoplePages({ people, mandates, bodies, clock }: PeoplePagesDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, may } = readerOf(request)
    const { q = '', after } = request.query as Record<string, string | undefined>
    const { items, next } = await people.list(actor, { q: q.trim(), limit: pageSize, after })
    const on = dayOf(clock.now())
    const current = await mandates.list(actor, { personIds: items.map(({ id }) => id), on })
    const names = new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))
    const more = new URLSearchParams({ ...(q && { q }), after: next ?? '' }).toString()
    return showPage(request, h, 'people/list', {
      title: say('people.title'),
      q,
      rows: items.map(person => personRow(person, current, names)),
      isEmpty: items.length === 0 && q.trim() === '' && after === undefined,
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : `/people?${more}`,
      firstHref: after === undefined ? undefined : `/people?${new URLSearchParams({ q }).toString()}`,
      mayWrite: may('people.write'),
    })
  }

  function showNew(request: Request, h: ResponseToolkit, shown: Shown) {
    const { say } = readerOf(request)
    return showPage(request, h, 'people/edit', {
      title: say('people.add'),
      back: '/people',
      backText: say('people.title'),
      form: formView(personFields(say), shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showKnown(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say } = readerOf(request)
    const person = await people.get(actor, String(request.params['id']))
    const typed = shown?.typed ?? { ...typedPerson(person), version: person.version }
    return showPage(request, h, 'people/edit', {
      title: say('person.edit'),
      back: `/people/${person.id}`,
      backText: say('people.title'),
      version: typed['version'],
      form: formView(personFields(say), typed, say, shown?.errors),
      status: statusOf(shown ?? { typed }),
    })
  }

  return [
    { method: 'GET', path: '/people', options: needs('people.read'), handler: list },
    {
      method: 'GET',
      path: '/people/add',
      options: needs('people.write'),
      handler: (request, h) => showNew(request, h, { typed: { language: 'sv' } }),
    },
    {
      method: 'POST',
      path: '/people/add',
      options: needs('people.write'),
      handler: formHandler({
        schema: personSchema,
        fields: personFields,
        show: showNew,
        act: async (request, h, typed) => {
          const person = await people.register(readerOf(request).actor, typed)
          return goTo(h, `/people/${person.id}`, 'said.person-added')
        },
      }),
    },
    {
      method: 'GET',
      path: '/people/{id}/edit',
      options: needs('people.write'),
      handler: (request, h) => showKnown(request, h),
    },
    {
      method: 'POST',
      path: '/people/{id}/edit',
      options: needs('people.write'),
      handler: formHandler({
        schema: personSchema,
        fields: personFields,
        show: showKnown,
        act: async (request, h, { version = 0, ...typed }) => {
          const id = String(request.params['id'])
          await people.edit(readerOf(request).actor, id, { ...typed, version })
          return goTo(h, `/people/${id}`, 'said.person-saved')
        },
      }),
    },
  ]
}
