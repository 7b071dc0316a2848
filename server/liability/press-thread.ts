import { type Tinypool } from 'tinypool'
import { type PaperOrder, type Press } from './press.ts'

/** Milliseconds without a paper until the thread ends: longer than any pause of an open house. */
const restsAfter = 15 * 60_000

/**
 * A press in a thread of its own. Setting a paper takes a twentieth of a second, in which the desk beside would wait
 * for its answer; typesetter and fonts take some 40 MB, which a server that only talks with iPads never needs.
 */
export function createPressThread(): Press {
  let opening: Promise<Tinypool> | undefined

  return {
    async set(order: PaperOrder) {
      const pool = await (opening ??= open())
      const bytes = (await pool.run(order)) as Uint8Array
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },

    async stop() {
      await (await opening)?.destroy()
      opening = undefined
    },
  }
}

async function open(): Promise<Tinypool> {
  const { Tinypool } = await import('tinypool')
  return new Tinypool({
    filename: new URL('./press-worker.ts', import.meta.url).href,
    name: 'set',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: restsAfter,
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  })
}
