import { type Sighting } from '../devices/device-store.ts'

interface SightingsDeps {
  readonly save: (sightings: readonly Sighting[]) => Promise<void>
  readonly noteFault: (error: unknown) => void
  readonly everyMs: number
}

export type Sightings = ReturnType<typeof createSightings>

/**
 * When iPads were last seen, gathered and written once a second: a write for each poll would cost more than the poll. A
 * crash loses one second of times, which the next poll brings again.
 */
export function createSightings({ save, noteFault, everyMs }: SightingsDeps) {
  let seen = new Map<string, Sighting>()
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    const batch = [...seen.values()]
    seen = new Map()
    if (batch.length > 0) await save(batch).catch(noteFault)
  }

  return {
    saw(organisationId: string, deviceId: string, at: Date): void {
      seen.set(deviceId, { organisationId, deviceId, at })
    },
    start(): void {
      timer ??= setInterval(() => void flush(), everyMs)
    },
    /** Writes what is left. */
    async stop(): Promise<void> {
      clearInterval(timer)
      timer = undefined
      await flush()
    },
  }
}
