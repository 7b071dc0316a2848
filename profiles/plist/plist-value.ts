/** What a property list can hold. Integers beyond 2^53 are bigint; `<real>` and small `<integer>` are both number. */
export type PlistValue =
  string | number | bigint | boolean | Date | Uint8Array | readonly PlistValue[] | PlistDictionary

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
    !(value instanceof Uint8Array)
  )
}

/** Whether `value` is an `<array>`. */
export function isList(value: PlistValue | undefined): value is readonly PlistValue[] {
  return Array.isArray(value)
}
