import Joi from 'joi'
import { bundleIdentifier, mostApps, type AppSetContent, type WantedApp } from '../../server/apps/app-set.ts'
import { type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { whomFields, whomKeys, type TypedTarget, type WhomChoices } from '../rollouts/whom.ts'

export interface TypedAppSet extends TypedTarget {
  readonly name: string
  readonly apps: readonly WantedApp[]
  readonly note?: string
  /** Of the version that was shown; missing for a new set. */
  readonly basedOn?: number
}

/** The fields of an app set, with what there is to choose from. */
export const appSetFields = (choices: WhomChoices, say: Say) =>
  ({
    name: { label: 'profile.name', hint: 'app-set.name.hint', autocomplete: 'off' },
    apps: { label: 'app-set.apps', hint: 'app-set.apps.hint', type: 'textarea', rows: 8 },
    ...whomFields(choices, say),
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
  ...whomKeys,
  note: Joi.string().trim().max(1000).empty(''),
})
export const furtherAppSetSchema = newAppSetSchema.keys({
  name: Joi.forbidden(),
  basedOn: Joi.number().integer().min(1).required(),
})
