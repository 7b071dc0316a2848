import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { DomainError } from '../../server/domain-error.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type RolloutRequest } from '../../server/rollouts/rollout-request.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, refusalErrors } from '../form.ts'
import { pressHandler, statusOf, type Shown } from '../form-handler.ts'
import { showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { goToOutcome } from './outcome.ts'
import {
  faultWords,
  mayAskAgain,
  requestBadge,
  requestFacts,
  requestWords,
  staysWords,
} from './request-view.ts'
import { rehearsalView, targetWords } from './rollout-view.ts'

interface RequestPagesDeps {
  readonly rollouts: Pick<Rollouts, 'request' | 'rehearseRequest' | 'assignment' | 'askAgain'>
  readonly bodies: Pick<Bodies, 'list'>
}

const path = '/profiles/rollouts/requests'

/** What somebody has asked for and a second person decides: with what would happen if it began now. */
export function requestPages({ rollouts, bodies }: RequestPagesDeps): ServerRoute[] {
  async function whomOf(actor: Actor, { asked }: RolloutRequest, { say }: Reader): Promise<string> {
    if (asked.deed === 'follow') return say('rollout-request.follow.whom')
    const target =
      asked.deed === 'assign'
        ? asked.input.target
        : (await rollouts.assignment(actor, asked.assignmentId)).target
    const names = new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))
    return targetWords(target, names, say)
  }

  /** What would happen, or what stands against it by now. */
  async function now({ actor, say, language }: Reader, request: RolloutRequest) {
    if (request.state !== 'waiting') return { fault: faultWords(request, say) }
    try {
      return { rehearsal: rehearsalView(await rollouts.rehearseRequest(actor, request.id), language) }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return { fault: refusalErrors(error, say)[0]?.message }
    }
  }

  async function show(request: Request, h: ResponseToolkit, sent: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say, language, may } = reader
    const asked = await rollouts.request(actor, idOf(request))
    return showPage(request, h, 'rollouts/request', {
      title: asked.name,
      sub: requestWords(asked, say),
      here: `${path}/${asked.id}`,
      approvalId: asked.approvalId,
      badge: requestBadge(asked, say),
      waits: asked.state === 'waiting' && say('rollout-request.waits'),
      follows: asked.asked.deed === 'follow' && say('rollout-request.follow'),
      stays: staysWords(asked, say),
      problems: formView({}, {}, say, sent.errors),
      againHref: may('rollouts.write') && mayAskAgain(asked) && `${path}/${asked.id}/ask-again`,
      status: statusOf(sent),
      maySee: may('approvals.read'),
      rolloutHref: asked.rolloutId && `/profiles/rollouts/${asked.rolloutId}`,
      facts: requestFacts(asked, await whomOf(actor, asked, reader), language),
      ...(await now(reader, asked)),
    })
  }

  return [
    {
      method: 'GET',
      path: `${path}/{id}`,
      options: needs('rollouts.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: `${path}/{id}/ask-again`,
      options: needs('rollouts.write'),
      handler: pressHandler({
        show,
        act: async (request, h) =>
          goToOutcome(
            h,
            await rollouts.askAgain(readerOf(request).actor, idOf(request)),
            'said.rollout-started',
          ),
      }),
    },
  ]
}
