import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { mandateRoles } from '../../server/mandates/mandate.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Selection } from '../../server/rollouts/trial.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf, type Reader } from '../reader.ts'
import { rehearsalView } from '../rollouts/rollout-view.ts'

interface TrialPagesDeps {
  readonly profiles: Pick<Profiles, 'get'>
  readonly bodies: Pick<Bodies, 'get'>
  readonly rollouts: Pick<Rollouts, 'tryOut'>
}

const params = Joi.object({
  id: Joi.string().max(64).required(),
  number: Joi.number().integer().min(1).required(),
})

/** What a version would do on the chosen iPads; nothing is sent. */
export function trialPages({ profiles, bodies, rollouts }: TrialPagesDeps): ServerRoute[] {
  async function whom({ actor, say }: Reader, { bodyId, role, label }: Selection): Promise<string> {
    const parts = [
      ...(bodyId === undefined ? [] : [(await bodies.get(actor, bodyId)).name]),
      ...(role === undefined ? [] : [say(`mandate.role.${role}`)]),
      ...(label === undefined ? [] : [say('target.label.is', { label })]),
    ]
    return parts.length > 0 ? parts.join(', ') : say('target.organisation.all')
  }

  async function tryOut(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { actor, say, language } = reader
    const { profile } = await profiles.get(actor, idOf(request))
    const number = Number(request.params['number'])
    const selection = selectionIn(request.query)
    const content = { kind: 'profile', id: profile.id } as const
    const run = await rollouts.tryOut(actor, content, { number, selection })
    return showPage(request, h, 'profiles/trial', {
      title: say('trial.title'),
      sub: say('trial.of', { name: profile.name, number, whom: await whom(reader, selection) }),
      back: `/profiles/${profile.id}/versions/${number}`,
      backText: profile.name,
      rehearsal: run.of > 0 && rehearsalView(run, language),
    })
  }

  return [
    {
      method: 'GET',
      path: '/profiles/{id}/versions/{number}/trial',
      options: { ...needs('profiles.read'), validate: { params } },
      handler: tryOut,
    },
  ]
}

/** What the form leaves empty, and a role that is none, narrows nothing. */
function selectionIn(query: Readonly<Record<string, unknown>>): Selection {
  const text = (name: string) => textOf(query[name]).trim() || undefined
  return {
    bodyId: text('body'),
    role: mandateRoles.find(role => role === text('role')),
    label: text('label'),
  }
}
