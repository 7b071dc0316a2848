import Joi from 'joi'
import {
  bulkActions,
  bulkMoves,
  rightForBulk,
  variantOf,
  type BulkAction,
  type BulkInput,
  type BulkMove,
  type BulkSelection,
} from '../../server/bulk-actions/bulk-action.ts'
import {
  deviceOwnerships,
  lifecycles,
  locks,
  managements,
  type DeviceOwnership,
} from '../../server/devices/device.ts'
import { type Right } from '../../server/staff/rights.ts'
import { type Field, type Fields } from '../form.ts'
import { optionalDay } from '../form-values.ts'
import { type Say } from '../language.ts'
import { type TextKey } from '../texts/texts.ts'

type Deed = Pick<BulkInput, 'action' | 'to'>

/** Every deed by its word in addresses and texts. */
const deeds = new Map<string, Deed>([
  ...bulkActions
    .filter(action => action !== 'move')
    .map(action => [variantOf({ action }), { action }] as [string, Deed]),
  ...bulkMoves.map(to => [variantOf({ action: 'move', to }), { action: 'move', to }] as [string, Deed]),
])

/** The deed of such a word; undefined for any other word. */
export function deedOf(word: string): Deed | undefined {
  return deeds.get(word)
}

export type BulkWord = Exclude<BulkAction, 'move'> | `move-${BulkMove}`

const groups: readonly (readonly [TextKey, (deed: Deed) => boolean])[] = [
  ['bulk.group.send', ({ action }) => action !== 'move' && action !== 'edit'],
  ['bulk.group.move', ({ action }) => action === 'move'],
  ['bulk.group.edit', ({ action }) => action === 'edit'],
]

/** The deeds that somebody with these rights may choose, in groups. */
export function offeredDeeds(may: (right: Right) => boolean, say: Say) {
  if (!may('devices.bulk')) return []
  return groups
    .map(([label, isIn]) => ({
      label: say(label),
      options: [...deeds]
        .filter(([, deed]) => isIn(deed) && may(rightForBulk(deed.action)))
        .map(([value]) => ({ value, text: say(`bulk.action.${value as BulkWord}`) })),
    }))
    .filter(({ options }) => options.length > 0)
}

/** The fields that a deed asks for. */
export function bulkFields({ action }: Deed, say: Say): Fields {
  const isLost = action === 'lost-mode'
  const words: Record<string, Field> =
    isLost || action === 'lock'
      ? {
          message: { label: 'bulk.message', type: 'textarea', optional: !isLost },
          phoneNumber: { label: 'bulk.phone', type: 'tel', optional: true },
        }
      : {}
  const written: Record<string, Field> =
    action === 'edit'
      ? {
          warrantyEndsOn: {
            label: 'bulk.warranty',
            hint: 'bulk.warranty.hint',
            type: 'date',
            optional: true,
          },
          ownership: {
            label: 'bulk.ownership',
            type: 'select',
            optional: true,
            options: deviceOwnerships.map(value => ({ value, text: say(`ownership.${value}`) })),
          },
        }
      : {}
  return { ...words, ...written, reason: { label: 'bulk.reason', hint: 'bulk.reason.hint' } }
}

interface TypedBulk {
  readonly attempt: string
  readonly reason: string
  readonly message?: string
  readonly phoneNumber?: string
  readonly warrantyEndsOn?: string
  readonly ownership?: DeviceOwnership
}

const text = (longest: number) => Joi.string().trim().max(longest).empty('')

export const bulkSchema = Joi.object<TypedBulk>({
  attempt: Joi.string().guid().required(),
  reason: Joi.string().trim().max(1000).required(),
  message: text(300),
  phoneNumber: text(50),
  warrantyEndsOn: optionalDay,
  ownership: Joi.valid(...deviceOwnerships).empty(''),
})

/** The filter of the list as its form sends it, and what goes on as hidden fields. */
export const filterNames = ['q', 'lifecycle', 'management', 'lock', 'ownership'] as const

const most = 200

/** Which iPads a form names: those with a tick, or all that its filter shows. Undefined when it names none. */
export function selectionFrom(typed: Readonly<Record<string, unknown>>): BulkSelection | undefined {
  if (typed['all'] === 'on') {
    const one = <T extends string>(known: readonly T[], name: string) =>
      known.find(value => value === typed[name])
    const q = typeof typed['q'] === 'string' ? typed['q'].trim().slice(0, 60) : ''
    return {
      filter: {
        ...(q !== '' && { q }),
        lifecycle: one(lifecycles, 'lifecycle'),
        management: one(managements, 'management'),
        lock: one(locks, 'lock'),
        ownership: one(deviceOwnerships, 'ownership'),
      },
    }
  }
  const ids = [typed['device'] ?? []].flat().filter(id => typeof id === 'string' && id.length <= 64)
  return ids.length === 0 ? undefined : { deviceIds: (ids as string[]).slice(0, most) }
}

/** The selection as hidden fields, to be sent once more. */
export function selectionFields({ deviceIds, filter }: BulkSelection) {
  if (deviceIds) return deviceIds.map(value => ({ name: 'device', value }))
  const given = Object.entries(filter ?? {}).filter(([, value]) => value !== undefined)
  return [{ name: 'all', value: 'on' }, ...given.map(([name, value]) => ({ name, value: value ?? '' }))]
}
