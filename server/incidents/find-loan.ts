import { type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { type Loan } from '../loans/loan.ts'
import { type People } from '../people/people.ts'
import { fullName, type Person } from '../people/person.ts'
import { type Actor } from '../staff/actor.ts'
import { isClosed, type Incident } from './incident.ts'
import { type IncidentStore } from './incident-store.ts'

/** Everything that opens when somebody calls and says a name, a tag or a number. */
export interface FoundLoan {
  readonly device: Pick<
    Device,
    | 'id'
    | 'assetTag'
    | 'serialNumber'
    | 'theftMark'
    | 'model'
    | 'lifecycle'
    | 'management'
    | 'lock'
    | 'lastSeenAt'
  >
  readonly loan: Pick<Loan, 'id' | 'state' | 'handedOutAt' | 'dueOn' | 'bodyIds'> | null
  /** A protected identity is masked here as everywhere. */
  readonly holder: { readonly id: string; readonly name: string } | null
  /** Cases that are not closed, the newest first. */
  readonly incidents: readonly Pick<Incident, 'id' | 'number' | 'kind' | 'state' | 'reportedAt'>[]
}

interface FindLoanDeps {
  readonly devices: Pick<Devices, 'list' | 'many'>
  readonly people: Pick<People, 'list' | 'many'>
  readonly loans: {
    openLoansOf(actor: Actor, deviceIds: readonly string[]): Promise<ReadonlyMap<string, Loan>>
    openOfPerson(actor: Actor, personId: string): Promise<Loan[]>
  }
  readonly incidents: Pick<IncidentStore, 'findByNumber' | 'list'>
}

export type FindLoan = ReturnType<typeof createFindLoan>

/** How many a person can look through while somebody waits on the phone. */
const most = 20

/**
 * Finds loans by what a caller knows: the beginning of a name, the asset tag, the serial number or its last digits, the
 * theft mark, or the number of a case. An iPad that nobody has borrowed is found too; it can also be stolen.
 */
export function createFindLoan({ devices, people, loans, incidents }: FindLoanDeps) {
  async function deviceIdsFor(actor: Actor, text: string): Promise<string[]> {
    const byCase = await incidents.findByNumber(actor.organisationId, text)
    if (byCase) return [byCase.deviceId]
    const byCode = await devices.list(actor, { q: text, sort: 'assetTag', descending: false, limit: most })
    const byName = await people.list(actor, { q: text, limit: most })
    const lent: Loan[] = []
    for (const { id } of byName.items) lent.push(...(await loans.openOfPerson(actor, id)))
    return [...byCode.items.map(({ id }) => id), ...lent.map(({ deviceId }) => deviceId)]
  }

  return {
    /** What fits `text`, at most 20; nothing for fewer than 2 characters. */
    async find(actor: Actor, text: string): Promise<FoundLoan[]> {
      const wanted = text.trim()
      if (wanted.length < 2) return []
      const ids = [...new Set(await deviceIdsFor(actor, wanted))].slice(0, most)
      const found = await devices.many(actor, ids)
      const lent = await loans.openLoansOf(actor, ids)
      const holders = await people.many(
        actor,
        [...lent.values()].map(({ personId }) => personId),
      )
      const result: FoundLoan[] = []
      for (const id of ids) {
        const device = found.find(one => one.id === id)
        if (!device) continue
        const loan = lent.get(id)
        const holder = holders.find(person => person.id === loan?.personId)
        const cases = await incidents.list(actor.organisationId, { deviceId: id, open: true, limit: 5 })
        result.push(foundLoan(device, { loan, holder, cases }))
      }
      return result
    },
  }
}

function foundLoan(
  device: Device,
  { loan, holder, cases }: { loan: Loan | undefined; holder: Person | undefined; cases: readonly Incident[] },
): FoundLoan {
  const { id, assetTag, serialNumber, theftMark, model, lifecycle, management, lock, lastSeenAt } = device
  return {
    device: {
      id,
      assetTag,
      serialNumber,
      ...(theftMark !== undefined && { theftMark }),
      model,
      lifecycle,
      management,
      lock,
      ...(lastSeenAt && { lastSeenAt }),
    },
    loan: loan
      ? {
          id: loan.id,
          state: loan.state,
          bodyIds: loan.bodyIds,
          ...(loan.handedOutAt && { handedOutAt: loan.handedOutAt }),
          ...(loan.dueOn !== undefined && { dueOn: loan.dueOn }),
        }
      : null,
    holder: holder ? { id: holder.id, name: fullName(holder) } : null,
    incidents: cases
      .filter(one => !isClosed(one))
      .map(({ id: caseId, number, kind, state, reportedAt }) => ({
        id: caseId,
        number,
        kind,
        state,
        reportedAt,
      })),
  }
}
