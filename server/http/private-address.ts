import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'

/** Networks that belong to nobody on the internet: IANA's special-purpose registries (RFC 6890 and its updates). */
const special: readonly (readonly [network: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
]
/** Only these are given to anybody on the internet; translations of IPv4 and tunnels within them are taken out. */
const globalUnicast = ['2000::', 3, 'ipv6'] as const
const within: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blocked = new BlockList()
for (const [network, bits, family] of special) blocked.addSubnet(network, bits, family)
for (const [network, bits] of within) blocked.addSubnet(network, bits, 'ipv6')
const open = new BlockList()
open.addSubnet(...globalUnicast)

/**
 * Whether an address belongs to this machine, a private network or nobody: a webhook must not reach into the server's
 * own network.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return blocked.check(address)
  return !isIPv6(address) || !open.check(address, 'ipv6') || blocked.check(address, 'ipv6')
}

/** Names that nobody has on the internet: RFC 6761, RFC 6762, RFC 8375, and `.internal` by ICANN in 2024. */
const houseNames = /(?:^|\.)(?:localhost|local|internal|home\.arpa|test|invalid)$/

/**
 * Whether the host of a URL is an IP address inside, such as `[::1]`, or a name of one, such as `localhost`. What any
 * other name points to is known when it is looked up.
 */
export function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) !== 0) return isPrivateAddress(bare)
  return houseNames.test(bare.toLowerCase().replace(/\.$/, ''))
}
