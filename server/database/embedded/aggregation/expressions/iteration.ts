import { atLocation, failedToParse } from '../../errors.ts'
import { typeName } from '../../query/type-alias.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { isNothing, type MaybeValue } from './arguments.ts'
import { type Compiler, declare, type Evaluate, type OperatorTable } from './scope.ts'
import { isTrue } from './truth.ts'

/** Operators that declare variables of their own. */
export const iteration: OperatorTable = {
  $let: compileLet,
  $map: compileMap,
  $filter: compileFilter,
  $reduce: compileReduce,
}

function parameters(
  name: string,
  argument: Value,
  known: readonly string[],
  required: readonly string[],
): Document {
  if (!isDocument(argument)) throw atLocation(16878, `${name} only supports an object as its argument`)
  for (const key of argument.keys()) {
    if (!known.includes(key)) throw failedToParse(`Unrecognized parameter to ${name}: ${key}`)
  }
  for (const key of required)
    if (!argument.has(key)) throw atLocation(16882, `Missing '${key}' parameter to ${name}`)
  return argument
}

/** Checks that a name can be a variable's: it begins with a lower-case letter, so that system variables stay apart. */
export function variableName(name: Value): string {
  if (typeof name !== 'string' || !/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$|^CURRENT$/.test(name)) {
    throw failedToParse(
      `'${typeof name === 'string' ? name : typeName(name)}' starts with an invalid character for a user variable name`,
    )
  }
  return name
}

function compileLet(argument: Value, compiler: Compiler): Evaluate {
  const given = parameters('$let', argument, ['vars', 'in'], ['vars', 'in'])
  const variables = given.get('vars')
  if (!isDocument(variables)) throw atLocation(16876, 'invalid parameter: expected an object (vars)')
  let { scope } = compiler
  const { slots } = scope
  const settings: { slot: number; evaluate: Evaluate }[] = []
  for (const [name, value] of variables) {
    const evaluate = compiler.expression(value)
    const declared = declare(scope, variableName(name))
    scope = declared.scope
    settings.push({ slot: declared.slot, evaluate })
  }
  const inside = compiler.expression(given.get('in') ?? null, scope)
  return root => {
    for (const { slot, evaluate } of settings) slots[slot] = evaluate(root)
    return inside(root)
  }
}

function inputArray(name: string, value: MaybeValue): readonly Value[] | undefined {
  if (isNothing(value)) return undefined
  if (!Array.isArray(value))
    throw atLocation(16883, `input to ${name} must be an array not ${typeName(value)}`)
  return value
}

function compileMap(argument: Value, compiler: Compiler): Evaluate {
  const given = parameters('$map', argument, ['input', 'as', 'in'], ['input', 'in'])
  const input = compiler.expression(given.get('input') ?? null)
  const { scope, slot } = declare(compiler.scope, variableName(given.get('as') ?? 'this'))
  const inside = compiler.expression(given.get('in') ?? null, scope)
  return root => {
    const array = inputArray('$map', input(root))
    if (!array) return null
    return array.map(element => {
      scope.slots[slot] = element
      return inside(root) ?? null
    })
  }
}

function compileFilter(argument: Value, compiler: Compiler): Evaluate {
  const given = parameters('$filter', argument, ['input', 'as', 'cond', 'limit'], ['input', 'cond'])
  const input = compiler.expression(given.get('input') ?? null)
  const limit = compiler.expression(given.get('limit') ?? null)
  const { scope, slot } = declare(compiler.scope, variableName(given.get('as') ?? 'this'))
  const condition = compiler.expression(given.get('cond') ?? null, scope)
  return root => {
    const array = inputArray('$filter', input(root))
    if (!array) return null
    const most = limit(root)
    const kept = array.filter(element => {
      scope.slots[slot] = element
      return isTrue(condition(root))
    })
    return isNumber(most) ? kept.slice(0, asNumber(most)) : kept
  }
}

function compileReduce(argument: Value, compiler: Compiler): Evaluate {
  const names = ['input', 'initialValue', 'in']
  const given = parameters('$reduce', argument, names, names)
  const input = compiler.expression(given.get('input') ?? null)
  const initial = compiler.expression(given.get('initialValue') ?? null)
  const element = declare(compiler.scope, 'this')
  const { scope, slot } = declare(element.scope, 'value')
  const inside = compiler.expression(given.get('in') ?? null, scope)
  return root => {
    const array = inputArray('$reduce', input(root))
    if (!array) return null
    let value = initial(root)
    for (const each of array) {
      scope.slots[element.slot] = each
      scope.slots[slot] = value
      value = inside(root)
    }
    return value
  }
}
