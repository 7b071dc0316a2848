/** One wrong parameter; `path` is dotted in Apple's names. */
export interface ParameterProblem {
  readonly path: string
  readonly message: string
}

/** A command that no device would take. The caller's mistake; `problems` says which. */
export class CommandError extends Error {
  readonly problems: readonly ParameterProblem[]

  constructor(message: string, problems: readonly ParameterProblem[]) {
    super(message)
    this.name = 'CommandError'
    this.problems = problems
  }
}
