import Joi from 'joi'
import { targetKinds, type Target, type TargetKind } from '../../server/assignments/assignment.ts'
import { mandateRoles, type MandateRole } from '../../server/mandates/mandate.ts'
import { type Fields, type Option } from '../form.ts'
import { type Say } from '../language.ts'
import { tagsInput } from './written-ipads.ts'

/** Whom a form means. */
export interface TypedTarget {
  readonly whom: TargetKind
  readonly body?: string
  readonly role?: MandateRole
  readonly label?: string
  readonly tags: readonly string[]
}

export interface WhomChoices {
  readonly bodies: readonly Option[]
  readonly labels: readonly Option[]
}

/** The fields by which a form says whose iPads it means. */
export const whomFields = ({ bodies, labels }: WhomChoices, say: Say) =>
  ({
    whom: {
      label: 'new-rollout.whom',
      type: 'select',
      options: targetKinds.map(kind => ({ value: kind, text: say(`target.${kind}`) })),
    },
    body: { label: 'target.body', type: 'select', options: bodies, optional: true },
    role: {
      label: 'target.role',
      hint: 'target.role.hint',
      type: 'select',
      optional: true,
      options: mandateRoles.map(role => ({ value: role, text: say(`mandate.role.${role}`) })),
    },
    label: {
      label: 'target.label',
      hint: 'target.label.hint',
      type: 'select',
      options: labels,
      optional: true,
    },
    tags: { label: 'target.devices', hint: 'target.devices.hint', type: 'textarea', optional: true },
  }) as const satisfies Fields

const needed = (kind: TargetKind) =>
  Joi.string().trim().max(64).empty('').when('whom', { is: kind, then: Joi.required() })

/** What may be typed in them: whatever the choice asks for must be there. */
export const whomKeys = {
  whom: Joi.string()
    .valid(...targetKinds)
    .required(),
  body: needed('body'),
  role: Joi.string()
    .valid(...mandateRoles)
    .empty('')
    .when('whom', { is: 'role', then: Joi.required() }),
  label: needed('label'),
  tags: tagsInput.when('whom', { is: 'devices', then: Joi.required() }),
}

/** Whom the form means; `deviceIds` are those of its tags. */
export function targetOf(typed: TypedTarget, deviceIds: readonly string[]): Target {
  switch (typed.whom) {
    case 'organisation':
      return { kind: 'organisation' }
    case 'body':
      return { kind: 'body', bodyId: typed.body ?? '' }
    case 'role':
      return { kind: 'role', role: typed.role ?? 'member' }
    case 'label':
      return { kind: 'label', label: typed.label ?? '' }
    case 'devices':
      return { kind: 'devices', deviceIds }
  }
}
