import { type Ornkoll } from '../../server/compose.ts'
import { type Outcome } from '../../server/incidents/incident.ts'
import { type PastClock } from './past.ts'
import { type Registers } from './fill-registers.ts'
import { figures } from './plan.ts'

interface CaseHistory {
  readonly clock: PastClock
  readonly now: Date
}

const dayMs = 86_400_000

const damages = [
  'Glaset sprack när den föll i golvet.',
  'Skärmen är svart efter ett spilt glas vatten.',
  'Laddar inte längre.',
  'Hemknappen svarar inte.',
  'Ramen är böjd efter en bilfärd i väska.',
  'Bilden flimrar i nedre hörnet.',
] as const

/** Which iPads of the plan the cases are about: lent ones, none of which is simulated live. */
const caseDevices = {
  damaged: Array.from({ length: figures.damages }, (_, index) => 60 + index * 9),
  found: [58, 350],
} as const

/** Those of the past: damage in all its states, and two thefts that ended well because of the mark on the iPad. */
export async function tellPastCases(
  ornkoll: Ornkoll,
  registers: Registers,
  history: CaseHistory,
): Promise<void> {
  for (const [index, device] of caseDevices.damaged.entries())
    await tellDamage(ornkoll, registers, history, { index, deviceId: registers.deviceIds[device] ?? '' })
  for (const [index, device] of caseDevices.found.entries())
    await tellFound(ornkoll, registers, history, { index, deviceId: registers.deviceIds[device] ?? '' })
}

interface Case {
  readonly index: number
  readonly deviceId: string
}

/** The newest three are only reported, two more confirmed, four decided; the others are closed. */
async function tellDamage(
  { followUp: { reporting, incidents } }: Ornkoll,
  { staff }: Registers,
  { clock, now }: CaseHistory,
  { index, deviceId }: Case,
): Promise<void> {
  const newest = figures.damages - 1 - index
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs)
  const reportedAt = daysAgo(newest * 1.3 + 0.4)
  const { incident } = await clock.at(reportedAt, () =>
    reporting.report(staff.helpdesk, {
      kind: index % 6 === 2 ? 'fault' : 'damage',
      deviceId,
      description: damages[index % damages.length] ?? '',
      reportedVia: 'borrower',
    }),
  )
  const { id } = incident
  const later = (hours: number) => new Date(Math.min(now.getTime(), reportedAt.getTime() + hours * 3_600_000))
  if (newest < 3) return
  await clock.at(later(2), () => incidents.confirm(staff['second-line'], id))
  if (newest < 5) return
  const outcome: Outcome = index % 3 === 0 ? 'no-charge' : index % 7 === 1 ? 'charge' : 'no-charge'
  await clock.at(later(5), () =>
    incidents.decide(staff['second-line'], id, {
      outcome,
      ...(outcome === 'charge' && { amountOre: 150_000 }),
      reason: outcome === 'charge' ? 'Andra skadan på kort tid.' : 'Olyckshändelse i tjänsten.',
    }),
  )
  if (newest < 9) return
  await clock.at(later(7), () => incidents.close(staff['second-line'], id))
}

async function tellFound(
  { followUp: { reporting, incidents } }: Ornkoll,
  { staff }: Registers,
  { clock, now }: CaseHistory,
  { index, deviceId }: Case,
): Promise<void> {
  const stolenAt = new Date(now.getTime() - (2 + index) * dayMs)
  const { incident } = await clock.at(stolenAt, () =>
    reporting.report(staff.helpdesk, {
      kind: 'theft',
      deviceId,
      description: 'Stulen ur en låst bil vid stationen.',
      reportedVia: 'phone',
      policeNumber: `0000-K10000${index}-${String(stolenAt.getUTCFullYear()).slice(2)}`,
    }),
  )
  await clock.at(new Date(stolenAt.getTime() + dayMs), () =>
    incidents.recover(staff.helpdesk, incident.id, { note: 'Polisen läste stöldmärkningen och ringde.' }),
  )
  await clock.at(new Date(stolenAt.getTime() + 1.2 * dayMs), () =>
    incidents.close(staff['second-line'], incident.id),
  )
}

/** Two thefts of this hour, of iPads that are simulated live: one is on its way, for one a wipe waits for approval. */
export async function tellThefts(
  { followUp: { reporting, incidents } }: Ornkoll,
  { staff }: Registers,
  [moving, waiting]: readonly [string, string],
): Promise<void> {
  await reporting.report(staff.helpdesk, {
    kind: 'theft',
    deviceId: moving,
    description: `Tagen från ett bord på biblioteket medan låntagaren hämtade en bok.`,
    reportedVia: 'phone',
    placeText: 'Biblioteket',
  })
  const { incident } = await reporting.report(staff.helpdesk, {
    kind: 'theft',
    deviceId: waiting,
    description: 'Väskan med iPaden är borta från tåget.',
    reportedVia: 'borrower',
  })
  await incidents.requestWipe(staff['second-line'], incident.id, {
    reason: 'Sekretesshandlingar till socialnämnden kan finnas kvar på den.',
    papersChecked: true,
  })
}
