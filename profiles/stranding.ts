import { isDictionary, isList, type PlistDictionary } from './plist/plist-value.ts'
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
  const content = profile['PayloadContent']
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

export interface Change {
  /** The other profiles of the iPad. */
  readonly others: readonly Footing[]
  /** Of the version that it has; missing when it has none. */
  readonly before: Footing | undefined
  /** Of the version that it gets; missing when it loses the profile. */
  readonly after: Footing | undefined
}

/** Why an iPad would be stranded by the change; undefined when it would not, or was before already. */
export function strandingBy({ others, before, after }: Change): Stranding | undefined {
  const [then, now] = [
    [...others, ...(before ? [before] : [])],
    [...others, ...(after ? [after] : [])],
  ]
  if (isLoop(now) && !isLoop(then)) return 'passcode-loop'
  if (isCutOff(now) && !isCutOff(then)) return 'no-allowed-network'
  return hasNetwork(then) && !hasNetwork(now) ? 'no-network-left' : undefined
}

const isLoop = (all: readonly Footing[]) =>
  all.some(each => each.demandsPasscode) && all.some(each => each.locksPasscode)

const hasNetwork = (all: readonly Footing[]) => all.some(({ networks }) => networks.length > 0)

const isCutOff = (all: readonly Footing[]) => all.some(each => each.bindsNetworks) && !hasNetwork(all)

/** Whether a version takes away every network that the one before it gave: nobody knows whether the new ones work. */
export function losesNetworks(before: Footing, after: Footing): boolean {
  return before.networks.length > 0 && !before.networks.some(name => after.networks.includes(name))
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
