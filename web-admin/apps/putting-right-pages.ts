import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type AllRight, type AppsPlan } from '../../server/apps/putting-right.ts'
import { type PuttingRight } from '../../server/apps/ipad-apps.ts'
import { type Clock } from '../../server/clock.ts'
import { needs } from '../../server/http/credentials.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { type NewId } from '../../server/ids.ts'
import { formView, refusalWords, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'

interface PuttingRightPagesDeps {
  readonly puttingAllRight: Pick<AllRight, 'plan' | 'start'>
  readonly clock: Clock
  readonly newId: NewId
}

interface TypedRight {
  readonly what?: 'missing' | 'extra'
  readonly attempt: string
  readonly reason: string
}

const fields = { reason: { label: 'bulk.reason', hint: 'bulk.reason.hint' } } as const satisfies Fields
const schema = Joi.object<TypedRight>({
  what: Joi.string().valid('missing', 'extra'),
  attempt: Joi.string().guid().required(),
  reason: Joi.string().trim().max(1000).required(),
})

/** What would be installed on or removed from every iPad that differs from its app sets, and the button that does it. */
export function puttingRightPages({ puttingAllRight, clock, newId }: PuttingRightPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say } = readerOf(request)
    const wanted = wantedIn(shown.typed['what'] ?? request.query['what'])
    const plan = await puttingAllRight.plan(actor, wanted)
    return showPage(request, h, 'apps/put-right', {
      title: wanted.extra ? say('apps.all.extra') : say('apps.all.missing'),
      what: wanted.extra ? 'extra' : 'missing',
      isDanger: wanted.extra,
      attempt: textOf(shown.typed['attempt']) || newId(),
      form: formView(fields, shown.typed, say, shown.errors),
      mayStart: plan.willAct > 0,
      ...planWords(plan, wanted, say),
      status: statusOf(shown),
    })
  }

  const start = formHandler({
    schema,
    fields,
    show,
    act: async (request, h, { what, attempt, reason }) => {
      const wanted = wantedIn(what)
      if (wanted.extra) checkFresh(request, clock.now())
      const job = await puttingAllRight.start(readerOf(request).actor, { ...wanted, reason, id: attempt })
      return goTo(h, `/jobs/${job.id}`, job.state === 'waiting' ? 'said.job-waiting' : 'said.job-started')
    },
  })

  const path = '/profiles/apps/put-right'
  const options = needs('apps.install')
  return [
    { method: 'GET', path, options, handler: (request, h) => show(request, h) },
    { method: 'POST', path, options, handler: start },
  ]
}

const wantedIn = (what: unknown): PuttingRight => ({ missing: what !== 'extra', extra: what === 'extra' })

function planWords(plan: AppsPlan, { extra }: PuttingRight, say: Say) {
  const { willAct, refusedCount, refused, needsTwo, limit, installs, removals } = plan
  const action = extra ? say('bulk.action.remove-extra-apps') : say('bulk.action.install-missing-apps')
  return {
    will: willAct === 0 ? say('apps.all.none') : say('bulk.will.act', { action, count: willAct }),
    apps: extra
      ? say('apps.all.removals', { count: removals })
      : say('apps.all.installs', { count: installs }),
    isAsking: needsTwo,
    two: say('bulk.two.over-limit', { limit }),
    refusedWords: refusedCount > 0 && say('bulk.refused', { count: refusedCount }),
    refused: refused.map(({ deviceId, assetTag, reason }) => ({
      ...{ href: `/devices/${deviceId}`, tag: assetTag, words: refusalWords(reason, say) },
    })),
    refusedFirst:
      refused.length < refusedCount ? say('bulk.refused.first', { count: refused.length }) : undefined,
  }
}
