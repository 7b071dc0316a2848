import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

/** The addresses that a name leads to. */
export type LookUp = (host: string) => Promise<readonly string[]>

/** As the machine looks names up. */
export const lookUpHere: LookUp = async host =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * The addresses of a URL's host. A look-up cannot be called off and may be silent for long, so nobody waits for it after
 * `signal`.
 * @throws the reason of `signal`, or what the look-up says of a name that is none
 */
export async function addressesOf(
  { hostname }: Pick<URL, 'hostname'>,
  lookUp: LookUp,
  signal?: AbortSignal | null,
): Promise<readonly string[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return [host]
  if (!signal) return lookUp(host)
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', end, { once: true })
    lookUp(host)
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', end)
      })
  })
}
