import { type Clock } from '../clock.ts'
import { type Commands } from '../commands/commands.ts'
import { DomainError } from '../domain-error.ts'
import { type Enrolling } from '../enrolment/enrolling.ts'
import { renewalAgainAt, type Enrolment } from '../enrolment/enrolment.ts'
import { type EnrolmentStore } from '../enrolment/enrolment-store.ts'
import { systemActor } from '../staff/actor.ts'
import { type DeviceEvent } from './device-event.ts'

interface UpkeepDeps {
  readonly enrolments: Pick<EnrolmentStore, 'dueForRenewal' | 'change' | 'currentOf'>
  readonly commands: Pick<Commands, 'queue'>
  readonly enrolling: Pick<Enrolling, 'renewalProfile'>
  readonly clock: Clock
}

const atOnce = 200

/** What the product does with enrolled iPads by itself. */
export function createUpkeep({ enrolments, commands, enrolling, clock }: UpkeepDeps) {
  /** Nothing for an iPad that has left meanwhile. */
  async function unlessGone(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'device-unenrolled') throw error
    }
  }

  async function renew({ organisationId, deviceId }: Enrolment, expiresAt: Date): Promise<void> {
    const profile = await enrolling.renewalProfile(organisationId, deviceId)
    await commands.queue(systemActor(organisationId), {
      deviceId,
      requestType: 'InstallProfile',
      parameters: { Payload: Buffer.from(profile).toString('base64') },
      reason: 'identity renewal',
      expiresAt,
    })
  }

  return {
    /** Renews identities that end within four months, and tries again each week until it has worked. */
    async renewIdentities(): Promise<void> {
      const now = clock.now()
      for (const enrolment of await enrolments.dueForRenewal(now, atOnce)) {
        const renewalDueAt = renewalAgainAt(now)
        // First the next time, then the work: a crash in between waits a week and never sends two.
        await enrolments.change(enrolment.organisationId, enrolment.id, { set: { renewalDueAt } })
        await unlessGone(() => renew(enrolment, renewalDueAt))
      }
    },

    /**
     * Lets an iPad that waits in Setup Assistant go on. Comes last of all that reacts to an enrolment, so that a stolen
     * one is locked before. The command has the id of the event: hearing of it again sends nothing more.
     */
    async letThrough({ kind, id, organisationId, deviceId }: DeviceEvent): Promise<void> {
      if (kind !== 'enrolled') return
      const enrolment = await enrolments.currentOf(organisationId, deviceId)
      if (!enrolment?.awaitingConfiguration) return
      await unlessGone(async () => {
        await commands.queue(systemActor(organisationId), { id, deviceId, requestType: 'DeviceConfigured' })
      })
    },
  }
}

export type Upkeep = ReturnType<typeof createUpkeep>
