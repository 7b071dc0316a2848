import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { openWaveInput } from '../../server/assignments/assignment-input.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { placementStates } from '../../server/rollouts/placement.ts'
import { isEnded, type Rollout } from '../../server/rollouts/rollout.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { dayAndTime } from '../dates.ts'
import { formHandler, pressHandler, statusOf, type Shown } from '../form-handler.ts'
import { sayIn } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf, type Reader } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { goToOutcome } from './outcome.ts'
import { askViews, reasonFields, sentView, type Ask } from './rollout-asks.ts'
import { placementRow } from './placement-view.ts'
import {
  figureTiles,
  limitText,
  progressOf,
  rolloutBadge,
  targetWords,
  wavesText,
  whereTo,
} from './rollout-view.ts'

interface RolloutPagesDeps {
  readonly rollouts: Rollouts
  readonly bodies: Pick<Bodies, 'list'>
}

const path = '/profiles/rollouts'
const ipadsShown = 100
const one = '/profiles/rollouts/{id}'
const states = [...placementStates, 'waiting'] as const

const reasonSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().min(5).max(500).required(),
})

/** One roll-out as it goes, and what can be done with it. */
export function rolloutPages({ rollouts, bodies }: RolloutPagesDeps): ServerRoute[] {
  const bodyNames = async (actor: Actor) =>
    new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))

  /** `ask` is what was sent and refused: its form stands open with what was typed. */
  async function show(
    request: Request,
    h: ResponseToolkit,
    sent: Shown & { readonly ask?: Ask } = { typed: {} },
  ) {
    const reader = readerOf(request)
    const { actor, say, language, may } = reader
    const rollout = await rollouts.get(actor, idOf(request))
    const figures = await rollouts.figures(rollout)
    const silent = await rollouts.silent(rollout)
    const chosen = states.find(state => state === textOf(request.query['state']))
    const after = textOf(request.query['after']) || undefined
    const own = `${path}/${rollout.id}`
    const asked = { rolloutId: rollout.id, state: chosen, limit: ipadsShown, after }
    const page = await rollouts.placements(actor, asked)
    const query = chosen === undefined ? '' : `state=${chosen}&`
    return showPage(request, h, 'rollouts/show', {
      title: rollout.name,
      id: rollout.id,
      path: own,
      wave: rollout.wave,
      here: own + request.url.search,
      sub: await subOf(reader, rollout),
      badge: rolloutBadge(rollout, say),
      progress: progressOf(figures, say),
      silent: silent > 0 && say('rollout.silent', { count: silent }),
      tiles: figureTiles(figures, own, chosen ?? '', say),
      chosen: chosen && say(`placement.${chosen}`),
      ...courseOf(rollout, language),
      rows: page.items.map(placement => placementRow(placement, language, rollout.id)),
      nextHref: page.next === null ? undefined : `${own}?${query}after=${encodeURIComponent(page.next)}`,
      maySend: may('rollouts.send-again'),
      ...(may('rollouts.write') && {
        offers: offersOf(rollout, figures.failed + figures.drifted),
        asks: askViews(rollout, { openings: await rollouts.openings(actor, rollout), sent }, say),
      }),
      form: sentView(sent, say),
      status: statusOf(sent),
    })
  }

  async function subOf({ actor, say }: Reader, rollout: Rollout): Promise<string> {
    const { target } = await rollouts.assignment(actor, rollout.assignmentId)
    return `${whereTo(rollout, say)} · ${targetWords(target, await bodyNames(actor), say)}`
  }

  const deed = (
    name: string,
    act: (actor: Actor, id: string) => Promise<unknown>,
    said: TextKey,
  ): ServerRoute => ({
    method: 'POST',
    path: `${one}/${name}`,
    options: needs('rollouts.write'),
    handler: pressHandler({
      show,
      act: async (request, h) => {
        await act(readerOf(request).actor, idOf(request))
        return goTo(h, `/profiles/rollouts/${idOf(request)}`, said)
      },
    }),
  })

  const reasoned = (
    name: Ask,
    act: (actor: Actor, id: string, reason: string) => Promise<Parameters<typeof goToOutcome>[1]>,
    said: TextKey,
  ): ServerRoute => ({
    method: 'POST',
    path: `${one}/${name}`,
    options: needs('rollouts.write'),
    handler: formHandler({
      schema: reasonSchema,
      fields: reasonFields,
      show: (request, h, shown) => show(request, h, { ...shown, ask: name }),
      act: async (request, h, { reason }) => {
        const came = await act(readerOf(request).actor, idOf(request), reason)
        const isRemoval = 'rollout' in came && came.rollout.kind === 'remove' && name === 'roll-back'
        return goToOutcome(h, came, isRemoval ? 'said.removal-started' : said)
      },
    }),
  })

  return [
    {
      method: 'GET',
      path: one,
      options: needs('rollouts.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: `${one}/next-wave`,
      options: needs('rollouts.write'),
      handler: formHandler({
        schema: Joi.object<{ wave: number }>({ wave: openWaveInput.required() }),
        fields: {},
        show,
        act: async (request, h, { wave }) => {
          await rollouts.openWave(readerOf(request).actor, idOf(request), wave)
          return goTo(h, `${path}/${idOf(request)}`, 'said.wave-opened')
        },
      }),
    },
    deed('resume', (actor, id) => rollouts.resume(actor, id), 'said.rollout-resumed'),
    deed('send-failed-again', (actor, id) => rollouts.sendFailedAgain(actor, id), 'said.sent-again'),
    reasoned(
      'stop',
      async (actor, id, reason) => ({ rollout: await rollouts.stop(actor, id, reason) }),
      'said.rollout-stopped',
    ),
    reasoned(
      'close',
      async (actor, id, reason) => ({ rollout: await rollouts.close(actor, id, reason) }),
      'said.rollout-closed',
    ),
    reasoned('roll-back', (actor, id, reason) => rollouts.rollBack(actor, id, reason), 'said.rolled-back'),
    reasoned(
      'remove',
      async (actor, id, reason) => {
        const { assignmentId } = await rollouts.get(actor, id)
        return rollouts.endAssignment(actor, assignmentId, { reason })
      },
      'said.removal-started',
    ),
  ]
}

/** How it goes on, in words. */
function courseOf(rollout: Rollout, language: Language) {
  const say = sayIn(language)
  const { plan, stopped, wave, waves } = rollout
  return {
    waves: Array.from({ length: waves }, (_, index) => ({
      text: say('rollout.wave', { wave: index + 1 }),
      isDone: index < wave || isEnded(rollout),
      isOpen: index === wave && !isEnded(rollout),
    })),
    facts: [
      { label: say('new-rollout.waves'), value: wavesText(plan) || say('rollout.all-at-once') },
      ...(waves === 1
        ? []
        : [
            {
              label: say('new-rollout.pause'),
              value:
                plan.pauseMinutes === undefined
                  ? say('rollout.by-hand')
                  : say('rollout.minutes', { count: plan.pauseMinutes }),
            },
          ]),
      { label: say('new-rollout.stop'), value: limitText(plan) || '–' },
      {
        label: say('rollout.started'),
        value: say('profile.saved-by', {
          when: dayAndTime(rollout.startedAt, language),
          name: rollout.startedBy.name,
        }),
      },
      ...(rollout.closed === undefined
        ? []
        : [
            {
              label: say('rollout.closed-by', { name: rollout.closed.by.name }),
              value: rollout.closed.reason,
            },
          ]),
      ...(rollout.reason === undefined ? [] : [{ label: say('rollout.reason'), value: rollout.reason }]),
    ],
    stopped:
      stopped &&
      (stopped.because === 'failures'
        ? say('rollout.stopped.failures', { when: dayAndTime(stopped.at, language) })
        : say('rollout.stopped.person', {
            when: dayAndTime(stopped.at, language),
            name: stopped.by?.name ?? '',
            reason: stopped.reason ?? '',
          })),
  }
}

/** What can be done with it now without a reason. */
function offersOf(rollout: Rollout, failed: number) {
  const isRunning = rollout.state === 'running'
  const deeds = {
    nextWave: isRunning && rollout.wave < rollout.waves - 1,
    resume: rollout.state === 'stopped',
    sendFailedAgain: failed > 0 && (isRunning || rollout.state === 'completed'),
  }
  return { ...deeds, none: !Object.values(deeds).includes(true) }
}
