/** What passkeys are bound to (WebAuthn Level 2, 5.1.2): the name of the site, and where its pages come from. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

/**
 * The party for the address that people use, or undefined where browsers give no passkeys: for a bare number as
 * address, and without TLS anywhere but on this machine.
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | undefined {
  const { hostname, protocol, origin } = new URL(publicUrl)
  const isHere = hostname === 'localhost' || hostname.endsWith('.localhost')
  // A URL writes every kind of IPv4 address as four numbers, and IPv6 in brackets.
  const isNumber = /^\[|^\d+(\.\d+){3}$/.test(hostname)
  return isNumber || (protocol !== 'https:' && !isHere) ? undefined : { id: hostname, origin }
}
