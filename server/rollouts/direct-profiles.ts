import { type X509Certificate } from 'node:crypto'
import { type Signer } from '../../profiles/cms/sign-data.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { footingOf, type Footing, type Stranding } from '../../profiles/stranding.ts'
import { type Standings } from '../assignments/standings.ts'
import { type Clock } from '../clock.ts'
import { type InstalledProfile } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type RandomBytes } from '../ids.ts'
import { openFile } from '../profiles/profile-content.ts'
import { type SoundProfile } from '../profiles/sound-profile.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Placement } from './placement.ts'
import { type PlacementStore } from './placement-store.ts'
import { prepare } from './rolled-profile.ts'
import { strandedBeside, strandedBy, versionsOn } from './stranded.ts'
import { createVersions, type Contents } from './versions.ts'

/** A profile as it travels. */
interface Travelling {
  readonly bytes: Uint8Array
  /** The identity of the iPad that it is encrypted for; missing when nothing in it is secret. */
  readonly encryptedFor?: X509Certificate
}

export type DirectProfiles = ReturnType<typeof createDirectProfiles>

interface DirectProfilesDeps {
  readonly soundProfile: SoundProfile
  readonly standings: Pick<Standings, 'of'>
  readonly placements: Pick<PlacementStore, 'ofDevices'>
  readonly contents: Contents
  readonly devices: Pick<Devices, 'get'>
  readonly signer: (organisationId: string) => Promise<Signer>
  readonly recipient: (organisationId: string, deviceId: string) => Promise<X509Certificate | undefined>
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

/** Profiles that somebody sends to one iPad or takes off it themselves, weighed and made as roll-outs do it. */
export function createDirectProfiles(deps: DirectProfilesDeps) {
  const { soundProfile, standings, placements, contents, devices, signer, recipient, clock, randomBytes } =
    deps

  /** What roll-outs have sent to the iPad. */
  async function besideOf({ organisationId }: Actor, deviceId: string) {
    const own = await placements.ofDevices(organisationId, [deviceId])
    const versions = createVersions(organisationId, contents)
    await versions.load(versionsOn(own))
    return { own, versions }
  }

  async function made({ organisationId, ...actor }: Actor, deviceId: string, profile: PlistDictionary) {
    const [ipad] = await standings.of({ organisationId, ...actor }, [deviceId])
    return prepare(profile, {
      values: ipad?.values ?? {},
      signer: await signer(organisationId),
      now: clock.now(),
      randomBytes,
      recipient: await recipient(organisationId, deviceId),
    })
  }

  return {
    /**
     * The profile as it travels: filled in for the iPad, encrypted for it where secrets are inside, signed. Where it
     * takes the place of one that may hold the last network, `reason` says why.
     * @throws {DomainError} not-found `device-unknown`; invalid `profile-…` for what is no profile in order; conflict
     * `profile-refused` with what is wrong, `profile-rolled-out`, `profile-strands`, `profile-may-strand`,
     * `profile-value-missing` with the variables, `profile-unwritable`, `profile-no-certificate`
     */
    async prepare(
      actor: Actor,
      deviceId: string,
      { bytes, reason }: { readonly bytes: Uint8Array; readonly reason?: string | undefined },
    ): Promise<Travelling> {
      const profile = await soundProfile(actor, deviceId, bytes)
      const beside = await besideOf(actor, deviceId)
      mustBeFree(profile['PayloadIdentifier'], beside.own)
      const { information } = await devices.get(actor, deviceId)
      const there = information?.profiles?.find(each => isSame(each.identifier, profile['PayloadIdentifier']))
      const before = there && mayHoldNetwork(there) ? [unknownFooting] : []
      const stranding = strandedBeside({ before, after: footingOf(profile) }, beside)
      if (stranding !== undefined && stranding !== 'no-network-left') throw strands(stranding)
      if (stranding !== undefined && !reason) throw mayStrand()
      const prepared = await made(actor, deviceId, profile)
      if ('code' in prepared) throw notReady(prepared)
      return prepared
    },

    /**
     * A profile that was let through before, made for the present identity of the iPad; undefined when that is no longer
     * possible.
     */
    async remade(organisationId: string, deviceId: string, bytes: Uint8Array): Promise<Buffer | undefined> {
      const { profile } = openFile(bytes, clock.now())
      const prepared = await made(systemActor(organisationId), deviceId, profile)
      return 'code' in prepared ? undefined : Buffer.from(prepared.bytes)
    },

    /**
     * Resolves when the profile may be taken off the iPad. Where its last network may go with it, `reason` says why.
     * @throws {DomainError} not-found `device-unknown`; conflict `profile-rolled-out`, `profile-strands`,
     * `profile-may-strand`
     */
    async mayRemove(
      actor: Actor,
      deviceId: string,
      { identifier, reason }: { identifier: string; reason?: string | undefined },
    ): Promise<void> {
      const { information } = await devices.get(actor, deviceId)
      const beside = await besideOf(actor, deviceId)
      mustBeFree(identifier, beside.own)
      const here = beside.own.find(each => isSame(each.identifier, identifier))
      const there = information?.profiles?.find(each => isSame(each.identifier, identifier))
      const isBare = information?.profiles !== undefined && !(there && mayHoldNetwork(there))
      const before = isBare ? [] : [unknownFooting]
      const stranding = here
        ? strandedBy(here.content, undefined, beside)
        : strandedBeside({ before }, beside)
      if (stranding === undefined) return
      if (stranding !== 'no-network-left') throw strands(stranding)
      if (!reason) throw mayStrand()
    },
  }
}

/** Of parts by which an iPad reaches the net. */
const networkTypes = ['com.apple.wifi.managed', 'com.apple.cellular', 'com.apple.apn.managed']

/**
 * Whether a profile that no roll-out brought may hold the only network: what is in it is known only as far as the iPad
 * has told.
 */
export const mayHoldNetwork = ({ types }: Pick<InstalledProfile, 'types'>): boolean =>
  types === undefined || types.some(type => networkTypes.includes(type) || type.includes('ethernet'))

const unknownFooting: Footing = {
  networks: [''],
  bindsNetworks: false,
  demandsPasscode: false,
  locksPasscode: false,
}

/** Capitals make no other profile of it. */
const isSame = (one: string, other: unknown): boolean =>
  typeof other === 'string' && one.toLowerCase() === other.toLowerCase()

/** What a roll-out keeps on the iPad is changed by roll-outs alone, or the two would undo each other. */
function mustBeFree(identifier: unknown, own: readonly Placement[]): void {
  const isKept = own.some(
    each => isSame(each.identifier, identifier) && each.want === 'installed' && each.keeps === undefined,
  )
  if (!isKept) return
  const message =
    'This profile is rolled out to the iPad. Roll out another version, or leave the iPad out of the assignment.'
  throw new DomainError('conflict', 'profile-rolled-out', message)
}

const wordsOf: Readonly<Record<Stranding, string>> = {
  'passcode-loop': 'The iPad would demand a passcode that nobody may set.',
  'no-allowed-network':
    'The iPad would be bound to networks of profiles, and have none that it joins by itself.',
  'no-network-left': 'The iPad would lose its last network.',
}

const strands = (stranding: Stranding) => new DomainError('conflict', 'profile-strands', wordsOf[stranding])

function mayStrand(): DomainError {
  const message =
    'The iPad may lose its last network with this, and then nothing more can be sent to it. ' +
    'Write a reason to do it anyway.'
  return new DomainError('conflict', 'profile-may-strand', message, [{ path: 'reason', message }])
}

type NotReady = Extract<ReturnType<typeof prepare>, { readonly code: string }>

function notReady(found: NotReady): DomainError {
  switch (found.code) {
    case 'value-missing': {
      const message = `Nothing is known for ${found.missing.join(', ')} on this iPad, so the profile is not sent.`
      const fields = found.missing.map(name => ({ path: 'Payload', message: `{{${name}}} has no value.` }))
      return new DomainError('conflict', 'profile-value-missing', message, fields)
    }
    case 'unwritable':
      return new DomainError(
        'conflict',
        'profile-unwritable',
        'A value of this iPad or its borrower holds characters that no profile can carry. Correct it first.',
      )
    case 'no-certificate':
      return new DomainError(
        'conflict',
        'profile-no-certificate',
        'The profile holds secrets, and the iPad has no certificate that they can be encrypted for.',
      )
  }
}
