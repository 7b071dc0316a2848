import { BlockList, isIP } from 'node:net'

/** Whose word about where a request comes from is believed. */
export interface TrustedProxies {
  has(address: string): boolean
}

/**
 * The proxies at these addresses and in these networks, such as `10.0.0.1`, `10.0.0.0/8` or `2001:db8::/32`.
 * @throws {RangeError} naming the first that is neither
 */
export function readTrustedProxies(named: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const name of named) {
    const [address = '', bits, ...more] = name.split('/')
    const family = familyOf(address)
    const longest = family === 'ipv4' ? 32 : 128
    const isNetwork = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= longest
    if (!family || more.length > 0 || (bits !== undefined && !isNetwork)) throw new RangeError(name)
    list.addSubnet(address, isNetwork ? Number(bits) : longest, family)
  }
  return {
    has(address) {
      const family = familyOf(address)
      return family !== undefined && list.check(address, family)
    },
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  if (version === 0) return undefined
  return version === 4 ? 'ipv4' : 'ipv6'
}
