/**
 * What a property list can hold. Integers beyond 2^53 are bigint; `<real>` and small `<integer>` are both number, but for
 * a `<real>` without a fraction where it is kept apart.
 */
export type PlistValue =
  string | number | bigint | boolean | Date | Uint8Array | WholeReal | readonly PlistValue[] | PlistDictionary

/** A `<real>` that happens to be whole: a number alone would be written as an `<integer>`, which its reader may refuse. */
export class WholeReal {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toString(): string {
    return Number.isSafeInteger(this.value) ? `${this.value}.0` : String(this.value)
  }
}

/** Has no prototype when it was read, so that no key of a device means anything to the language. */
export interface PlistDictionary {
  readonly [key: string]: PlistValue
}

/** Whether `value` is a `<dict>`. */
export function isDictionary(value: PlistValue | undefined): value is PlistDictionary {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof WholeReal) &&
    !(value instanceof Uint8Array)
  )
}

/** Whether `value` is an `<array>`. */
export function isList(value: PlistValue | undefined): value is readonly PlistValue[] {
  return Array.isArray(value)
}

/** The value with plain numbers for whole reals, for whoever asks how much it is and not how it is written. */
export function withNumbers(value: PlistValue): PlistValue {
  if (value instanceof WholeReal) return value.value
  if (isList(value)) return value.map(withNumbers)
  if (!isDictionary(value)) return value
  const copy = Object.create(null) as Record<string, PlistValue>
  for (const [key, each] of Object.entries(value)) copy[key] = withNumbers(each)
  return copy
}
