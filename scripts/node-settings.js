import { join } from 'node:path'

// How the product's Node is started; plain JavaScript, because the launcher runs on any Node. All of it is about memory:
// a server for one municipality shall fit beside others on a small machine.
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  // Room for new objects, in MB for each of its halves. Node's own 16 leaves some 60 MB resident that nobody needs.
  '--max-semi-space-size=4',
  // Collect when the heap has grown by a quarter, not by several times; a little processor time for much less memory.
  '--heap-growing-percent=25',
  // So that a thread at rest can collect what its last busy spell left behind.
  '--expose-gc',
]

export const nodeEnvironment = {
  // Stripping types and compiling some hundred files takes a second or two; what was done once is kept.
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'),
  // For the C library: one pool for all threads, and what is free goes back to the system.
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '65536',
}
