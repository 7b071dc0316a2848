import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { DomainError } from '../../server/domain-error.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type People } from '../../server/people/people.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { personFields, personSchema, typedPerson } from './person-form.ts'

interface PeoplePagesDeps {
  readonly people: Pick<People, 'get' | 'open' | 'register' | 'edit'>
}

/** Adding a person, correcting one. */
export function peoplePages({ people }: PeoplePagesDeps): ServerRoute[] {
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

  /** Whom the form is about: somebody whose fields it shows, or what is hidden would be written over. */
  async function unmasked(request: Request) {
    const person = await people.get(readerOf(request).actor, idOf(request))
    if (!person.protectedIdentity) return person
    const message = 'This person has a protected identity; a form that hides it changes nothing.'
    throw new DomainError('conflict', 'person-masked', message)
  }

  async function showKnown(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { say } = readerOf(request)
    const person = await unmasked(request)
    const typed = shown?.typed ?? { ...typedPerson(person), version: person.version }
    return showPage(request, h, 'people/edit', {
      title: say('person.edit'),
      back: `/people/${person.id}`,
      backText: say('people.title'),
      version: typed['version'],
      seen: seenText(typed),
      theirs: shown?.theirs,
      form: formView(personFields(say), typed, say, shown?.errors),
      status: statusOf(shown ?? { typed }),
    })
  }

  return [
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
      handler: async (request, h) => {
        await people.open(readerOf(request).actor, idOf(request))
        return showKnown(request, h)
      },
    },
    {
      method: 'POST',
      path: '/people/{id}/edit',
      options: needs('people.write'),
      handler: formHandler({
        schema: personSchema,
        fields: personFields,
        show: showKnown,
        current: async request => {
          const person = await unmasked(request)
          return { ...typedPerson(person), version: person.version }
        },
        act: async (request, h, { version = 0, ...typed }) => {
          const { id } = await unmasked(request)
          await people.edit(readerOf(request).actor, id, { ...typed, version })
          return goTo(h, `/people/${id}`, 'said.person-saved')
        },
      }),
    },
  ]
}
