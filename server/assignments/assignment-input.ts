import Joi from 'joi'
import { mandateRoles } from '../mandates/mandate.ts'
import { type Target } from './assignment.ts'
import { contentKinds, type ContentRef } from './content.ts'
import { usualPlan, type WavePlan } from './wave-plan.ts'

const id = Joi.string().max(64)

/** Which content. */
export const contentInput = Joi.object<ContentRef>({
  kind: Joi.string()
    .valid(...contentKinds)
    .default('profile'),
  id: id.required(),
})

/** Whom it is for. */
export const targetInput = Joi.alternatives<Target>(
  Joi.object({ kind: Joi.string().valid('organisation').required() }),
  Joi.object({ kind: Joi.string().valid('body').required(), bodyId: id.required() }),
  Joi.object({
    kind: Joi.string().valid('role').required(),
    role: Joi.string()
      .valid(...mandateRoles)
      .required(),
  }),
  Joi.object({ kind: Joi.string().valid('label').required(), label: Joi.string().trim().max(40).required() }),
  Joi.object({
    kind: Joi.string().valid('devices').required(),
    deviceIds: Joi.array().items(id).max(5000).required(),
  }),
)

const percent = Joi.number().integer().min(1).max(100).required()
const count = Joi.number().integer().min(1).max(100_000).required()

/** How it gets there. */
export const planInput = Joi.object<WavePlan>({
  waves: Joi.array()
    .items(
      Joi.object({ kind: Joi.string().valid('count').required(), count }),
      Joi.object({ kind: Joi.string().valid('percent').required(), percent }),
    )
    .max(10)
    .required(),
  pauseMinutes: Joi.number().integer().min(0).max(10_080),
  stopAfter: Joi.alternatives(
    Joi.object({
      kind: Joi.string().valid('count').required(),
      count: Joi.number().integer().min(0).max(100_000).required(),
    }),
    Joi.object({
      kind: Joi.string().valid('percent').required(),
      percent: Joi.number().integer().min(0).max(100).required(),
    }),
  ),
})

export const usualPlanInput = planInput.default(usualPlan)

export const deviceIdsInput = Joi.array().items(id).max(5000)

/** Why a second person should agree; needed where one has to. */
export const reasonInput = Joi.string().trim().max(1000).allow('')

/** The wave that was open when somebody looked, from 0. */
export const openWaveInput = Joi.number().integer().min(0).max(10)

export const whyInput = Joi.string().trim().min(5).max(500)
