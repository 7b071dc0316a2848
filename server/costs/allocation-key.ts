import { because, type Reason } from '../reason.ts'
import { isDay } from '../calendar-day.ts'
import { type BodyType } from '../bodies/body.ts'
import { DomainError, type FieldError, invalid } from '../domain-error.ts'

/**
 * How a shared cost is split over bodies. Keys of one name are one agreement over time: each day is split by the one
 * that is valid that day.
 */
export interface AllocationKey {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly basis: Basis
  /** The kinds of bodies that take part; all when missing. Not for shares, which name their bodies. */
  readonly bodyTypes?: readonly BodyType[]
  readonly shares?: readonly Share[]
  readonly validFrom: string
  /** The last day; valid until further notice when missing. */
  readonly validTo?: string
  readonly version: number
}

/**
 * `equal`: the same for each body that exists that day. `per-mandate`: after the cost weights of the seats held that
 * day. `per-device`: after the iPads on loan that day; one that is for several bodies counts as a part of each.
 * `shares`: as agreed.
 */
export const bases = ['equal', 'per-mandate', 'per-device', 'shares'] as const
export type Basis = (typeof bases)[number]

/** So many parts of all parts of the key: 1, 1 and 1 are thirds, 50, 30 and 20 are percent. */
interface Share {
  readonly bodyId: string
  readonly parts: number
}

export type WrittenKey = Omit<AllocationKey, 'id' | 'organisationId' | 'version'>

/** @throws {DomainError} invalid `allocation-key-invalid` with the wrong fields */
export function checkKey({ name, basis, shares, bodyTypes, validFrom, validTo }: WrittenKey): void {
  const isShares = basis === 'shares'
  const bodyIds = shares?.map(({ bodyId }) => bodyId) ?? []
  const checks: readonly (readonly [path: string, ok: boolean, reason: Reason])[] = [
    ['name', name.trim() !== '', because('key-name', 'Give the allocation a name.')],
    ['validFrom', isDay(validFrom), because('day-form', 'A day is written as 2026-03-02.')],
    [
      'validTo',
      validTo === undefined || isDay(validTo),
      because('day-form', 'A day is written as 2026-03-02.'),
    ],
    [
      'validTo',
      validTo === undefined || validTo >= validFrom,
      because('days-in-order', 'The last day cannot be before the first.'),
    ],
    [
      'shares',
      isShares === bodyIds.length > 0,
      because('shares-fit', 'Shares are given only, and always, when a cost is split by fixed shares.'),
    ],
    [
      'shares',
      new Set(bodyIds).size === bodyIds.length,
      because('shares-twice', 'The same body appears twice.'),
    ],
    [
      'shares',
      shares?.every(({ parts }) => Number.isInteger(parts) && parts > 0 && parts <= 1_000_000) ?? true,
      because('parts-whole', 'Shares are whole numbers from 1.'),
    ],
    [
      'bodyTypes',
      bodyTypes === undefined || !isShares,
      because('shares-bodies', 'Fixed shares already say which bodies they apply to.'),
    ],
  ]
  const fields: FieldError[] = checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
  if (fields.length > 0) throw invalid('allocation-key-invalid', fields)
}

/** Two keys of one name may not be valid on the same day. @throws {DomainError} conflict `allocation-key-overlap` */
export function checkNoOverlap(key: AllocationKey, others: readonly AllocationKey[]): void {
  const overlapping = others.some(
    other =>
      other.id !== key.id &&
      other.name === key.name &&
      other.validFrom <= (key.validTo ?? '9999-12-31') &&
      key.validFrom <= (other.validTo ?? '9999-12-31'),
  )
  if (!overlapping) return
  throw new DomainError(
    'conflict',
    'allocation-key-overlap',
    'An allocation with this name already applies then. End that one first.',
    [
      {
        path: 'validFrom',
        ...because('key-day-taken', 'Choose a day after the allocation that applies now.'),
      },
    ],
  )
}

/** The key to use for `keyId` on a day: itself, or the one with the same name that is valid then. */
export function keyOn(keys: readonly AllocationKey[], keyId: string, day: string): AllocationKey | undefined {
  const named = keys.find(({ id }) => id === keyId)?.name
  return keys.find(
    ({ name, validFrom, validTo }) =>
      name === named && validFrom <= day && (validTo === undefined || day <= validTo),
  )
}
