import { atLocation, failedToParse } from '../../errors.ts'
import { BsonUndefined, isDocument, type Value } from '../../values/value.ts'
import { type CompileOperator, type Compiler, type Evaluate } from './scope.ts'

export type MaybeValue = Value | undefined

/** Missing, null or undefined: what most operators answer with null. */
export const isNothing = (value: MaybeValue): value is null | undefined | BsonUndefined =>
  value === undefined || value === null || value instanceof BsonUndefined

/** The arguments of a call: an array of them, or one alone. */
export const argumentList = (argument: Value): readonly Value[] =>
  Array.isArray(argument) ? argument : [argument]

function checkCount(name: string, count: number, [least, most]: readonly [number, number]): void {
  if (count >= least && count <= most) return
  const wanted =
    least === most ? `exactly ${least} arguments` : `at least ${least} arguments, and at most ${most}`
  throw atLocation(16020, `Expression ${name} takes ${wanted}. ${count} were passed in.`)
}

/** An operator of one argument. */
export const one =
  (name: string, apply: (value: MaybeValue) => MaybeValue): CompileOperator =>
  (argument, compiler) => {
    const list = argumentList(argument)
    checkCount(name, list.length, [1, 1])
    const evaluate = compiler.expression(list[0] ?? null)
    return root => apply(evaluate(root))
  }

/** An operator of two arguments. */
export const two =
  (name: string, apply: (a: MaybeValue, b: MaybeValue) => MaybeValue): CompileOperator =>
  (argument, compiler) => {
    const list = argumentList(argument)
    checkCount(name, list.length, [2, 2])
    const [first, second] = list.map(each => compiler.expression(each))
    return root => apply(first?.(root), second?.(root))
  }

/** An operator whose arguments come in order, some of which may be left out. */
export const several =
  (
    name: string,
    counts: readonly [number, number],
    apply: (values: readonly MaybeValue[]) => MaybeValue,
  ): CompileOperator =>
  (argument, compiler) => {
    const list = argumentList(argument)
    checkCount(name, list.length, counts)
    const evaluates = list.map(each => compiler.expression(each))
    return root => apply(evaluates.map(evaluate => evaluate(root)))
  }

/** An operator of any number of arguments. */
export const any = (name: string, apply: (values: readonly MaybeValue[]) => MaybeValue): CompileOperator =>
  several(name, [0, Infinity], apply)

interface NamedParameters {
  readonly required: readonly string[]
  readonly optional?: readonly string[]
}

/** Compiles the parameters of a call that names them; those left out are absent from the result. */
export function namedParameters(
  name: string,
  parameters: NamedParameters,
  argument: Value,
  compiler: Compiler,
): ReadonlyMap<string, Evaluate> {
  if (!isDocument(argument)) throw failedToParse(`${name} only supports an object as its argument`)
  const known = [...parameters.required, ...(parameters.optional ?? [])]
  for (const key of argument.keys()) {
    if (!known.includes(key)) throw failedToParse(`Unrecognized argument to ${name}: ${key}`)
  }
  for (const key of parameters.required) {
    if (!argument.has(key)) throw failedToParse(`Missing '${key}' parameter to ${name}`)
  }
  return new Map([...argument].map(([key, value]) => [key, compiler.expression(value)]))
}

/** Reads a named parameter of the call at hand; missing when it was left out. */
export type Given = (key: string) => MaybeValue

/** An operator that names its parameters. */
export const named =
  (
    name: string,
    parameters: NamedParameters,
    apply: (given: Given, has: (key: string) => boolean) => MaybeValue,
  ): CompileOperator =>
  (argument, compiler) => {
    const evaluates = namedParameters(name, parameters, argument, compiler)
    return root =>
      apply(
        key => evaluates.get(key)?.(root),
        key => evaluates.has(key),
      )
  }
