import { type Ornkoll } from '../../server/compose.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Signature } from '../../server/liability/signature.ts'
import { type PastClock } from './past.ts'
import { type Registers } from './fill-registers.ts'
import { type Plan } from './plan.ts'

interface LendingHistory {
  readonly clock: PastClock
  /** Days of the sessions, as `YYYY-MM-DD`. */
  readonly sessions: readonly string[]
  /** Told after each session how many are lent. */
  readonly onLent: (count: number) => void
}

const openingHour = 8
/** The desk hands one out each quarter of an hour and a bit. */
const minutesEach = 25

/** Hands out the iPads of all sessions, each on its day, with a signed form and its receipt; a few come back. */
export async function lendAll(
  ornkoll: Ornkoll,
  plan: Plan,
  registers: Registers,
  { clock, sessions, onLent }: LendingHistory,
): Promise<void> {
  let count = 0
  for (const [session, day] of sessions.entries()) {
    const visits = plan.loans.flatMap((loan, index) => (loan.session === session ? [{ ...loan, index }] : []))
    // A session's desks work side by side, as they do in life; the store writes what comes at once in one go.
    await Promise.all(
      visits.map(async ({ person, device, index }, place) => {
        const at = new Date(`${day}T0${openingHour}:00:00Z`)
        at.setUTCMinutes(place * minutesEach)
        const { givenName, familyName } = plan.people[person] ?? { givenName: '', familyName: '' }
        await lendOne(ornkoll.loans, registers.staff.handout, {
          clock,
          at,
          index,
          name: `${givenName} ${familyName}`,
          personId: registers.personIds[person] ?? '',
          deviceId: registers.deviceIds[device] ?? '',
        })
      }),
    )
    onLent((count += visits.length))
  }
}

interface Visit {
  readonly clock: PastClock
  readonly at: Date
  readonly index: number
  readonly name: string
  readonly personId: string
  readonly deviceId: string
}

async function lendOne(
  loans: Loans,
  desk: Actor,
  { clock, at, index, name, personId, deviceId }: Visit,
): Promise<void> {
  const loanId = await clock.at(at, async () => {
    const { id } = await loans.reserve(desk, {
      personId,
      deviceId,
      accessories: index % 3 === 0 ? ['charger', 'case'] : ['charger'],
      ...(isOverdue(index) && { dueOn: dayAfter(at, 7) }),
    })
    const { terms } = await loans.showTerms(desk, id, 'sv')
    await loans.sign(desk, id, {
      attemptId: `demo-attempt-${index}`,
      termsSha256: terms.sha256,
      signature: signatureOf(index, name),
      identityCheck: index % 4 === 0 ? 'known' : 'id-shown',
      station: `Bord ${1 + (index % 4)}`,
    })
    return id
  })
  if (!cameBack(index)) return
  await clock.at(new Date(at.getTime() + 8 * 86_400_000), () =>
    loans.giveBack(desk, loanId, {
      condition: 'B',
      accessories: ['charger'],
      note: 'Lämnat sitt uppdrag.',
    }),
  )
}

/** Lent for a week only, and long since due. */
const isOverdue = (index: number): boolean => index % 90 === 17
/** Far enough in the past to have come back by now. */
const cameBack = (index: number): boolean => index % 45 === 23 && index < 300

const dayAfter = (at: Date, days: number): string =>
  new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** A scribble that differs from person to person; every tenth person types the name instead. */
function signatureOf(index: number, name: string): Signature {
  if (index % 10 === 9) return { kind: 'typed', name }
  const points = Array.from({ length: 40 }, (_, step) => ({
    x: 60 + step * 12,
    y: 100 + 45 * Math.sin(step * (0.4 + (index % 7) * 0.05)) * Math.cos(step * 0.13 + index),
    time: step * 14,
    pressure: 0.4 + 0.2 * Math.abs(Math.sin(step)),
  }))
  return { kind: 'drawn', width: 600, height: 200, strokes: [{ points }] }
}
