import Joi from 'joi'
import { identityChecks, type IdentityCheck } from '../../server/liability/liability-form.ts'
import { type Signature } from '../../server/liability/signature.ts'
import { languages, type Language } from '../../server/organisations/organisation.ts'
import { type Fields } from '../form.ts'
import { optionalDay } from '../form-values.ts'

export const accessories = ['charger', 'cable', 'case', 'pencil', 'keyboard'] as const

export const beginFields = {
  person: { label: 'hand-out.person' },
  device: { label: 'hand-out.device' },
  accessories: { label: 'hand-out.accessories' },
  dueOn: { label: 'hand-out.due', type: 'date', optional: true },
  identity: { label: 'hand-out.identity' },
  language: { label: 'hand-out.terms-language' },
  second: { label: 'hand-out.second', type: 'checkbox', optional: true },
} as const satisfies Fields

interface Begin {
  readonly person: string
  readonly device: string
  readonly accessories: readonly string[]
  readonly dueOn?: string
  readonly identity: IdentityCheck
  readonly language: Language
  readonly second: boolean
}

export const beginSchema = Joi.object<Begin>({
  person: Joi.string().max(64).required(),
  device: Joi.string().max(64).required(),
  accessories: Joi.array()
    .items(Joi.valid(...accessories))
    .single()
    .default([]),
  dueOn: optionalDay,
  identity: Joi.valid(...identityChecks).required(),
  language: Joi.valid(...languages).required(),
  second: Joi.boolean().truthy('on').default(false),
})

export const signFields = {
  name: { label: 'signer.typed.name', hint: 'signer.typed.hint', autocomplete: 'off' },
  strokes: { label: 'signer.pad' },
} as const satisfies Fields

interface TypedSigning {
  readonly attemptId: string
  readonly termsSha256: string
  readonly identity: IdentityCheck
  readonly name?: string
  readonly drawing?: Drawing
}

interface Drawing {
  readonly width: number
  readonly height: number
  readonly strokes: readonly {
    readonly points: readonly { x: number; y: number; time?: number; pressure?: number }[]
  }[]
}

const point = Joi.object({
  x: Joi.number().min(-10_000).max(10_000).required(),
  y: Joi.number().min(-10_000).max(10_000).required(),
  time: Joi.number(),
  pressure: Joi.number().min(0).max(1),
}).options({ stripUnknown: true })

const drawing = Joi.object<Drawing>({
  width: Joi.number().min(50).max(10_000).required(),
  height: Joi.number().min(20).max(10_000).required(),
  strokes: Joi.array()
    .items(Joi.object({ points: Joi.array().items(point).max(5000).required() }))
    .min(1)
    .max(400)
    .required(),
})

/** A drawing travels in the form as JSON; what is no drawing is no signature. */
const drawingText = Joi.string()
  .max(900_000)
  .empty('')
  .custom((text: string, { error }) => {
    try {
      const read = drawing.validate(JSON.parse(text))
      return read.error ? error('any.invalid') : read.value
    } catch {
      return error('any.invalid')
    }
  })

export const signSchema = Joi.object<TypedSigning>({
  attemptId: Joi.string()
    .pattern(/^[\w-]{8,100}$/)
    .required(),
  termsSha256: Joi.string().hex().length(64).required(),
  identity: Joi.valid(...identityChecks).required(),
  name: Joi.string().trim().max(120).empty(''),
  drawing: drawingText,
})

/** The signature of the form: drawn when something was drawn, else the typed name, which may be empty and is refused later. */
export function signatureOf({ drawing: drawn, name = '' }: TypedSigning): Signature {
  return drawn && name === '' ? { kind: 'drawn', ...drawn } : { kind: 'typed', name }
}
