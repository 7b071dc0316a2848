import { type Device } from './device.ts'

const silentDays = 14

/** Whether an enrolled iPad has not been heard of for two weeks: switched off, without a network, or gone. */
export function isSilent(
  { management, lastSeenAt }: Pick<Device, 'management' | 'lastSeenAt'>,
  now: Date,
): boolean {
  if (management !== 'enrolled' || !lastSeenAt) return false
  return now.getTime() - lastSeenAt.getTime() > silentDays * 86_400_000
}
