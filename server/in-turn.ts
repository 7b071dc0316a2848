/**
 * Runs pieces of work with the same key one after the other, and others in parallel. Transactions on the same row would
 * otherwise conflict and be tried again: correct, but slow in a burst. Between processes only the database keeps order.
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
