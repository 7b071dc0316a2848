import { compareVersions, type IpadFacts } from '../catalogue/availability.ts'
import { entryFor } from '../catalogue/catalogue.ts'
import { type Words } from '../catalogue/notation.ts'
import { type PlistDictionary } from '../plist/plist-value.ts'
import { callIt } from './check-value.ts'
import { type IpadKind } from './check-availability.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/** Apple says these in prose only: iPads on which a value, or the lack of one, makes a payload useless. */
interface Saying {
  readonly type: string
  /** The key at which it is told. */
  readonly key: string
  readonly holds: (payload: PlistDictionary) => boolean
  readonly useless: (ipad: IpadFacts) => boolean
  readonly why: Words
}

const filter = 'com.apple.webcontent-filter'
const dnsProxy = 'com.apple.dnsProxy.managed'

const lacks = (name: string) => (payload: PlistDictionary) =>
  payload[name] === undefined || payload[name] === ''
const unsupervisedBefore = (version: string) => (ipad: IpadFacts) =>
  !ipad.supervised && compareVersions(ipad.osVersion, version) < 0
const isOwnedByUser = ({ enrolment }: IpadFacts) => enrolment === 'user'

const sayings: readonly Saying[] = [
  ...['com.apple.vpn.managed', 'com.apple.vpn.managed.applayer'].map((type): Saying => ({
    type,
    key: 'VPNType',
    holds: payload => payload['VPNType'] === 'AlwaysOn',
    useless: ipad => !ipad.supervised,
    why: ['AlwaysOn kräver övervakning', 'AlwaysOn requires supervision'],
  })),
  {
    type: filter,
    key: 'ContentFilterUUID',
    holds: payload => payload['FilterType'] === 'Plugin' && lacks('ContentFilterUUID')(payload),
    useless: ipad => !ipad.supervised || isOwnedByUser(ipad),
    why: [
      'utan övervakning, och på låntagarnas egna iPads, måste filtret ha ett UUID',
      'without supervision, and on borrowers’ own iPads, the filter must have a UUID',
    ],
  },
  {
    type: filter,
    key: 'FilterType',
    holds: () => true,
    useless: unsupervisedBefore('16.0'),
    why: ['före iPadOS 16 kräver filtret övervakning', 'before iPadOS 16 the filter requires supervision'],
  },
  {
    type: dnsProxy,
    key: 'AppBundleIdentifier',
    holds: () => true,
    useless: unsupervisedBefore('15.0'),
    why: ['före iPadOS 15 krävs övervakning', 'before iPadOS 15 supervision is required'],
  },
  ...(
    [
      [dnsProxy, 'DNSProxyUUID'],
      ['com.apple.relay.managed', 'RelayUUID'],
    ] as const
  ).map(([type, key]): Saying => ({
    type,
    key,
    holds: lacks(key),
    useless: isOwnedByUser,
    why: ['på låntagarnas egna iPads behövs ett UUID', 'on borrowers’ own iPads a UUID is needed'],
  })),
  {
    type: 'com.apple.cellularprivatenetwork.managed',
    key: 'Geofences',
    holds: payload => payload['Geofences'] !== undefined,
    useless: () => true,
    why: ['används bara på iPhone', 'used on iPhones only'],
  },
]

/** Says on how many of `kinds`, of `total` iPads, a payload does nothing by what Apple says in prose. */
export function checkSayings(
  payload: PlistDictionary,
  place: Place,
  { kinds, total, findings }: { kinds: readonly IpadKind[]; total: number; findings: Findings },
): void {
  for (const { type, key, holds, useless, why } of sayings) {
    if (type !== payload['PayloadType'] || !holds(payload)) continue
    const affected = kinds.filter(({ facts }) => useless(facts)).reduce((sum, { count }) => sum + count, 0)
    if (affected === 0) continue
    const at = { ...place, path: [...place.path, key] }
    const [sv, en] = callIt(entryFor(payload)?.keys[key] ?? {}, at)
    findings.add({
      severity: 'unavailable',
      code: 'unavailable',
      place: at,
      words: [
        `${sv} verkar inte på ${affected} av ${total} iPads: ${why[0]}.`,
        `${en} has no effect on ${affected} of ${total} iPads: ${why[1]}.`,
      ],
      ipads: { affected, of: total },
    })
  }
}
