import { type Job } from '../jobs/agenda.ts'
import { type DeviceEvents } from './device-events.ts'
import { type Upkeep } from './upkeep.ts'

/** Hands on events that a crash or a fault left over, and looks after enrolled iPads. */
export function deviceChannelJobs(events: DeviceEvents, upkeep: Upkeep): Job[] {
  return [
    { name: 'device-channel.resume-events', every: '1 minute', run: () => events.resume() },
    { name: 'device-channel.renew-identities', every: '1 hour', run: () => upkeep.renewIdentities() },
  ]
}
