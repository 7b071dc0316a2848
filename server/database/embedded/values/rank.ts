/** Places of the types in BSON's order. The gaps leave room for `rank + 1` as an upper bound in a key. */
export const rank = {
  minKey: 2,
  /** Also where an empty array stands in a sort or an index. */
  undefined: 8,
  null: 16,
  number: 24,
  string: 32,
  object: 40,
  array: 48,
  binary: 56,
  objectId: 64,
  boolean: 72,
  date: 80,
  timestamp: 88,
  regex: 96,
  dbPointer: 104,
  code: 112,
  codeWithScope: 120,
  maxKey: 240,
} as const
