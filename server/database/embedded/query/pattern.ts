import { atLocation, badValue } from '../errors.ts'
import { compareValues } from '../values/order.ts'
import { BsonSymbol, RegularExpression, type Value } from '../values/value.ts'
import { type Test } from './path.ts'

/**
 * A PCRE pattern as a JS expression: inline flags at the start and the extended mode (`x`) are rewritten.
 * Throws `MongoError` 51091 for a pattern that JS cannot compile and 51108 for an unknown option.
 */
export function compilePattern({ pattern, options }: RegularExpression): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern)
  const letters = options + (inline?.[1] ?? '')
  const unknown = /[^imsux]/.exec(letters)
  if (unknown) throw atLocation(51108, `invalid flag in regex options: ${unknown[0]}`)
  const body = inline ? pattern.slice(inline[0].length) : pattern
  const source = letters.includes('x') ? withoutLayout(body) : body
  const flags = ['i', 'm', 's'].filter(letter => letters.includes(letter)).join('')
  return unicodeExpression(source, flags) ?? plainExpression(source, flags)
}

/** Extended mode: white space and comments outside character classes mean nothing unless escaped. */
const withoutLayout = (pattern: string) =>
  pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, part =>
    /^[\s#]/.test(part) ? '' : part,
  )

// Some PCRE escapes, such as `\-`, are errors in JS's unicode mode and harmless without it.
function unicodeExpression(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    return undefined
  }
}

function plainExpression(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw atLocation(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : ''}`)
  }
}

/** A string that the pattern finds itself in, or the same regular expression as a value. */
export function matchesPattern(wanted: RegularExpression): Test {
  const expression = compilePattern(wanted)
  return value => {
    if (typeof value === 'string') return expression.test(value)
    if (value instanceof BsonSymbol) return expression.test(value.text)
    return value instanceof RegularExpression && compareValues(value, wanted) === 0
  }
}

/** The expression that `{ $regex, $options }` stand for. */
export function regularExpression(pattern: Value, options: Value | undefined): RegularExpression {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string')
  if (typeof pattern === 'string') return new RegularExpression(pattern, options ?? '')
  if (!(pattern instanceof RegularExpression)) throw badValue('$regex has to be a string')
  if (options !== undefined && pattern.options !== '') {
    throw atLocation(51075, 'options set in both $regex and $options')
  }
  return new RegularExpression(pattern.pattern, options ?? pattern.options)
}
