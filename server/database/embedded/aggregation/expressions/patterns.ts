import { atLocation } from '../../errors.ts'
import { compilePattern } from '../../query/pattern.ts'
import { RegularExpression, type Value } from '../../values/value.ts'
import { isNothing, type MaybeValue, named } from './arguments.ts'
import { type CompileOperator, type OperatorTable } from './scope.ts'

function expressionOf(name: string, regex: MaybeValue, options: MaybeValue): RegExp | undefined {
  if (isNothing(regex)) return undefined
  const letters = typeof options === 'string' ? options : ''
  if (typeof regex === 'string') return compilePattern(new RegularExpression(regex, letters))
  if (!(regex instanceof RegularExpression))
    throw atLocation(51105, `${name} needs 'regex' to be of type string or regex`)
  if (regex.options !== '' && letters !== '')
    throw atLocation(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`)
  return compilePattern(new RegularExpression(regex.pattern, regex.options || letters))
}

const found = (match: RegExpExecArray): Value =>
  new Map<string, Value>([
    ['match', match[0]],
    ['idx', Array.from(match.input.slice(0, match.index)).length],
    ['captures', match.slice(1).map((capture: string | undefined) => capture ?? null)],
  ])

const searching = (
  name: string,
  nothing: Value,
  search: (expression: RegExp, text: string) => Value,
): CompileOperator =>
  named(name, { required: ['input', 'regex'], optional: ['options'] }, given => {
    const input = given('input')
    const expression = expressionOf(name, given('regex'), given('options'))
    if (isNothing(input) || !expression) return nothing
    if (typeof input !== 'string') throw atLocation(51104, `${name} needs 'input' to be of type string`)
    return search(expression, input)
  })

export const patterns: OperatorTable = {
  $regexMatch: searching('$regexMatch', false, (expression, text) => expression.test(text)),
  $regexFind: searching('$regexFind', null, (expression, text) => {
    const match = expression.exec(text)
    return match ? found(match) : null
  }),
  $regexFindAll: searching('$regexFindAll', [], (expression, text) =>
    [...text.matchAll(new RegExp(expression.source, `${expression.flags}g`))].map(found),
  ),
}
