import { PassThrough, type Readable } from 'node:stream'
import { type Right } from '../staff/rights.ts'
import { heard } from './change.ts'
import { type Changes } from './changes.ts'

/** Who follows, as they were when the stream began. */
interface Follower {
  /** Session or token: what may hold only so many streams. */
  readonly holder: string
  readonly staffId: string
  readonly organisationId: string
  readonly wishes: readonly string[]
  /** The rights that the follower holds now; undefined when there is nobody any more. */
  readonly stillHeld: () => Promise<readonly Right[] | undefined>
}

interface StreamsDeps {
  readonly changes: Pick<Changes, 'follow'>
  /** Between two signs of life; each also asks whether the follower may still follow. */
  readonly beatMs: number
  /** How many streams a holder has at once; a further one ends the oldest. */
  readonly mostOfOne: number
}

interface Stream {
  readonly holder: string
  end(why: 'over' | 'elsewhere' | 'closing'): void
}

export type Streams = ReturnType<typeof createStreams>

/**
 * Server-sent events: `changed` with subjects, one a line, and nothing else about them; `over` when nobody is signed in
 * any more. A follower who reads too slowly is told less often, never more than fits the socket.
 */
export function createStreams({ changes, beatMs, mostOfOne }: StreamsDeps) {
  const open = new Set<Stream>()
  let isClosing = false

  function openOne({ holder, staffId, organisationId, wishes, stillHeld }: Follower, held: readonly Right[]) {
    const body = new PassThrough()
    let now = held
    let isAsking = false
    const write = (event: string, lines: readonly string[] = ['']) => {
      if (body.writableNeedDrain || body.writableEnded) return
      body.write(`event: ${event}\n${lines.map(line => `data: ${line}\n`).join('')}\n`)
    }
    const ask = async () => {
      if (isAsking) return
      isAsking = true
      const found = await stillHeld().catch(() => undefined)
      isAsking = false
      if (found) now = found
      else stream.end('over')
    }
    const unfollow = changes.follow(organisationId, subjects => {
      if (subjects.includes(`staff:${staffId}`)) void ask()
      const told = heard(subjects, { wishes, held: now })
      if (told.length > 0) write('changed', told)
    })
    const beat = setInterval(() => {
      write('beat')
      void ask()
    }, beatMs)
    beat.unref()
    const stream: Stream = {
      holder,
      end(why) {
        if (!body.writableEnded) {
          write(why)
          body.end()
        }
        forget()
      },
    }
    const forget = () => {
      clearInterval(beat)
      unfollow()
      open.delete(stream)
    }
    body.once('close', forget)
    open.add(stream)
    body.write('retry: 3000\n\n')
    write('ready')
    return body
  }

  return {
    /** A stream for `follower`; undefined when the server is about to stop. */
    begin(follower: Follower, held: readonly Right[]): Readable | undefined {
      if (isClosing) return undefined
      const own = [...open].filter(({ holder }) => holder === follower.holder)
      for (const old of own.slice(0, Math.max(0, own.length - mostOfOne + 1))) old.end('elsewhere')
      return openOne(follower, held)
    },

    count: () => open.size,

    /** Ends every stream, and lets none begin. */
    close(): void {
      isClosing = true
      for (const stream of open) stream.end('closing')
    },
  }
}
