import { AsyncLocalStorage } from 'node:async_hooks'

/** Where a deed comes from: the request or the job that it is done for. */
export interface CallOrigin {
  readonly requestId?: string
  /** Of people and programs. An iPad's is not kept: it would tell where its holder is. */
  readonly address?: string
  readonly job?: string
}

/** Carries the origin of a call to whatever it comes to, without every function in between passing it on. */
export interface CallOrigins {
  run<T>(origin: CallOrigin, work: () => T): T
  /** The origin of the call that is running; nothing when nobody named one. */
  current(): CallOrigin
}

export function createCallOrigins(): CallOrigins {
  const storage = new AsyncLocalStorage<CallOrigin>()
  return {
    run: (origin, work) => storage.run(origin, work),
    current: () => storage.getStore() ?? {},
  }
}
