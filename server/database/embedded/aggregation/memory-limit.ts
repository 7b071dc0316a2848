import { MongoError } from '../errors.ts'
import { Binary, type Value } from '../values/value.ts'

/** What a pipeline may hold in memory at one time. */
export interface Limits {
  readonly documents: number
  readonly bytes: number
}

/** MongoDB's own limit for a stage that must see everything, and as many small documents as that is. */
export const defaultLimits: Limits = { documents: 2000000, bytes: 100 * 1024 * 1024 }

/** Counts what one stage holds. Throws `MongoError` 292 when it becomes too much. */
export class HeldMemory {
  private readonly stage: string
  private readonly limits: Limits
  private documents = 0
  private bytes = 0

  constructor(stage: string, limits: Limits) {
    this.stage = stage
    this.limits = limits
  }

  /** Counts one more value and gives it back. */
  hold<Held extends Value>(value: Held): Held {
    this.documents += 1
    this.bytes += roughSize(value)
    if (this.documents > this.limits.documents || this.bytes > this.limits.bytes) {
      throw new MongoError(
        292,
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `${this.stage} exceeded memory limit of ${this.limits.bytes} bytes or ${this.limits.documents} documents, and there is no disk use to opt in to.`,
      )
    }
    return value
  }
}

/** About the bytes that a value takes in memory; shared strings and maps make an exact figure pointless. */
function roughSize(value: Value): number {
  if (typeof value === 'string') return 16 + value.length
  if (value instanceof Map) {
    let size = 64
    for (const inner of value.values()) size += 24 + roughSize(inner)
    return size
  }
  if (Array.isArray(value)) return value.reduce<number>((size, inner) => size + 8 + roughSize(inner), 32)
  if (value instanceof Binary) return 48 + value.bytes.length
  return 16
}
