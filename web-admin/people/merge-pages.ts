import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Mandates } from '../../server/mandates/mandates.ts'
import { takeable } from '../../server/people/merge.ts'
import { type Merging } from '../../server/people/merging.ts'
import { type People } from '../../server/people/people.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { addressOf, listHref } from '../tables/table-view.ts'
import { choicesBetween, doubleCard, sideView, type Choosable, type Side } from './merge-view.ts'
import { mandateRows, personRow } from './person-view.ts'

interface MergePagesDeps {
  readonly merging: Merging
  readonly people: Pick<People, 'open' | 'list'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
}

const pageSize = 25

type Chosen = Readonly<Partial<Record<Choosable, Side>>> & {
  readonly version: number
  readonly otherVersion: number
  readonly reason?: string
}

// What was not offered is not chosen: it stays as it is in the row that stays.
const side = Joi.valid('one', 'other')
const version = Joi.number().integer().required()
const chosenSchema = Joi.object<Chosen>({
  email: side,
  givenName: side,
  familyName: side,
  phone: side,
  language: side,
  version,
  otherVersion: version,
  reason: Joi.string().trim().max(1000).empty(''),
})

const reasonField = {
  reason: { label: 'merge.reason', hint: 'merge.reason.hint' },
} as const satisfies Fields

/** Rows that are probably one human being: proposed, compared side by side, made one or kept apart. */
export function mergePages({ merging, people, mandates, bodies, clock }: MergePagesDeps): ServerRoute[] {
  async function doubles(request: Request, h: ResponseToolkit) {
    const { actor, say } = readerOf(request)
    const { after } = addressOf(request.query, ['after'])
    const { items, next } = await merging.doubles(actor, { limit: pageSize, after })
    return showPage(request, h, 'people/doubles', {
      title: say('doubles.title'),
      doubles: items.map(double => doubleCard(double, say)),
      isBehind: after !== undefined,
      shown: say('list.showing', { count: items.length }),
      firstHref: after === undefined ? undefined : '/people/doubles',
      nextHref: next === null ? undefined : listHref('/people/doubles', { after: next }),
    })
  }

  /** Whom somebody is to be compared with. */
  async function choose(request: Request, h: ResponseToolkit) {
    const { actor, say } = readerOf(request)
    const person = await people.open(actor, idOf(request))
    const { q } = addressOf(request.query, ['q'])
    const found = q === undefined ? [] : (await people.list(actor, { q, limit: pageSize })).items
    return showPage(request, h, 'people/merge-with', {
      title: say('merge.with.title', { name: fullName(person) }),
      back: `/people/${person.id}`,
      q,
      found: found
        .filter(({ id }) => id !== person.id)
        .map(other => ({
          ...personRow(other, [], new Map()),
          href: `/people/${person.id}/merge/${other.id}`,
        })),
    })
  }

  async function seatsOf({ actor, language }: Reader, { id: personId }: Person) {
    const known = { bodies: await bodies.list(actor), today: dayOf(clock.now()), language }
    return mandateRows(await mandates.list(actor, { personId }), known)
  }

  async function compare(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say } = reader
    const [id, otherId] = idsOf(request)
    const { kept: one, gone: other, points } = await merging.compare(actor, id, otherId)
    return showPage(request, h, 'people/merge', {
      title: say('merge.title'),
      apartPath: `/people/${id}/keep-apart/${otherId}`,
      sides: [
        { ...sideView(one, points.kept, say), seats: await seatsOf(reader, one) },
        { ...sideView(other, points.gone, say), seats: await seatsOf(reader, other) },
      ],
      version: one.version,
      otherVersion: other.version,
      choices: choicesBetween(one, other, { typed: shown.typed, say }),
      form: formView(reasonField, shown.typed, say, shown.errors),
      isProtected: one.protectedIdentity || other.protectedIdentity,
      status: statusOf(shown),
    })
  }

  const right = needs('people.merge')
  return [
    { method: 'GET', path: '/people/doubles', options: right, handler: doubles },
    { method: 'GET', path: '/people/{id}/merge', options: right, handler: choose },
    {
      method: 'GET',
      path: '/people/{id}/merge/{otherId}',
      options: right,
      handler: (request, h) => compare(request, h),
    },
    {
      method: 'POST',
      path: '/people/{id}/merge/{otherId}',
      options: right,
      handler: formHandler({
        schema: chosenSchema,
        fields: reasonField,
        show: compare,
        act: async (request, h, { version: oneVersion, otherVersion, reason, ...chosen }) => {
          const [one, other] = idsOf(request)
          const stays = chosen.email ?? 'one'
          const isOne = stays === 'one'
          const [kept, gone] = isOne ? [one, other] : [other, one]
          await merging.merge(readerOf(request).actor, kept, gone, {
            version: isOne ? oneVersion : otherVersion,
            goneVersion: isOne ? otherVersion : oneVersion,
            take: takeable.filter(field => (chosen[field] ?? stays) !== stays),
            reason,
          })
          return goTo(h, `/people/${kept}`, 'said.merged')
        },
      }),
    },
    {
      method: 'POST',
      path: '/people/{id}/keep-apart/{otherId}',
      options: right,
      handler: async (request, h) => {
        await merging.keepApart(readerOf(request).actor, ...idsOf(request))
        return goTo(h, '/people/doubles', 'said.kept-apart')
      },
    },
  ]
}

function idsOf({ params: { id, otherId } }: Request): [string, string] {
  return [String(id), String(otherId)]
}
