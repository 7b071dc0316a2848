/** One iPad to wake: where Apple finds it, and the word that proves to it that its own server calls. */
export interface PushTarget {
  readonly enrolmentId: string
  readonly token: Uint8Array
  readonly pushMagic: string
}

export type PushOutcome =
  /** Apple took it; whether and when the iPad hears of it is not told. */
  | { readonly kind: 'sent' }
  /** The token is dead: no more pushes until the iPad gives a new one. */
  | { readonly kind: 'unregistered' }
  /** Not taken now, and trying at once did not help. */
  | { readonly kind: 'retry'; readonly afterSeconds: number | undefined; readonly reason: string }
  /** Apple refuses us, not the iPad: certificate or topic is wrong. Somebody must look. */
  | { readonly kind: 'refused'; readonly reason: string }

/** Waking iPads. A push carries no command; it only makes the iPad ask. */
export interface Pusher {
  /** The outcome for each target, by its enrolment id. One dead token never spoils the others. Does not reject. */
  wake(targets: readonly PushTarget[]): Promise<ReadonlyMap<string, PushOutcome>>
  /** No pushes any more. */
  close(): Promise<void>
}
