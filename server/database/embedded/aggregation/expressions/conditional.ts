import { atLocation } from '../../errors.ts'
import { isDocument, type Value } from '../../values/value.ts'
import { argumentList, isNothing, namedParameters } from './arguments.ts'
import { type Compiler, type Evaluate, type OperatorTable } from './scope.ts'
import { isTrue } from './truth.ts'

/** Choices: only the branch that is taken is computed. */
export const conditional: OperatorTable = {
  $and: (argument, compiler) => {
    const conditions = compileAll(argument, compiler)
    return root => conditions.every(condition => isTrue(condition(root)))
  },
  $or: (argument, compiler) => {
    const conditions = compileAll(argument, compiler)
    return root => conditions.some(condition => isTrue(condition(root)))
  },
  $not: (argument, compiler) => {
    const [condition, second] = compileAll(argument, compiler)
    if (!condition || second) throw atLocation(16020, 'Expression $not takes exactly 1 arguments.')
    return root => !isTrue(condition(root))
  },
  $cond: (argument, compiler) => {
    const [condition, then, otherwise] = condParts(argument, compiler)
    return root => (isTrue(condition(root)) ? then(root) : otherwise(root))
  },
  $ifNull: (argument, compiler) => {
    const choices = compileAll(argument, compiler)
    if (choices.length < 2) throw atLocation(1257300, '$ifNull needs at least two arguments')
    return root => {
      let value
      for (const choice of choices) {
        value = choice(root)
        if (!isNothing(value)) return value
      }
      return value
    }
  },
  $switch: compileSwitch,
}

const compileAll = (argument: Value, compiler: Compiler) =>
  argumentList(argument).map(each => compiler.expression(each))

function condParts(argument: Value, compiler: Compiler): [Evaluate, Evaluate, Evaluate] {
  const named = isDocument(argument)
    ? namedParameters('$cond', { required: ['if', 'then', 'else'] }, argument, compiler)
    : undefined
  const parts = named ? ['if', 'then', 'else'].map(key => named.get(key)) : compileAll(argument, compiler)
  const [condition, then, otherwise] = parts
  if (!condition || !then || !otherwise || parts.length > 3) {
    throw atLocation(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`)
  }
  return [condition, then, otherwise]
}

function compileSwitch(argument: Value, compiler: Compiler): Evaluate {
  if (!isDocument(argument)) throw atLocation(40060, '$switch requires an object as an argument')
  const branches = argument.get('branches')
  if (!Array.isArray(branches) || branches.length === 0)
    throw atLocation(40068, '$switch requires at least one branch.')
  const cases = branches.map(branch => {
    if (!isDocument(branch)) throw atLocation(40062, '$switch requires each branch to be an object')
    const [condition, then] = [branch.get('case'), branch.get('then')]
    if (condition === undefined)
      throw atLocation(40066, "$switch requires each branch have a 'case' expression")
    if (then === undefined) throw atLocation(40067, "$switch requires each branch have a 'then' expression.")
    return { condition: compiler.expression(condition), then: compiler.expression(then) }
  })
  const fallback = argument.get('default')
  const otherwise = fallback === undefined ? undefined : compiler.expression(fallback)
  return root => {
    for (const { condition, then } of cases) if (isTrue(condition(root))) return then(root)
    if (!otherwise)
      throw atLocation(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      )
    return otherwise(root)
  }
}
