/** What a log may hold of a fault: its kind and place, never its words, which can quote what people typed. */
interface Fault {
  readonly name: string
  readonly code: string | number | undefined
  /** The innermost places in the code, one a line. */
  readonly at: string | undefined
  readonly cause: Fault | undefined
}

const frames = 12

/** The kind and place of what was thrown, and of what caused it. */
export function faultOf(thrown: unknown): Fault {
  if (!(thrown instanceof Error))
    return { name: typeof thrown, code: undefined, at: undefined, cause: undefined }
  const { code } = thrown as { code?: unknown }
  const places = thrown.stack?.split('\n').filter(line => line.startsWith('    at '))
  return {
    name: thrown.name,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    at: places?.slice(0, frames).join('\n'),
    cause: thrown.cause === undefined ? undefined : faultOf(thrown.cause),
  }
}
