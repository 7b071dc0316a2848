import { type Job } from '../jobs/agenda.ts'
import { type DeviceEvents } from './device-events.ts'

/** Tells again what a crash or a fault left untold. */
export function deviceChannelJobs(events: DeviceEvents): Job[] {
  return [{ name: 'device-channel.resume-events', every: '1 minute', run: () => events.resume() }]
}
