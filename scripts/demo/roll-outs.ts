import { setTimeout as delay } from 'node:timers/promises'
import { type ContentRef } from '../../server/assignments/content.ts'
import { allAtOnce, usualPlan } from '../../server/assignments/wave-plan.ts'
import { type Ornkoll } from '../../server/compose.ts'
import { type Outcome } from '../../server/rollouts/requesting.ts'
import { type SimulatedIpad } from '../simulate/simulated-ipad.ts'
import { type Registers } from './fill-registers.ts'
import { guidePaper } from './guide-paper.ts'
import { livePlaces } from './live-ipads.ts'
import { type Plan } from './plan.ts'
import { type DemoProfiles } from './profiles.ts'

interface RollingOut {
  readonly ornkoll: Ornkoll
  readonly plan: Plan
  readonly registers: Registers
  readonly live: ReadonlyMap<number, SimulatedIpad>
}

const tips = [
  'Lås skärmen när du lägger ifrån dig iPaden.',
  'Handlingarna finns i mötesappen. Skicka dem inte vidare med e-post.',
  'Borttappad eller stulen? Ring 08-465 004 00, dygnet runt.',
]
const newTip = 'I mötet: tryck på kameran för att slå av bilden.'

/** Labels of the live iPads: those of the pilot are lent, those of the meeting rooms lie in stock. */
export const labels = { pilot: 'pilotgrupp', meetingRoom: 'sammanträdesrum' } as const
const meetingRooms = 4
/** The first two are stolen. */
const stolen = 2
/** So long at the most is waited for iPads; on a slow machine the story goes on without them. */
const patienceMs = 15_000
const lookMs = 250
/** Sightings are gathered for a second before they are saved. */
const seenMs = 1_100

/**
 * Profiles and a guide on the live iPads. The standard profile has come to the pilot, and its next version is stopped by
 * an iPad that is full; the guide's revision waits for its next wave; the profile of meeting rooms is where it should be.
 * Returns the guide.
 */
export async function rollOut(rolling: RollingOut, profiles: DemoProfiles): Promise<ContentRef> {
  const { ornkoll, plan, registers, live } = rolling
  const { admin } = registers.staff
  const { labels: putting, rollouts, guides } = ornkoll.rollingOut
  const idOf = (place: number) => registers.deviceIds[place] ?? ''

  const places = livePlaces(plan)
  const pilot = places.filter(place => place < plan.loans.length).slice(stolen)
  const rooms = places.filter(place => place >= plan.loans.length).slice(0, meetingRooms)
  for (const place of pilot) await putting.put(admin, idOf(place), [labels.pilot])
  for (const place of rooms) await putting.put(admin, idOf(place), [labels.meetingRoom])

  const standard = { kind: 'profile', id: profiles.standardId } as const
  const meetingRoom = { kind: 'profile', id: profiles.meetingRoomId } as const
  const { guide } = await guides.create(admin, { name: 'Lathund', bytes: await guidePaper('Lathund', tips) })
  const lathund = { kind: 'guide', id: guide.id } as const

  const toLabel = (content: ContentRef, label: string, waves = usualPlan) =>
    rollouts.assign(admin, { content, target: { kind: 'label', label }, plan: waves })
  await toLabel(meetingRoom, labels.meetingRoom, allAtOnce)
  for (const content of [standard, lathund]) await openWaves(rolling, await toLabel(content, labels.pilot))
  const awake = pilot.filter(place => live.get(place)?.mood() === 'awake')
  for (const content of [standard, lathund])
    await until(async () => {
      // Some came back and have no holder whose address would stand in the profile.
      const { proven, blocked } = await rollouts.where(admin, content)
      return proven + blocked >= awake.length
    })

  // Who was heard of last is in the first wave.
  const full = live.get(awake[0] ?? -1)
  await delay(seenMs)
  await full?.poll()
  await delay(seenMs)
  await full?.become('broken')
  await profiles.reviseStandard()
  await until(async () => (await rollouts.stoppedByFailures(admin)).length > 0)
  // Somebody makes room on it, so that it takes the profile when it is sent once more.
  await full?.become('awake')
  const bytes = await guidePaper('Lathund', [...tips, newTip])
  await guides.revise(admin, guide.id, { bytes, note: 'Hur man stänger av kameran i ett möte' })
  return lathund
}

/** The guide on every iPad: so many that a second person has to agree. */
export async function askForEverybody(
  { ornkoll, registers }: RollingOut,
  content: ContentRef,
): Promise<void> {
  const target = { kind: 'organisation' } as const
  await ornkoll.rollingOut.rollouts.assign(
    registers.staff.admin,
    { content, target, plan: usualPlan },
    'Pilotgruppen har läst lathunden i tre veckor utan frågor.',
  )
}

async function openWaves({ ornkoll, registers }: RollingOut, outcome: Outcome): Promise<void> {
  if (!('rollout' in outcome)) throw new Error('The pilot is larger than the limit of the organisation.')
  const { id, wave, waves } = outcome.rollout
  for (let open = wave; open < waves - 1; open++)
    await ornkoll.rollingOut.rollouts.openWave(registers.staff.admin, id)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < patienceMs && !(await isSo()); waited += lookMs) await delay(lookMs)
}
