import { setTimeout as delay } from 'node:timers/promises'
import { type Ornkoll } from '../../server/compose.ts'
import { forEachOf, placeAround } from '../simulate/fleet.ts'
import { sharedKeys } from '../simulate/identity-keys.ts'
import { type LocalApns } from '../simulate/local-apns.ts'
import { createSimulatedIpad, type SimulatedIpad } from '../simulate/simulated-ipad.ts'
import { type Registers } from './fill-registers.ts'
import { type Plan } from './plan.ts'

/** Where everybody lives: a clearing in the forest. */
const home = { latitude: 59.62, longitude: 14.87 }
/** Keys that the demo's iPads take turns with; real ones never share. */
const keys = sharedKeys(6)

/** How many stay switched on and answer; the others enrol, tell of themselves and are put away. */
const liveCount = 40
/** Of the live ones, how many lie in stock, ready to be handed out. */
const liveInStock = 8
/** A breath between two enrolments in the background, so that the pages stay quick. */
const pauseMs = 60

/** Places in the plan of the iPads that are live: lent ones from its beginning, and some of those in stock. */
export function livePlaces({ devices, loans }: Plan): number[] {
  const lent = Array.from({ length: liveCount - liveInStock }, (_, index) => index)
  const stock = Array.from({ length: liveInStock }, (_, index) => loans.length + index)
  return [...lent, ...stock].filter(place => place < devices.length)
}

interface Enrolling {
  readonly ornkoll: Ornkoll
  readonly plan: Plan
  readonly registers: Registers
  readonly apns: LocalApns
}

/** Enrols the iPad at `place` of the plan by a link, over the real protocol. */
async function enrolAt(place: number, { ornkoll, plan, registers, apns }: Enrolling): Promise<SimulatedIpad> {
  const serialNumber = plan.devices[place]?.serialNumber ?? ''
  const { handout } = registers.staff
  const ipad = createSimulatedIpad({ serialNumber, keys, pushes: apns, home: placeAround(home, place) })
  const { url } = await ornkoll.management.enrolling.link(handout, registers.deviceIds[place] ?? '')
  await ipad.enrol(url)
  return ipad
}

/** Switches the live ones on. A few are locked or away, as it is in life. */
export async function startLive(enrolling: Enrolling): Promise<Map<number, SimulatedIpad>> {
  const live = new Map<number, SimulatedIpad>()
  await forEachOf(livePlaces(enrolling.plan), 4, async place => {
    live.set(place, await enrolAt(place, enrolling))
  })
  const { ornkoll, registers } = enrolling
  for (const [place, ipad] of live) {
    for (const command of firstCommands)
      await ornkoll.management.sending.send(
        registers.staff['second-line'],
        { deviceId: registers.deviceIds[place] ?? '', ...command },
        // The months of an organisation in a minute: no person did so much in a day.
        { isWeighed: true },
      )
    if (place % 11 === 7) await ipad.become('locked')
    if (place % 16 === 13) await ipad.become('offline')
  }
  return live
}

const firstCommands = [
  { requestType: 'DeviceInformation', parameters: {} },
  { requestType: 'SecurityInfo', parameters: {} },
  { requestType: 'InstallApplication', parameters: { Identifier: 'se.example.handlingar' } },
  { requestType: 'InstalledApplicationList', parameters: {} },
  { requestType: 'ManagedApplicationList', parameters: {} },
  { requestType: 'ProfileList', parameters: {} },
]

/** The others enrol a few at a time and are switched off: they stay as they were last seen. */
export async function enrolTheRest(
  places: readonly number[],
  enrolling: Enrolling,
  { signal, onEnrolled }: { signal: AbortSignal; onEnrolled: (count: number) => void },
): Promise<void> {
  let count = 0
  await forEachOf(places, 3, async place => {
    if (signal.aborted) return
    const ipad = await enrolAt(place, enrolling)
    await ipad.stop()
    onEnrolled(++count)
    await delay(pauseMs)
  })
}

/** The thief's way: out of the clearing, along the stream, to the railway. */
export function thiefsWay(startedAt: Date) {
  return {
    places: [
      home,
      { latitude: 59.627, longitude: 14.876 },
      { latitude: 59.633, longitude: 14.9 },
      { latitude: 59.651, longitude: 14.934 },
    ],
    startedAt,
    speed: 4,
  } as const
}
