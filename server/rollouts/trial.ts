import { normalTarget, type Target } from '../assignments/assignment.ts'
import { type MandateRole } from '../mandates/mandate.ts'

/** Whose iPads a version is tried on: those that all of this is true of. */
export interface Selection {
  readonly bodyId?: string | undefined
  /** In which the holder sits somewhere today. */
  readonly role?: MandateRole | undefined
  readonly label?: string | undefined
  /** Only these. */
  readonly deviceIds?: readonly string[] | undefined
}

/** The same as targets of assignments, all of which have to reach an iPad; none where nothing is narrowed. */
export function targetsOf({ bodyId, role, label, deviceIds = [] }: Selection): Target[] {
  const targets: readonly Target[] = [
    ...(bodyId === undefined ? [] : [{ kind: 'body', bodyId } as const]),
    ...(role === undefined ? [] : [{ kind: 'role', role } as const]),
    ...(label === undefined ? [] : [{ kind: 'label', label } as const]),
    ...(deviceIds.length === 0 ? [] : [{ kind: 'devices', deviceIds } as const]),
  ]
  return targets.map(normalTarget)
}
