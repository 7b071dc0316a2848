/** Work that nobody waits for: how much of it is under way, and that it ends before the server does. */
export function createBackground(noteFault: (error: unknown) => void) {
  const running = new Set<Promise<void>>()
  const lines = new Map<string, { again: boolean }>()

  function run(work: () => Promise<void>): void {
    const done = work()
      .catch(noteFault)
      .finally(() => running.delete(done))
    running.add(done)
  }

  return {
    run,

    /**
     * Runs `work` for `key` soon; if asked again meanwhile it runs once more afterwards, never twice at the same time.
     */
    soon(key: string, work: () => Promise<void>): void {
      const line = lines.get(key)
      if (line) {
        line.again = true
        return
      }
      const own = { again: true }
      lines.set(key, own)
      run(async () => {
        try {
          while (own.again) {
            own.again = false
            await work()
          }
        } finally {
          lines.delete(key)
        }
      })
    },

    /** Resolves when nothing is under way. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
