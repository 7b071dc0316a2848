import { isVariable, type VariableName, type VariableValues } from '../../profiles/variables.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { type InstalledProfile } from '../devices/device.ts'

/** One iPad, and what is known of it and its holder. */
export interface ChosenIpad {
  readonly deviceId: string
  readonly assetTag: string
  readonly values: VariableValues
  /** As it last told; undefined when it never did. */
  readonly installed: readonly InstalledProfile[] | undefined
}

export type TrialOutcome =
  /** The profile would be new to the iPad. */
  | 'added'
  /** It would take the place of another version. */
  | 'replaced'
  /** The iPad has told that it has this very version. */
  | 'there-already'
  /** It would not be sent: a value is missing (R08). */
  | 'stopped'

interface TrialIpad {
  readonly deviceId: string
  readonly assetTag: string
  readonly outcome: TrialOutcome
  /** Variables that nothing is known for. */
  readonly missing: readonly VariableName[]
}

/** What would happen if a version were sent; nothing does. */
export interface TrialRun {
  readonly of: number
  readonly counts: Readonly<Record<TrialOutcome, number>>
  /** Those that stand in the way first, then by tag. */
  readonly ipads: readonly TrialIpad[]
  /** What is found in the profile for just these iPads. */
  readonly findings: readonly Finding[]
}

interface TrialVersion {
  readonly identifier: string
  /** PayloadUUID as it was written: how a version shows that somebody installed by hand. */
  readonly uuid: string
  /** PayloadUUID under which a roll-out brings the version to an iPad with these values. */
  readonly markFor?: (values: VariableValues) => string
  readonly variables: readonly string[]
}

const order: readonly TrialOutcome[] = ['stopped', 'added', 'replaced', 'there-already']

/** What would become of `version` on each of the iPads. */
export function tryOut(
  version: TrialVersion,
  ipads: readonly ChosenIpad[],
  findings: readonly Finding[],
): TrialRun {
  const tried = ipads.map(ipad => tryOnOne(version, ipad))
  const count = (outcome: TrialOutcome) => tried.filter(each => each.outcome === outcome).length
  return {
    of: tried.length,
    counts: {
      added: count('added'),
      replaced: count('replaced'),
      'there-already': count('there-already'),
      stopped: count('stopped'),
    },
    ipads: tried.toSorted(
      (a, b) =>
        order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.assetTag.localeCompare(b.assetTag, 'sv'),
    ),
    findings,
  }
}

function tryOnOne(version: TrialVersion, { deviceId, assetTag, values, installed }: ChosenIpad): TrialIpad {
  const missing = version.variables.filter(isVariable).filter(name => (values[name] ?? '').trim() === '')
  return {
    deviceId,
    assetTag,
    missing,
    outcome: missing.length > 0 ? 'stopped' : place(version, { values, installed }),
  }
}

function place(
  { identifier, uuid, markFor }: TrialVersion,
  { values, installed }: Pick<ChosenIpad, 'values' | 'installed'>,
): TrialOutcome {
  const known = installed?.find(each => each.identifier === identifier)
  if (known === undefined) return 'added'
  const same = [uuid.toUpperCase(), markFor?.(values)]
  return same.includes(known.uuid.toUpperCase()) ? 'there-already' : 'replaced'
}
