import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Clock } from '../../server/clock.ts'
import { type AllocationKey } from '../../server/costs/allocation-key.ts'
import { type Costs } from '../../server/costs/costs.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { formView, type FormError } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { seenText } from '../meeting-changes.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Typed } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { costParts } from './cost-parts.ts'
import { keyColumns } from './key-columns.ts'
import {
  keyFields,
  keyFieldsWith,
  keySchema,
  sharesFrom,
  shareRows,
  typedKey,
  writtenKey,
} from './key-form.ts'

export interface KeyPagesDeps {
  readonly costs: Pick<Costs, 'keys' | 'key' | 'addKey' | 'editKey'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly clock: Clock
  readonly audit: Audit
}

/** How shared costs are split: the list, one more, a correction, an end. */
export function keyPages({ costs, bodies, clock, audit }: KeyPagesDeps): ServerRoute[] {
  const listed = createShortList<AllocationKey>({
    name: 'keys',
    path: '/costs/keys',
    title: 'costs.keys',
    audit,
    columnsFor: async reader => {
      const names = new Map((await bodies.list(reader.actor)).map(({ id, name }) => [id, name]))
      return keyColumns(reader, { names, today: dayOf(clock.now()) })
    },
    rowsFor: ({ actor }) => costs.keys(actor),
    idOf: ({ id }) => id,
    options: needs('costs.read'),
  })

  async function list(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    return showPage(request, h, 'costs/keys', {
      title: say('costs.keys'),
      parts: costParts('/costs/keys', say),
      list: await listed.view(request),
      mayWrite: may('costs.write'),
    })
  }

  async function showForm(request: Request, h: ResponseToolkit, shown: Shown, key?: AllocationKey) {
    const { actor, say } = readerOf(request)
    return showPage(request, h, 'costs/key', {
      title: key ? key.name : say('key.add'),
      version: shown.typed['version'],
      seen: key && seenText(shown.typed),
      theirs: shown.theirs,
      form: formView(keyFields(say), shown.typed, say, shown.errors),
      rows: shareRows(await bodies.list(actor), shown.typed),
      status: statusOf(shown),
    })
  }

  /** The form again when a part is no number, or when there is none though the basis asks for them. */
  function wrongShares(request: Request, basis: string, say: Say): FormError[] {
    if (basis !== 'shares') return []
    const shares = sharesFrom(request.payload as Typed)
    if (shares === undefined) return [{ path: 'shares', message: say('key.shares.whole') }]
    return shares.length === 0 ? [{ path: 'shares', message: say('key.shares.none') }] : []
  }

  const write = needs('costs.write')
  return [
    { method: 'GET', path: '/costs/keys', options: needs('costs.read'), handler: list },
    ...listed.files,
    {
      method: 'GET',
      path: '/costs/keys/add',
      options: write,
      handler: (request, h) => {
        const validFrom = `${dayOf(clock.now()).slice(0, 4)}-01-01`
        return showForm(request, h, { typed: { basis: 'equal', validFrom } })
      },
    },
    {
      method: 'POST',
      path: '/costs/keys/add',
      options: write,
      handler: formHandler({
        schema: keySchema,
        fields: keyFields,
        show: showForm,
        act: async (request, h, typed) => {
          const { actor, say } = readerOf(request)
          const payload = request.payload as Typed
          const errors = wrongShares(request, typed.basis, say)
          if (errors.length > 0) return showForm(request, h, { typed: payload, errors })
          await costs.addKey(actor, writtenKey(typed, sharesFrom(payload)))
          return goTo(h, '/costs/keys', 'said.key-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/costs/keys/{id}',
      options: write,
      handler: async (request, h) => {
        const key = await costs.key(readerOf(request).actor, idOf(request))
        return showForm(request, h, { typed: typedKey(key) }, key)
      },
    },
    {
      method: 'POST',
      path: '/costs/keys/{id}',
      options: write,
      handler: formHandler({
        schema: keySchema,
        fields: keyFields,
        show: async (request, h, shown) =>
          showForm(request, h, shown, await costs.key(readerOf(request).actor, idOf(request))),
        current: async request => typedKey(await costs.key(readerOf(request).actor, idOf(request))),
        meetIn: async request => {
          const { actor, say } = readerOf(request)
          return keyFieldsWith(say, await bodies.list(actor))
        },
        act: async (request, h, typed) => {
          const { actor, say } = readerOf(request)
          const payload = request.payload as Typed
          const key = await costs.key(actor, idOf(request))
          const errors = wrongShares(request, typed.basis, say)
          if (errors.length > 0) return showForm(request, h, { typed: payload, errors }, key)
          const { version = 0 } = typed
          await costs.editKey(actor, key.id, { ...writtenKey(typed, sharesFrom(payload), key), version })
          return goTo(h, '/costs/keys', 'said.key-saved')
        },
      }),
    },
  ]
}
