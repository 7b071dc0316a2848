import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { contentKey, contentOfKey } from '../../server/assignments/content.ts'
import { type Labels } from '../../server/assignments/labels.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type Guides } from '../../server/guides/guides.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type WeighedRehearsal } from '../../server/rollouts/requesting.ts'
import { type NewAssignment } from '../../server/rollouts/starts.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, refusalErrors } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { rolloutFields, rolloutSchema, usualRollout, type TypedRollout } from './new-rollout-form.ts'
import { goToOutcome } from './outcome.ts'
import { rehearsalView } from './rollout-view.ts'
import { targetOf } from './whom.ts'
import { deviceIdsOf } from './written-ipads.ts'

interface NewRolloutDeps {
  readonly rollouts: Pick<Rollouts, 'rehearse' | 'assign'>
  readonly profiles: Pick<Profiles, 'list'>
  readonly guides: Pick<Guides, 'list'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly labels: Pick<Labels, 'list'>
  readonly devices: Pick<Devices, 'writtenAs'>
}

interface RolloutShown extends Shown {
  readonly rehearsal?: WeighedRehearsal
}

/** A new roll-out: what, whom, how; tried out on paper as often as one likes, then begun. */
export function newRolloutPages({
  rollouts,
  profiles,
  guides,
  bodies,
  labels,
  devices,
}: NewRolloutDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit, shown: RolloutShown) {
    const { actor, say, language } = readerOf(request)
    const fields = rolloutFields(
      {
        profiles: [
          ...(await profiles.list(actor)).map(({ profile, newest }) => ({
            value: contentKey({ kind: 'profile', id: profile.id }),
            // An earlier version may be approved; of the first there is none.
            text:
              newest.number === 1 && newest.approval === undefined
                ? say('new-rollout.content.unapproved', { name: profile.name })
                : profile.name,
          })),
          ...(await guides.list(actor)).map(({ id, name }) => ({
            value: contentKey({ kind: 'guide', id }),
            text: say('new-rollout.content.guide', { name }),
          })),
        ],
        bodies: (await bodies.list(actor)).map(({ id, name }) => ({ value: id, text: name })),
        labels: (await labels.list(actor)).map(({ label }) => ({ value: label, text: label })),
      },
      say,
    )
    return showPage(request, h, 'rollouts/new', {
      title: say('new-rollout.title'),
      form: formView(fields, shown.typed, say, shown.errors),
      rehearsal: shown.rehearsal && rehearsalView(shown.rehearsal, language),
      status: statusOf(shown),
    })
  }

  async function inputOf(actor: Actor, typed: TypedRollout): Promise<NewAssignment> {
    const { pinned, pauseMinutes, stopAfter, waves } = typed
    const idsOf = (tags: readonly string[], path: string) => deviceIdsOf(devices, actor, { tags, path })
    return {
      content: contentOfKey(typed.profile),
      target: targetOf(typed, await idsOf(typed.whom === 'devices' ? typed.tags : [], 'tags')),
      excludedDeviceIds: await idsOf(typed.excluded, 'excluded'),
      ...(pinned !== undefined && { pinned }),
      plan: {
        waves,
        ...(pauseMinutes !== undefined && { pauseMinutes }),
        ...(stopAfter && { stopAfter }),
      },
    }
  }

  return [
    {
      method: 'GET',
      path: '/profiles/rollouts/new',
      options: needs('rollouts.write'),
      handler: (request, h) => show(request, h, { typed: { ...usualRollout, profile: asked(request) } }),
    },
    {
      method: 'POST',
      path: '/profiles/rollouts/new',
      options: needs('rollouts.write'),
      handler: formHandler<TypedRollout>({
        schema: rolloutSchema,
        fields: say => rolloutFields({ profiles: [], bodies: [], labels: [] }, say),
        show,
        act: async (request, h, typed) => {
          const { actor } = readerOf(request)
          const input = await inputOf(actor, typed)
          if (typed.do === 'try') {
            const rehearsal = await rollouts.rehearse(actor, input)
            return show(request, h, { typed: request.payload as Shown['typed'], rehearsal })
          }
          try {
            return goToOutcome(h, await rollouts.assign(actor, input, typed.reason), 'said.rollout-started')
          } catch (error) {
            if (!(error instanceof DomainError) || error.code !== 'rollout-reason') throw error
            const rehearsal = await rollouts.rehearse(actor, input)
            const errors = refusalErrors(error, readerOf(request).say)
            return show(request, h, { typed: request.payload as Shown['typed'], errors, rehearsal })
          }
        },
      }),
    },
  ]
}

/** What a link to the form has chosen already. */
function asked({ query }: Pick<Request, 'query'>): string {
  const [guide, profile] = [textOf(query['guide']), textOf(query['profile'])]
  if (guide !== '') return contentKey({ kind: 'guide', id: guide })
  return profile === '' ? '' : contentKey({ kind: 'profile', id: profile })
}
