/** Where clients connect: a socket in the file system, or a port of 127.0.0.1 (0: any that is free). */
export type Listening = { readonly socket: string } | { readonly port: number }

export interface ServeOptions {
  readonly folder: string
  readonly listen: Listening
  readonly testCommands: boolean
  readonly maxPages: number | undefined
}

export interface Serving {
  /** `127.0.0.1:port`, or the path of the socket. */
  readonly address: string
  /** What is wrong with the indexes as they are at this moment; empty when sound. */
  indexFaults(): Promise<readonly string[]>
  /** Closes all connections and the store; a second time it does nothing. */
  stop(): Promise<void>
}
