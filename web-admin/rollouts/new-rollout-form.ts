import Joi from 'joi'
import { type StopAfter, type Wave } from '../../server/assignments/wave-plan.ts'
import { type Fields, type Option } from '../form.ts'
import { type Say } from '../language.ts'
import { whomFields, whomKeys, type TypedTarget, type WhomChoices } from './whom.ts'
import { tagsInput } from './written-ipads.ts'

export interface TypedRollout extends TypedTarget {
  readonly do: 'try' | 'start'
  readonly profile: string
  /** Missing: always the newest. */
  readonly pinned?: number
  readonly excluded: readonly string[]
  readonly waves: readonly Wave[]
  readonly pauseMinutes?: number
  readonly stopAfter?: StopAfter
  /** For the second person, where one has to agree. */
  readonly reason?: string
}

interface Choices extends WhomChoices {
  readonly profiles: readonly Option[]
}

/** The fields of a new roll-out, with what there is to choose from. */
export const rolloutFields = ({ profiles, bodies, labels }: Choices, say: Say) =>
  ({
    profile: { label: 'new-rollout.profile', type: 'select', options: profiles },
    pinned: {
      label: 'new-rollout.pinned',
      hint: 'new-rollout.pinned.hint',
      inputmode: 'numeric',
      optional: true,
    },
    ...whomFields({ bodies, labels }, say),
    excluded: {
      label: 'new-rollout.excluded',
      hint: 'target.devices.hint',
      type: 'textarea',
      optional: true,
    },
    waves: { label: 'new-rollout.waves', hint: 'new-rollout.waves.hint', optional: true },
    pauseMinutes: {
      label: 'new-rollout.pause',
      hint: 'new-rollout.pause.hint',
      inputmode: 'numeric',
      optional: true,
    },
    stopAfter: { label: 'new-rollout.stop', hint: 'new-rollout.stop.hint', optional: true },
    reason: { label: 'bulk.reason', hint: 'new-rollout.reason.hint', type: 'textarea' },
  }) as const satisfies Fields

/** What stands in the form at first: five, then a tenth, by hand; more than one in twenty stops it. */
export const usualRollout = { waves: '5, 10 %', stopAfter: '5 %', whom: 'organisation' }

const sizeForm = /^(\d{1,5})(?:\s*(%))?$/

function sizeOf(text: string): Wave | undefined {
  const [, number = '', percent] = sizeForm.exec(text.trim()) ?? []
  const size = Number(number)
  if (number === '' || (percent !== undefined && size > 100)) return undefined
  return percent === undefined ? { kind: 'count', count: size } : { kind: 'percent', percent: size }
}

export const rolloutSchema = Joi.object<TypedRollout>({
  do: Joi.string().valid('try', 'start').default('try'),
  profile: Joi.string().trim().max(80).required(),
  pinned: Joi.number().integer().min(1).empty(''),
  ...whomKeys,
  excluded: tagsInput,
  waves: Joi.string()
    .trim()
    .empty('')
    .custom((typed: string, { error }) => {
      const sizes = typed.split(/[,;]/).map(sizeOf)
      const isRight = sizes.length <= 10 && sizes.every(size => size && !isNothing(size))
      return isRight ? sizes : error('waves')
    })
    .messages({ waves: '{{#label}} is not a list of waves' })
    .default([]),
  pauseMinutes: Joi.number().integer().min(0).max(10_080).empty(''),
  stopAfter: Joi.string()
    .trim()
    .empty('')
    .custom((typed: string, { error }) => sizeOf(typed) ?? error('limit'))
    .messages({ limit: '{{#label}} is not a number or a share' }),
  reason: Joi.string().trim().max(1000).empty(''),
})

const isNothing = (size: Wave): boolean => (size.kind === 'count' ? size.count : size.percent) === 0
