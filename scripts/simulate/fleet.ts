import { type IdentityKeys } from './identity-keys.ts'
import { type IpadOptions } from './ipad-options.ts'
import { type Place } from './position.ts'
import { createSimulatedIpad, type SimulatedIpad } from './simulated-ipad.ts'
import { ApiRefusal, type StaffApi } from './staff-api.ts'

/** Runs `work` for every item, at most `atOnce` at a time, in order of the list; the first fault ends it. */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}

interface FleetPorts {
  readonly api: StaffApi
  readonly keys: IdentityKeys
  readonly pushes: IpadOptions['pushes']
  /** Around it the iPads are at home. */
  readonly home: Place
  /** What the iPad at this place in the list refuses; without it nothing. */
  readonly refusedBy?: (index: number) => readonly string[]
  /** How many enrol at the same time. */
  readonly atOnce: number
  /** Told of each iPad that has enrolled. */
  readonly onEnrolled: (ipad: SimulatedIpad, deviceId: string) => void
  /** Told of each that could not; the others go on. */
  readonly onRefused: (serialNumber: string, fault: unknown) => void
}

/** Registers an iPad for each serial number, unless it is known, and enrols it by a link of its own. */
export async function enrolFleet(
  serialNumbers: readonly string[],
  ports: FleetPorts,
): Promise<SimulatedIpad[]> {
  const ipads: SimulatedIpad[] = []
  await forEachOf(serialNumbers, ports.atOnce, async (serialNumber, index) => {
    const ipad = createSimulatedIpad({
      serialNumber,
      keys: ports.keys,
      pushes: ports.pushes,
      home: placeAround(ports.home, index),
      ...(ports.refusedBy && { refuses: ports.refusedBy(index) }),
    })
    try {
      const deviceId = await deviceOf(ports.api, serialNumber)
      await ipad.enrol(await enrolmentLink(ports.api, deviceId))
      ipads.push(ipad)
      ports.onEnrolled(ipad, deviceId)
    } catch (fault) {
      await ipad.stop()
      ports.onRefused(serialNumber, fault)
    }
  })
  return ipads
}

/** The id of the iPad with this serial number, which is registered if nobody has. Throws `ApiRefusal`. */
async function deviceOf(api: StaffApi, serialNumber: string): Promise<string> {
  try {
    return (await api.post<{ id: string }>('/api/v1/devices', { serialNumber, model: 'iPad' })).id
  } catch (refusal) {
    if (!(refusal instanceof ApiRefusal && refusal.code === 'serial-taken')) throw refusal
    return (await api.get<{ id: string }>(`/api/v1/devices/scan?code=${encodeURIComponent(serialNumber)}`)).id
  }
}

/** A fresh link that enrols this iPad. Throws `ApiRefusal`. */
async function enrolmentLink(api: StaffApi, deviceId: string): Promise<string> {
  return (await api.post<{ url: string }>(`/api/v1/devices/${deviceId}/enrolment-link`)).url
}

/** Serial numbers of iPads that nobody makes, such as `SIM000000001`. */
export function simulatedSerials(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `SIM${String(index + 1).padStart(9, '0')}`)
}

/** Homes lie on a spiral, some hundred metres from each other. */
export function placeAround({ latitude, longitude }: Place, index: number): Place {
  const distance = 0.002 * Math.sqrt(index + 1)
  return {
    latitude: latitude + distance * Math.cos(index * 2.4),
    longitude: longitude + distance * 2 * Math.sin(index * 2.4),
  }
}
