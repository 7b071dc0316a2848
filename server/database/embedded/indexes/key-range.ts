import { type KeyRange } from '../storage/record-store.ts'
import { asBuffer } from '../values/bytes.ts'
import { invertKey } from '../values/key.ts'

/** A cut in the order of one component: in front of or behind everything that begins with the bytes. */
export interface Cut {
  readonly bytes: Uint8Array
  readonly behind: boolean
}

/** Part of one component's values, ascending. */
export interface Interval {
  readonly from: Cut
  readonly to: Cut
}

const nothing = new Uint8Array()

/** Every value. */
export const everything: Interval = {
  from: { bytes: nothing, behind: false },
  to: { bytes: nothing, behind: true },
}

/** All values that begin with the bytes. */
export const allOf = (bytes: Uint8Array): Interval => ({
  from: { bytes, behind: false },
  to: { bytes, behind: true },
})

/** The interval as a descending component holds it. */
export const mirrored = ({ from, to }: Interval): Interval => ({
  from: { bytes: invertKey(to.bytes), behind: !to.behind },
  to: { bytes: invertKey(from.bytes), behind: !from.behind },
})

/** The keys behind `prefix` whose next component lies in the interval. */
export function rangeOf(prefix: Uint8Array, { from, to }: Interval): KeyRange {
  const low = join(prefix, from.bytes)
  const high = join(prefix, to.bytes)
  return { low: from.behind ? (successor(low) ?? high) : low, high: to.behind ? successor(high) : high }
}

/** The first key behind all that begin with `prefix`; null when there is none. */
function successor(prefix: Uint8Array): Uint8Array | null {
  let end = prefix.length
  while (end > 0 && prefix[end - 1] === 0xff) end--
  if (end === 0) return null
  const next = Buffer.from(prefix.subarray(0, end))
  next[end - 1] = (next[end - 1] ?? 0) + 1
  return next
}

/** Both one behind the other. */
export const join = (a: Uint8Array, b: Uint8Array): Buffer =>
  a.length === 0 ? asBuffer(b) : Buffer.concat([a, b], a.length + b.length)
