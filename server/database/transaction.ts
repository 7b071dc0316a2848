/**
 * Runs `work` so that all of its reads and writes are committed together or not at all; called inside another
 * transaction it joins that one. `work` may run several times when two transactions touch the same rows, so it holds no
 * other effect (queue and push come after it), and it awaits one query at a time.
 */
export type Transaction = <T>(work: () => Promise<T>) => Promise<T>
