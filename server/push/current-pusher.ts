import { type Pusher } from '../../mdm/push.ts'
import { type Clock } from '../clock.ts'
import { type PushIdentity } from './push-certificates.ts'

interface CurrentPusherDeps {
  readonly identity: () => Promise<PushIdentity>
  readonly mode: (identity: PushIdentity) => 'push' | 'off'
  /** Throws Error for an identity that the library refuses. */
  readonly make: (identity: PushIdentity) => Promise<Pusher>
  readonly clock: Clock
}

/** How long the certificate in use is believed: another instance may have taken a new one. */
const believedMs = 30_000

interface CurrentPusher {
  get(): Promise<Pusher | undefined>
  /** The certificate has changed: look at once. */
  forget(): void
  close(): Promise<void>
}

/** The pusher of the certificate in use, made when it is needed, and again when the certificate changes. */
export function createCurrentPusher({ identity, mode, make, clock }: CurrentPusherDeps): CurrentPusher {
  let using: { readonly certificate: string; readonly pusher: Pusher | undefined } | undefined
  let lookedAt = 0
  let looking: Promise<void> | undefined

  let changes = 0

  async function look(): Promise<void> {
    const seen = changes
    const now = await identity()
    // A certificate that came while this one was read is looked for the next time.
    if (seen === changes) lookedAt = clock.now().getTime()
    if (using?.certificate === now.certificate) return
    const before = using?.pusher
    using = { certificate: now.certificate, pusher: mode(now) === 'push' ? await make(now) : undefined }
    await before?.close()
  }

  return {
    async get() {
      if (!using || clock.now().getTime() - lookedAt > believedMs) {
        looking ??= look().finally(() => (looking = undefined))
        await looking
      }
      return using?.pusher
    },
    forget() {
      changes += 1
      lookedAt = 0
    },
    async close() {
      await looking
      await using?.pusher?.close()
      using = undefined
    },
  }
}
