import Joi from 'joi'
import {
  incidentKinds,
  outcomes,
  reportWays,
  type IncidentKind,
  type Outcome,
  type ReportedVia,
} from '../../server/incidents/incident.ts'
import { type Fields } from '../form.ts'
import { kronorText, localTime } from '../form-values.ts'
import { type Say } from '../language.ts'

const text = (most: number) => Joi.string().trim().max(most).empty('')

export const reportFields = (say: Say) =>
  ({
    kind: {
      label: 'report.kind',
      type: 'select',
      options: incidentKinds.map(value => ({ value, text: say(`report.kind.${value}`) })),
    },
    description: { label: 'report.description', hint: 'report.description.hint', type: 'textarea' },
    happenedAt: { label: 'report.happened', type: 'datetime-local', optional: true },
    placeText: { label: 'report.place', optional: true, autocomplete: 'off' },
    policeNumber: { label: 'report.police', hint: 'report.police.hint', optional: true, autocomplete: 'off' },
    reportedVia: {
      label: 'report.via',
      type: 'select',
      options: reportWays.map(value => ({ value, text: say(`report.via.${value}`) })),
    },
    message: { label: 'report.message', type: 'textarea', optional: true, rows: 2 },
    phone: { label: 'report.phone', type: 'tel', optional: true, autocomplete: 'off' },
  }) as const satisfies Fields

export interface TypedReport {
  readonly kind: IncidentKind
  readonly description: string
  readonly happenedAt?: Date
  readonly placeText?: string
  readonly policeNumber?: string
  readonly reportedVia: ReportedVia
  readonly message?: string
  readonly phone?: string
}

export const reportFormSchema = Joi.object<TypedReport>({
  kind: Joi.valid(...incidentKinds).required(),
  description: Joi.string().trim().max(4000).required(),
  happenedAt: localTime,
  placeText: text(300),
  policeNumber: text(40),
  reportedVia: Joi.valid(...reportWays).required(),
  message: text(300),
  phone: text(40),
})

export const policeFields = {
  policeNumber: { label: 'report.police', hint: 'report.police.hint', autocomplete: 'off' },
} as const satisfies Fields
export const policeSchema = Joi.object<{ policeNumber: string }>({
  policeNumber: Joi.string().trim().max(40).required(),
})

export const wipeFields = {
  reason: { label: 'case.reason', type: 'textarea', rows: 2 },
  papersChecked: { label: 'case.papers', type: 'checkbox', optional: true },
} as const satisfies Fields
export const wipeSchema = Joi.object<{ reason: string; papersChecked: boolean }>({
  reason: Joi.string().trim().max(1000).required(),
  papersChecked: Joi.boolean().truthy('on').default(false),
})

export const moveFields = {
  reason: { label: 'case.reason', type: 'textarea', rows: 2 },
} as const satisfies Fields
export const moveSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().max(1000).required(),
})

export const noteFields = { note: { label: 'case.note', optional: true } } as const satisfies Fields
export const noteSchema = Joi.object<{ note?: string }>({ note: text(2000) })

export const recoverFields = {
  ...noteFields,
  close: { label: 'case.act.recover.close', type: 'checkbox', optional: true },
} as const satisfies Fields
export const recoverSchema = Joi.object<{ note?: string; close: boolean }>({
  note: text(2000),
  close: Joi.boolean().truthy('on').default(false),
})

export const decideFields = (say: Say) =>
  ({
    outcome: {
      label: 'case.outcome',
      type: 'select',
      options: outcomes.map(value => ({ value, text: say(`case.outcome.${value}`) })),
    },
    amountOre: { label: 'case.amount', hint: 'case.amount.hint', inputmode: 'decimal', optional: true },
    reason: { label: 'case.reason', type: 'textarea', rows: 2 },
  }) as const satisfies Fields
export const decideSchema = Joi.object<{ outcome: Outcome; amountOre?: number; reason: string }>({
  outcome: Joi.valid(...outcomes).required(),
  amountOre: kronorText,
  reason: Joi.string().trim().max(2000).required(),
})

export const replaceFields = {
  code: { label: 'case.replacement', autocomplete: 'off' },
} as const satisfies Fields
export const replaceSchema = Joi.object<{ code: string }>({ code: Joi.string().trim().max(60).required() })
