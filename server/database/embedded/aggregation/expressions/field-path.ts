import { atLocation } from '../../errors.ts'
import { type Document, type Value } from '../../values/value.ts'
import { type Evaluate, type Scope } from './scope.ts'

/** What `$a.b` finds from a value on: fields only; an array gives the results of its elements, without the missing. */
function followPath(value: Value | undefined, names: readonly string[], from = 0): Value | undefined {
  let current = value
  for (let i = from; i < names.length; i++) {
    if (current instanceof Map) current = current.get(names[i] ?? '')
    else if (Array.isArray(current)) return followElements(current, names, i)
    else return undefined
  }
  return current
}

function followElements(array: readonly Value[], names: readonly string[], from: number): Value[] {
  const found: Value[] = []
  for (const element of array) {
    // An array directly inside an array is followed too, giving an array of its own.
    const value = followPath(element, names, from)
    if (value !== undefined) found.push(value)
  }
  return found
}

/** Checks the names of a field path. Throws `MongoError` 40353 for a path that ends with a dot and 15998 for an empty part. */
export function pathNames(path: string): string[] {
  const names = path.split('.')
  if (path.endsWith('.')) throw atLocation(40353, "FieldPath must not end with a '.'.")
  if (names.includes('')) throw atLocation(15998, 'FieldPath field names may not be empty strings.')
  const operator = names.find(name => name.startsWith('$'))
  if (operator !== undefined)
    throw atLocation(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField. Found: ${operator}`,
    )
  return names
}

/** Compiles `$field.path`. */
export function compileFieldPath(text: string): Evaluate {
  if (text === '$') throw atLocation(16872, "'$' by itself is not a valid FieldPath")
  const names = pathNames(text.slice(1))
  const [first = ''] = names
  return names.length === 1 ? root => root.get(first) : root => followPath(root, names)
}

/** Compiles `$$variable.path`. Throws `MongoError` 17276 for a variable that is not defined. */
export function compileVariable(text: string, scope: Scope): Evaluate {
  const [name = '', ...names] = text.slice(2).split('.')
  const read = readVariable(name, scope)
  return names.length === 0 ? read : root => followPath(read(root), names)
}

function readVariable(name: string, { names, slots, now }: Scope): Evaluate {
  const slot = names.get(name)
  if (slot !== undefined) return () => slots[slot]
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (root: Document) => root
    case 'REMOVE':
      return () => undefined
    case 'NOW':
      if (!now) throw atLocation(51144, 'Builtin variable $$NOW is not available')
      return () => now
    default:
      throw atLocation(17276, `Use of undefined variable: ${name}`)
  }
}
