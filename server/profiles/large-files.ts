import { setTimeout as pause } from 'node:timers/promises'
import { createInTurn } from '../in-turn.ts'
import { type ProfileContent } from './profile-content.ts'

/** From how many bytes on a file takes long enough to read and judge that others would notice. */
const largeBytes = 256_000
/** Between two of them everybody else is answered; in milliseconds. */
const breathMs = 100

/**
 * Large files are read and judged one after the other: the worst that is taken in keeps the server for half a second,
 * and eight of them at once would keep a lost iPad waiting for all eight.
 */
export function createLargeFiles(): <T>(content: ProfileContent, work: () => Promise<T>) => Promise<T> {
  const inTurn = createInTurn()
  return (content, work) => {
    if (content.from !== 'file' || content.bytes.length < largeBytes) return work()
    return inTurn('large file', async () => {
      await pause(breathMs)
      return work()
    })
  }
}
