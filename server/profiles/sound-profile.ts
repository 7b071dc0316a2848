import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { isRefused } from '../../profiles/validation/finding.ts'
import { type Clock } from '../clock.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { ipadFactsOf } from './ipad-facts.ts'
import { type Judge } from './judging.ts'
import { openFile } from './profile-content.ts'

interface SoundProfilesDeps {
  readonly judge: Judge
  readonly devices: Pick<Devices, 'get'>
  readonly clock: Clock
}

export type SoundProfile = ReturnType<typeof createSoundProfiles>

/** Looks at a profile that somebody sends to one iPad themselves, past versions and their approval. */
export function createSoundProfiles({ judge, devices, clock }: SoundProfilesDeps) {
  /**
   * The profile in the file.
   * @throws {DomainError} not-found `device-unknown`; invalid `profile-…` for a file that is no profile in order;
   * conflict `profile-refused` when the iPad would refuse it or be harmed, with what is wrong
   */
  return async (actor: Actor, deviceId: string, bytes: Uint8Array): Promise<PlistDictionary> => {
    const { profile } = openFile(bytes, clock.now())
    const device = await devices.get(actor, deviceId)
    const told = new Set(device.information?.profiles?.map(({ identifier }) => identifier))
    const facts = ipadFactsOf(device)
    const findings = await judge(actor, profile, { ipads: facts ? [facts] : [], told: [told] })
    if (!isRefused(findings)) return profile
    const errors = findings.filter(({ severity }) => severity === 'error')
    throw new DomainError(
      'conflict',
      'profile-refused',
      'The profile has errors that would harm iPads. Correct them first.',
      errors.map(({ words: [, message] }) => ({ path: 'Payload', message })),
    )
  }
}
