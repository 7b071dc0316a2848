import { type Document, type Value } from '../values/value.ts'
import { type MatchPosition, splitPath, type Test, walk } from './path.ts'

/** Tells whether a document matches; fills `position` for the positional operator when one is given. */
export type Matcher = (document: Document, position?: MatchPosition) => boolean

/** What is asked of one path. A leaf that opens arrays asks each element and then the array itself. */
export type Condition =
  | { readonly kind: 'test'; readonly test: Test; readonly opensArrays: boolean }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }

export const each = (test: Test): Condition => ({ kind: 'test', test, opensArrays: true })

export const whole = (test: Test): Condition => ({ kind: 'test', test, opensArrays: false })

export const not = (condition: Condition): Condition => ({ kind: 'not', condition })

export const all = (conditions: readonly Condition[]): Condition => {
  const [only, second] = conditions
  return only && !second ? only : { kind: 'all', conditions }
}

/** The condition asked of what a path reaches in a document. */
export function onPath(path: string, condition: Condition): Matcher {
  switch (condition.kind) {
    case 'not': {
      const matches = onPath(path, condition.condition)
      return document => !matches(document)
    }
    case 'all':
      return every(condition.conditions.map(one => onPath(path, one)))
    case 'test':
      return path.includes('.') ? onDottedPath(path, condition) : onField(path, condition)
  }
}

/** The condition asked of one element of an array, as `$elemMatch` and `$pull` do: arrays in it stay closed. */
export function onElement(condition: Condition): Test {
  switch (condition.kind) {
    case 'not': {
      const test = onElement(condition.condition)
      return value => !test(value)
    }
    case 'all': {
      const tests = condition.conditions.map(onElement)
      return value => tests.every(test => test(value))
    }
    case 'test':
      return condition.test
  }
}

/** Matches when all matchers do; the last array met gives the position. */
export function every(matchers: readonly Matcher[]): Matcher {
  const [first, second] = matchers
  if (!first) return () => true
  if (!second) return first
  return (document, position) => {
    for (const matches of matchers) if (!matches(document, position)) return false
    return true
  }
}

type Leaf = Extract<Condition, { kind: 'test' }>

function onField(name: string, { test, opensArrays }: Leaf): Matcher {
  if (!opensArrays) return (document, position) => test(document.get(name), position)
  return (document, position) => {
    const value = document.get(name)
    return Array.isArray(value) ? testElements(value, test, position) || test(value) : test(value)
  }
}

function testElements(array: readonly Value[], test: Test, position: MatchPosition | undefined): boolean {
  for (let i = 0; i < array.length; i++) {
    if (!test(array[i])) continue
    if (position) position.index = i
    return true
  }
  return false
}

function onDottedPath(path: string, { test, opensArrays }: Leaf): Matcher {
  const parts = splitPath(path)
  return (document, position) =>
    walk(document, parts, (value, arrayIndex, fromIndex) => {
      const opened = opensArrays && !fromIndex && Array.isArray(value)
      const matched = (opened && testElements(value, test, position)) || test(value, position)
      if (matched && position && arrayIndex !== undefined) position.index = arrayIndex
      return matched
    })
}
