import { type Availability } from './notation.ts'

/** What matters about an iPad before a profile is sent to it. */
export interface IpadFacts {
  /** '17.4.1' */
  readonly osVersion: string
  readonly supervised: boolean
  /** `user`: enrolled with a personal account (BYOD). */
  readonly enrolment: 'device' | 'user'
  readonly sharedIpad: boolean
}

export type Unavailability =
  | { readonly reason: 'too-old'; readonly since: string }
  | { readonly reason: 'removed'; readonly removed: string }
  | {
      readonly reason:
        'not-supervised' | 'user-enrolment' | 'device-enrolment' | 'shared-ipad' | 'not-shared-ipad'
    }

/** What holds for a key that states `own`, inside something for which `around` holds. */
export function inherit(around: Availability, own: Availability): Availability {
  const { since, deprecated, removed, supervised, userEnrolment, sharedIpad, byHand } = { ...around, ...own }
  return {
    ...(since !== undefined && { since }),
    ...(deprecated !== undefined && { deprecated }),
    ...(removed !== undefined && { removed }),
    ...(supervised !== undefined && { supervised }),
    ...(userEnrolment !== undefined && { userEnrolment }),
    ...(sharedIpad !== undefined && { sharedIpad }),
    ...(byHand !== undefined && { byHand }),
  }
}

/** Why the iPad refuses or ignores what has this availability; undefined when it does neither. */
export function unavailability(on: Availability, ipad: IpadFacts): Unavailability | undefined {
  if (on.since !== undefined && compareVersions(ipad.osVersion, on.since) < 0)
    return { reason: 'too-old', since: on.since }
  if (on.removed !== undefined && compareVersions(ipad.osVersion, on.removed) >= 0)
    return { reason: 'removed', removed: on.removed }
  if (on.supervised === true && !ipad.supervised) return { reason: 'not-supervised' }
  return byEnrolment(on, ipad) ?? bySharing(on, ipad)
}

function byEnrolment({ userEnrolment }: Availability, { enrolment }: IpadFacts): Unavailability | undefined {
  if (enrolment === 'user')
    return userEnrolment === 'forbidden' || userEnrolment === 'ignored'
      ? { reason: 'user-enrolment' }
      : undefined
  return userEnrolment === 'required' ? { reason: 'device-enrolment' } : undefined
}

function bySharing(
  { sharedIpad: bearing }: Availability,
  { sharedIpad }: IpadFacts,
): Unavailability | undefined {
  if (sharedIpad)
    return bearing === 'forbidden' || bearing === 'ignored' ? { reason: 'shared-ipad' } : undefined
  return bearing === 'required' ? { reason: 'not-shared-ipad' } : undefined
}

/** Negative when `a` is before `b`; compared number by number, and a missing part is 0: 9.3 is before 18, 17 is 17.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function parts(version: string): number[] {
  return version.split('.').map(part => Number.parseInt(part, 10) || 0)
}
