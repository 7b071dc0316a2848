import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Assignment } from '../../server/assignments/assignment.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type Guides } from '../../server/guides/guides.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { type WeighedRehearsal } from '../../server/rollouts/requesting.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { formView, refusalErrors, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, type Reader, type Typed } from '../reader.ts'
import { goToOutcome } from './outcome.ts'
import { assignmentRow, rehearsalView, wavesText } from './rollout-view.ts'
import { nextView } from './next-version.ts'
import { deviceIdsOf, tagsInput } from './written-ipads.ts'

interface AssignmentPagesDeps {
  readonly rollouts: Rollouts
  readonly profiles: Pick<Profiles, 'get'>
  readonly guides: Pick<Guides, 'get'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly devices: Pick<Devices, 'writtenAs' | 'many'>
}

interface TypedVersion {
  readonly do: 'try' | 'start'
  readonly pinned?: number
  readonly reason?: string
}

interface TypedExclusions {
  readonly do: 'try' | 'save'
  readonly excluded: readonly string[]
  readonly version: number
}

interface AssignmentShown extends Shown {
  readonly rehearsal?: WeighedRehearsal
  /** What leaving iPads out or letting them in would do. */
  readonly leaving?: WeighedRehearsal
}

const one = '/profiles/rollouts/assignments/{id}'

const versionSchema = Joi.object<TypedVersion>({
  do: Joi.string().valid('try', 'start').default('try'),
  pinned: Joi.number().integer().min(1).empty(''),
  reason: Joi.string().trim().max(1000).empty(''),
})
const exclusionsSchema = Joi.object<TypedExclusions>({
  do: Joi.string().valid('try', 'save').default('save'),
  excluded: tagsInput,
  version: Joi.number().integer().min(1).required(),
})

const fieldsFor = (numbers: readonly number[], say: Say) =>
  ({
    pinned: {
      label: 'assignment.follows',
      hint: 'assignment.follows.hint',
      type: 'select',
      optional: true,
      options: [
        { value: '', text: say('assignment.newest') },
        ...numbers.map(number => ({ value: String(number), text: say('assignment.pinned', { number }) })),
      ],
    },
    reason: { label: 'bulk.reason', hint: 'new-rollout.reason.hint', type: 'textarea' },
    excluded: {
      label: 'assignment.excluded',
      hint: 'target.devices.hint',
      type: 'textarea',
      optional: true,
    },
  }) as const satisfies Fields

/** One assignment: which version it follows, and which iPads it leaves out. */
export function assignmentPages(deps: AssignmentPagesDeps): ServerRoute[] {
  const { rollouts, profiles, guides, bodies, devices } = deps
  const pathOf = (request: Request) => `/profiles/rollouts/assignments/${idOf(request)}`

  /** The versions that may be rolled out, the newest first. */
  async function numbersOf(actor: Actor, { content: { kind, id } }: Assignment): Promise<number[]> {
    if (kind === 'guide') return (await guides.get(actor, id)).versions.map(({ number }) => number)
    const { versions } = await profiles.get(actor, id)
    return versions.filter(({ approval }) => approval !== undefined).map(({ number }) => number)
  }

  async function typedNow(actor: Actor, { pinned, excludedDeviceIds }: Assignment): Promise<Typed> {
    const excluded = await devices.many(actor, excludedDeviceIds)
    const tags = excluded.map(({ assetTag }) => assetTag).toSorted((a, b) => a.localeCompare(b, 'sv'))
    return { pinned: pinned === undefined ? '' : String(pinned), excluded: tags.join(', ') }
  }

  async function viewOf({ actor, say, language }: Reader, assignment: Assignment) {
    const bodyNames = new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))
    const name = await rollouts.nameOf(actor, assignment.content)
    const held = await rollouts.heldVersion(actor, assignment)
    const next = await rollouts.nextVersion(actor, assignment)
    // Also one that is over: from there it is taken back or off the iPads.
    const { items } = await rollouts.list(actor, { assignmentId: assignment.id, limit: 1 })
    return {
      ...assignmentRow({ assignment, name, bodyNames }, language),
      waves: wavesText(assignment.plan) || say('rollout.all-at-once'),
      held: held !== undefined && say('assignment.held', { number: held }),
      next: next && nextView(next, say),
      rolloutHref: items[0] && `/profiles/rollouts/${items[0].id}`,
      isEnded: assignment.state === 'ended',
    }
  }

  async function show(request: Request, h: ResponseToolkit, shown: AssignmentShown) {
    const reader = readerOf(request)
    const { actor, say, language, may } = reader
    const assignment = await rollouts.assignment(actor, idOf(request))
    const view = await viewOf(reader, assignment)
    const typed = { ...(await typedNow(actor, assignment)), ...shown.typed }
    return showPage(request, h, 'rollouts/assignment', {
      ...view,
      title: view.name,
      path: pathOf(request),
      version: assignment.version,
      form: formView(fieldsFor(await numbersOf(actor, assignment), say), typed, say, shown.errors),
      mayWrite: may('rollouts.write') && !view.isEnded,
      rehearsal: shown.rehearsal && rehearsalView(shown.rehearsal, language),
      leaving: shown.leaving && {
        ...rehearsalView(shown.leaving, language),
        isTooMany: shown.leaving.needsTwo !== null,
      },
      status: statusOf(shown),
    })
  }

  async function changeVersion(request: Request, h: ResponseToolkit, { reason, ...typed }: TypedVersion) {
    const { actor, say } = readerOf(request)
    const input = typed.pinned === undefined ? {} : { pinned: typed.pinned }
    const again = { typed: request.payload as Shown['typed'] }
    const rehearse = () => rollouts.rehearseVersion(actor, idOf(request), input)
    if (typed.do === 'try') return show(request, h, { ...again, rehearsal: await rehearse() })
    try {
      const outcome = await rollouts.rollOut(actor, idOf(request), input, reason)
      return goToOutcome(h, outcome, 'said.rollout-started')
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'rollout-reason') throw error
      return show(request, h, {
        ...again,
        errors: refusalErrors(error, say),
        rehearsal: await rehearse(),
      })
    }
  }

  return [
    {
      method: 'GET',
      path: one,
      options: needs('rollouts.read'),
      handler: (request, h) => show(request, h, { typed: {} }),
    },
    {
      method: 'POST',
      path: `${one}/version`,
      options: needs('rollouts.write'),
      handler: formHandler<TypedVersion>({
        schema: versionSchema,
        fields: say => fieldsFor([], say),
        show,
        act: changeVersion,
      }),
    },
    {
      method: 'POST',
      path: `${one}/excluded`,
      options: needs('rollouts.write'),
      handler: formHandler<TypedExclusions>({
        schema: exclusionsSchema,
        fields: say => fieldsFor([], say),
        show,
        act: async (request, h, { do: deed, excluded: tags, version }) => {
          const { actor } = readerOf(request)
          const deviceIds = await deviceIdsOf(devices, actor, { tags, path: 'excluded' })
          const input = { version, deviceIds }
          if (deed === 'try') {
            const leaving = await rollouts.rehearseExclude(actor, idOf(request), input)
            return show(request, h, { typed: request.payload as Shown['typed'], leaving })
          }
          await rollouts.exclude(actor, idOf(request), input)
          return goTo(h, pathOf(request), 'said.exclusions-saved')
        },
      }),
    },
  ]
}
