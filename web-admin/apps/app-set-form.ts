import Joi from 'joi'
import { targetKinds } from '../../server/assignments/assignment.ts'
import { bundleIdentifier, mostApps, type AppSetContent, type WantedApp } from '../../server/apps/app-set.ts'
import { mandateRoles } from '../../server/mandates/mandate.ts'
import { type Fields, type Option } from '../form.ts'
import { type Say } from '../language.ts'
import { type TypedTarget } from '../rollouts/new-rollout-form.ts'
import { tagsInput } from '../rollouts/written-ipads.ts'

export interface TypedAppSet extends TypedTarget {
  readonly name: string
  readonly apps: readonly WantedApp[]
  readonly tags: readonly string[]
  readonly note?: string
  /** Of the version that was shown; missing for a new set. */
  readonly basedOn?: number
}

interface Choices {
  readonly bodies: readonly Option[]
  readonly labels: readonly Option[]
}

/** The fields of an app set, with what there is to choose from. */
export const appSetFields = ({ bodies, labels }: Choices, say: Say) =>
  ({
    name: { label: 'profile.name', hint: 'app-set.name.hint', autocomplete: 'off' },
    apps: { label: 'app-set.apps', hint: 'app-set.apps.hint', type: 'textarea', rows: 8 },
    whom: {
      label: 'new-rollout.whom',
      type: 'select',
      options: targetKinds.map(kind => ({ value: kind, text: say(`target.${kind}`) })),
    },
    body: { label: 'target.body', type: 'select', options: bodies, optional: true },
    role: {
      label: 'target.role',
      type: 'select',
      optional: true,
      options: mandateRoles.map(role => ({ value: role, text: say(`mandate.role.${role}`) })),
    },
    label: { label: 'target.label', type: 'select', options: labels, optional: true },
    tags: { label: 'target.devices', hint: 'target.devices.hint', type: 'textarea', optional: true },
    note: { label: 'profile.note', hint: 'profile.note.hint', optional: true },
  }) as const satisfies Fields

/** A line of the form: identifier, perhaps a number in the App Store, and the name. Undefined when it is no app. */
function appOf(line: string): WantedApp | undefined {
  const [identifier = '', ...rest] = line.trim().split(/\s+/)
  if (!bundleIdentifier.test(identifier) || !identifier.includes('.')) return undefined
  const [number = ''] = rest
  const isNumber = /^\d{1,15}$/.test(number) && Number(number) > 0
  const name = rest.slice(isNumber ? 1 : 0).join(' ')
  return { identifier, name: name || identifier, ...(isNumber && { storeId: Number(number) }) }
}

/** The apps as the form holds them, one on each line. */
export const writtenApps = (apps: readonly WantedApp[]): string =>
  apps
    .map(({ identifier, storeId, name }) =>
      [identifier, storeId, name === identifier ? undefined : name]
        .filter(part => part !== undefined)
        .join(' '),
    )
    .join('\n')

/** The target as the form holds it; the tags of iPads are those that `tags` says. */
export function writtenTarget(target: AppSetContent['target'], tags: readonly string[]) {
  return {
    whom: target.kind,
    ...(target.kind === 'body' && { body: target.bodyId }),
    ...(target.kind === 'role' && { role: target.role }),
    ...(target.kind === 'label' && { label: target.label }),
    ...(target.kind === 'devices' && { tags: tags.join('\n') }),
  }
}

const needed = (kind: string) =>
  Joi.string().trim().max(64).empty('').when('whom', { is: kind, then: Joi.required() })

export const newAppSetSchema = Joi.object<TypedAppSet>({
  name: Joi.string().trim().max(120).required(),
  apps: Joi.string()
    .trim()
    .max(50_000)
    .required()
    .custom((typed: string, { error }) => {
      const lines = typed.split('\n').filter(line => line.trim() !== '')
      if (lines.length > mostApps) return error('apps', { limit: mostApps })
      const wrong = lines.find(line => appOf(line) === undefined)
      return wrong === undefined ? lines.map(appOf) : error('app-line', { line: wrong.trim().slice(0, 60) })
    })
    .messages({ apps: '{{#label}} holds too many apps', 'app-line': '{{#label}} has a line that is no app' }),
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
  note: Joi.string().trim().max(1000).empty(''),
})
export const furtherAppSetSchema = newAppSetSchema.keys({
  name: Joi.forbidden(),
  basedOn: Joi.number().integer().min(1).required(),
})
