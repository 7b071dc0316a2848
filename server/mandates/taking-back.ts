import { type AuditEvent } from '../audit/audit.ts'
import { type Mandate } from './mandate.ts'

const undoMinutes = 10

/**
 * The last day that a mandate had before it was ended, null for none, by the newest event about it. Undefined when it
 * was not ended within ten minutes, or anything else was changed then or since: taking that back would undo more.
 */
export function endBefore(
  mandate: Mandate,
  newest: AuditEvent | undefined,
  now: Date,
): { readonly endsOn: string | null } | undefined {
  if (newest?.action !== 'mandates.edit') return undefined
  if (now.getTime() - newest.at.getTime() >= undoMinutes * 60_000) return undefined
  const { before = {}, after = {} } = newest
  const isNow = after['version'] === mandate.version && after['endsOn'] === mandate.endsOn
  const hasOthers = (['bodyId', 'role', 'startsOn', 'costWeight'] as const).some(
    field => before[field] !== after[field],
  )
  const endsOn = typeof before['endsOn'] === 'string' ? before['endsOn'] : null
  const isEnd = mandate.endsOn !== undefined && (endsOn === null || mandate.endsOn < endsOn)
  return isNow && isEnd && !hasOthers ? { endsOn } : undefined
}
