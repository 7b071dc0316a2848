/** MongoDB's code for a key that a unique index holds already. */
const duplicateKeyCode = 11_000

/** Whether a write was refused because a unique index already holds its key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === duplicateKeyCode
}
