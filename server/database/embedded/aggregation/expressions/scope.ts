import { type Document, type Value } from '../../values/value.ts'

/** A compiled expression: its value for a document, undefined when the result is missing. */
export type Evaluate = (root: Document) => Value | undefined

/**
 * The variables that expressions compiled together see. A name is resolved to a slot once, when compiling;
 * the slots are shared, so setting one costs nothing for each document.
 */
export interface Scope {
  readonly slots: (Value | undefined)[]
  readonly names: ReadonlyMap<string, number>
  /** What `$$NOW` says; an expression that asks for it is refused where there is none. */
  readonly now: Date | undefined
  /** From 0 up to and without 1, for `$rand`, which is refused where there is none. */
  readonly random: (() => number) | undefined
}

/** A scope with the given variables. */
export function newScope(
  now?: Date,
  variables: ReadonlyMap<string, Value> = new Map(),
  random?: () => number,
): Scope {
  const names = [...variables.keys()].map((name, slot) => [name, slot] as const)
  return { slots: [...variables.values()], names: new Map(names), now, random }
}

/** The scope with one more variable and the slot to set it in. */
export function declare(scope: Scope, name: string): { readonly scope: Scope; readonly slot: number } {
  const slot = scope.slots.length
  scope.slots.push(undefined)
  return { scope: { ...scope, names: new Map(scope.names).set(name, slot) }, slot }
}

/** What the operators of an expression compile their arguments with. */
export interface Compiler {
  readonly scope: Scope
  /** Compiles an argument, in another scope where the operator declares variables. */
  expression(argument: Value, scope?: Scope): Evaluate
}

/** Compiles one operator's call. */
export type CompileOperator = (argument: Value, compiler: Compiler) => Evaluate

export type OperatorTable = Readonly<Record<string, CompileOperator>>
