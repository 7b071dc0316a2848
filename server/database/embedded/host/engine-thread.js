// The first module of the engine's thread, in plain JavaScript: Node keeps what it compiles only of modules that are
// loaded after the cache has been opened, and stripping types anew at every start takes longer than the start itself.
import { enableCompileCache, flushCompileCache } from 'node:module'
import process from 'node:process'
import { fileURLToPath, URL } from 'node:url'

const besidePackages = fileURLToPath(new URL('../../../../node_modules/.cache/compiled', import.meta.url))
// Where nothing can be written, everything is compiled anew as before.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? besidePackages)
await import('./engine-worker.ts')
flushCompileCache()
