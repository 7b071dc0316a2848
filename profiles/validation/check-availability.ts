import {
  type IpadFacts,
  type Unavailability,
  compareVersions,
  unavailability,
} from '../catalogue/availability.ts'
import { type Availability, type Words } from '../catalogue/notation.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/** iPads that are alike, and how many they are. */
export interface IpadKind {
  readonly facts: IpadFacts
  readonly count: number
}

/** The kinds among `ipads`, so that a thousand iPads cost no more than the few kinds they are of. */
export function kindsOfIpads(ipads: readonly IpadFacts[]): IpadKind[] {
  const kinds = new Map<string, { facts: IpadFacts; count: number }>()
  for (const facts of ipads) {
    const key = [facts.osVersion, facts.supervised, facts.enrolment, facts.sharedIpad].join('|')
    const known = kinds.get(key)
    if (known === undefined) kinds.set(key, { facts, count: 1 })
    else known.count += 1
  }
  return [...kinds.values()]
}

interface Checked {
  readonly name: Words
  readonly on: Availability
  readonly place: Place
}

/**
 * Says on how many of the iPads something does not work, one finding for each reason. Returns the kinds where it does,
 * for what lies within: an iPad without the payload is not counted again for its keys.
 */
export function checkAvailability(
  { name, on, place }: Checked,
  kinds: readonly IpadKind[],
  total: number,
  findings: Findings,
): readonly IpadKind[] {
  const refusing = kinds.flatMap(kind => {
    const why = unavailability(on, kind.facts)
    return why === undefined ? [] : [{ kind, why }]
  })
  for (const { why, count } of countReasons(refusing)) {
    const [sv, en] = reasonWords(why)
    findings.add({
      severity: 'unavailable',
      code: 'unavailable',
      place,
      words: [
        `${name[0]} verkar inte på ${count} av ${total} iPads: ${sv}.`,
        `${name[1]} has no effect on ${count} of ${total} iPads: ${en}.`,
      ],
      ipads: { affected: count, of: total },
    })
  }
  const left = new Set(refusing.map(({ kind }) => kind))
  return left.size === 0 ? kinds : kinds.filter(kind => !left.has(kind))
}

/** Why some of the iPads do not know what has this availability, and how many they are. */
interface Lack {
  readonly words: Words
  readonly count: number
}

/** Every reason that holds for some of the kinds; none when all of them know it. */
export function lacksOf(on: Availability, kinds: readonly IpadKind[]): Lack[] {
  const refusing = kinds.flatMap(kind => {
    const why = unavailability(on, kind.facts)
    return why === undefined ? [] : [{ kind, why }]
  })
  return countReasons(refusing).map(({ why, count }) => ({ words: reasonWords(why), count }))
}

interface Refusing {
  readonly kind: IpadKind
  readonly why: Unavailability
}

function countReasons(refusing: readonly Refusing[]): { why: Unavailability; count: number }[] {
  const reasons = new Map<string, { why: Unavailability; count: number }>()
  for (const { kind, why } of refusing) {
    const known = reasons.get(why.reason)
    if (known === undefined) reasons.set(why.reason, { why, count: kind.count })
    else known.count += kind.count
  }
  return [...reasons.values()]
}

function reasonWords(why: Unavailability): Words {
  switch (why.reason) {
    case 'too-old':
      return [`kräver iPadOS ${why.since}`, `requires iPadOS ${why.since}`]
    case 'removed':
      return [`borttagen i iPadOS ${why.removed}`, `removed in iPadOS ${why.removed}`]
    case 'not-supervised':
      return ['kräver övervakning', 'requires supervision']
    case 'user-enrolment':
      return [
        'fungerar inte på låntagarnas egna iPads (BYOD)',
        'does not work on borrowers’ own iPads (BYOD)',
      ]
    case 'device-enrolment':
      return ['fungerar bara på låntagarnas egna iPads (BYOD)', 'works only on borrowers’ own iPads (BYOD)']
    case 'shared-ipad':
      return ['fungerar inte på delade iPads', 'does not work on Shared iPads']
    case 'not-shared-ipad':
      return ['fungerar bara på delade iPads', 'works only on Shared iPads']
  }
}

/** Warns of what Apple has given up: when any of the iPads is that new, or when no iPads are named. */
export function checkDeprecation(
  { name, on, place }: Checked,
  kinds: readonly IpadKind[],
  findings: Findings,
): void {
  const since = on.deprecated
  if (since === undefined || on.removed !== undefined) return
  if (kinds.length > 0 && !kinds.some(({ facts }) => compareVersions(facts.osVersion, since) >= 0)) return
  findings.warning('deprecated', place, [
    `${name[0]} fasas ut sedan iPadOS ${since}.`,
    `${name[1]} is deprecated since iPadOS ${since}.`,
  ])
}
