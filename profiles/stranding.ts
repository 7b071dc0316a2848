import { isDictionary, isList, withNumbers, type PlistDictionary } from './plist/plist-value.ts'
import { joinsByItself } from './validation/network-dangers.ts'
import { demandsPasscode } from './validation/passcode-dangers.ts'

/** What of a profile decides, together with other profiles, whether an iPad can be reached and opened. */
export interface Footing {
  /** Names of the networks that the iPad joins without a hand. */
  readonly networks: readonly string[]
  /** The iPad joins no networks but those of profiles. */
  readonly bindsNetworks: boolean
  /** The user has to set a passcode, or another one. */
  readonly demandsPasscode: boolean
  /** The user cannot change the passcode. */
  readonly locksPasscode: boolean
}

export const strandings = ['passcode-loop', 'no-allowed-network', 'no-network-left'] as const
/**
 * `passcode-loop`: a code is demanded that nobody may set. `no-allowed-network`: bound to networks of profiles, and there
 * is none. `no-network-left`: the last network of a profile goes; the iPad may know others of its own.
 */
export type Stranding = (typeof strandings)[number]

export function footingOf(profile: PlistDictionary): Footing {
  const content = withNumbers(profile['PayloadContent'] ?? [])
  const payloads = isList(content) ? content.filter(isDictionary) : []
  const networks = payloads.filter(
    payload => payload['PayloadType'] === 'com.apple.wifi.managed' && joinsByItself(payload),
  )
  return {
    networks: networks.map(({ SSID_STR: name, DomainName: domain }) => textOf(name) ?? textOf(domain) ?? ''),
    bindsNetworks: payloads.some(
      payload =>
        payload['forceWiFiToAllowedNetworksOnly'] === true || payload['forceWiFiWhitelisting'] === true,
    ),
    demandsPasscode: payloads.some(demandsPasscode),
    locksPasscode: payloads.some(payload => payload['allowPasscodeModification'] === false),
  }
}

interface Change {
  /** The other profiles of the iPad, each with the versions of which it may have one. */
  readonly others: readonly (readonly Footing[])[]
  /** The versions of which it may have one before the change; none when it has none. */
  readonly before: readonly Footing[]
  /** Of the version that it gets; missing when it loses the profile. */
  readonly after: Footing | undefined
}

/**
 * Why an iPad could be stranded by the change; undefined when it could not, or was before already. Where it is not known
 * which version it has of something, it must not be stranded with any.
 */
export function strandingBy({ others, before, after }: Change): Stranding | undefined {
  const found = new Set<Stranding | undefined>()
  for (const rest of everyUnion(others))
    for (const then of before.length === 0 ? [rest] : before.map(each => union(rest, each)))
      found.add(strandingBetween(then, after ? union(rest, after) : rest))
  return strandings.find(each => found.has(each))
}

function strandingBetween(then: Footing, now: Footing): Stranding | undefined {
  if (isLoop(now) && !isLoop(then)) return 'passcode-loop'
  if (isCutOff(now) && !isCutOff(then)) return 'no-allowed-network'
  return hasNetwork(then) && !hasNetwork(now) ? 'no-network-left' : undefined
}

const bare: Footing = { networks: [], bindsNetworks: false, demandsPasscode: false, locksPasscode: false }

const union = (one: Footing, other: Footing): Footing => ({
  networks: [...one.networks, ...other.networks],
  bindsNetworks: one.bindsNetworks || other.bindsNetworks,
  demandsPasscode: one.demandsPasscode || other.demandsPasscode,
  locksPasscode: one.locksPasscode || other.locksPasscode,
})

/** What the profiles may come to together; those that come to the same are one, so there are sixteen at most. */
function everyUnion(all: readonly (readonly Footing[])[]): Footing[] {
  let unions = [bare]
  for (const versions of all) {
    if (versions.length === 0) continue
    const next = unions.flatMap(sum => versions.map(version => union(sum, version)))
    unions = [...new Map(next.map(each => [kindOf(each), each])).values()]
  }
  return unions
}

const kindOf = (footing: Footing): string =>
  JSON.stringify([hasNetwork(footing), footing.bindsNetworks, footing.demandsPasscode, footing.locksPasscode])

const isLoop = ({ demandsPasscode, locksPasscode }: Footing) => demandsPasscode && locksPasscode

const hasNetwork = ({ networks }: Footing) => networks.length > 0

const isCutOff = (footing: Footing) => footing.bindsNetworks && !hasNetwork(footing)

/**
 * Whether a version takes away every network that the previous one gave: nobody knows yet whether its new ones work.
 */
export function losesNetworks(before: Footing, after: Footing): boolean {
  return before.networks.length > 0 && !before.networks.some(name => after.networks.includes(name))
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
