/**
 * Runs pieces of work with the same key one after the other, and others beside them. Transactions on the same row would
 * otherwise fail each other and be tried again: right, but slow in a burst. Other processes are held apart by the
 * database alone.
 */
export function createInTurn(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (lines.get(key) ?? Promise.resolve()).then(work, work)
    lines.set(key, turn)
    const leave = () => {
      if (lines.get(key) === turn) lines.delete(key)
    }
    turn.then(leave, leave)
    return turn
  }
}
