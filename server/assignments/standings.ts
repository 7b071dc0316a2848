import { type VariableValues } from '../../profiles/variables.ts'
import { dayOf } from '../calendar-day.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { inForce } from '../loans/loan.ts'
import { type Loans } from '../loans/loans.ts'
import { type Mandates } from '../mandates/mandates.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { type People } from '../people/people.ts'
import { type Person } from '../people/person.ts'
import { valuesOf } from '../profiles/fleet.ts'
import { type Actor } from '../staff/actor.ts'
import { type Standing } from './assignment.ts'
import { type LabelStore } from './label-store.ts'

/** An iPad with where it stands today, and what variables stand for on it. */
export interface StandingIpad extends Standing {
  readonly device: Device
  readonly values: VariableValues
}

export interface StandingsDeps {
  readonly devices: Pick<Devices, 'list' | 'many'>
  readonly loans: Pick<Loans, 'openLoansOf'>
  readonly mandates: Pick<Mandates, 'list'>
  readonly people: Pick<People, 'many' | 'forPaper'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly labels: Pick<LabelStore, 'ofDevices'>
  readonly clock: Clock
}

export type Standings = ReturnType<typeof createStandings>

const pageSize = 200

/** Loans, mandates and labels of the moment, seen from the iPads. */
export function createStandings(deps: StandingsDeps) {
  const { devices, loans, mandates, people, bodies, organisations, labels, clock } = deps

  /** Whose identity is protected is read in full too: what is filled in is for them alone. */
  async function peopleOf(actor: Actor, ids: readonly string[]): Promise<Map<string, Person>> {
    const found = await people.many(actor, ids)
    const whole = await Promise.all(
      found.map(async person => (person.protectedIdentity ? people.forPaper(actor, person.id) : person)),
    )
    return new Map(whole.map(person => [person.id, person]))
  }

  async function standing(actor: Actor, some: readonly Device[]): Promise<StandingIpad[]> {
    if (some.length === 0) return []
    const deviceIds = some.map(({ id }) => id)
    const lent = await loans.openLoansOf(actor, deviceIds)
    const personIds = [...new Set([...lent.values()].map(({ personId }) => personId))]
    const today = dayOf(clock.now())
    const [known, seats, labelled, named, { name, settings }] = await Promise.all([
      peopleOf(actor, personIds),
      personIds.length === 0 ? [] : mandates.list(actor, { personIds, on: today }),
      labels.ofDevices(actor.organisationId, deviceIds),
      bodies.list(actor).then(list => new Map(list.map(each => [each.id, each.name]))),
      organisations.get(actor),
    ])
    return some.map(device => {
      const loan = inForce(lent.get(device.id))
      const held = seats.filter(({ personId }) => personId === loan?.personId)
      const person = loan && known.get(loan.personId)
      return {
        deviceId: device.id,
        device,
        bodyIds: [...new Set([...(loan?.bodyIds ?? []), ...held.map(({ bodyId }) => bodyId)])],
        roles: [...new Set(held.map(({ role }) => role))],
        labels: labelled.get(device.id) ?? [],
        values: {
          ...valuesOf(device, { loan, person, bodyNames: named, mailDomains: settings.mailDomains }),
          'organisation.name': name,
        },
      }
    })
  }

  /** Every iPad, gone ones too, or every enrolled one, in pages, so that a large fleet is never held at once. */
  async function* everybody(
    actor: Actor,
    which: 'enrolled' | 'all' = 'enrolled',
  ): AsyncGenerator<StandingIpad[]> {
    let after: string | undefined
    do {
      const page = await devices.list(actor, {
        sort: 'assetTag',
        descending: false,
        limit: pageSize,
        ...(which === 'enrolled' && { management: 'enrolled' }),
        ...(after !== undefined && { after }),
      })
      yield await standing(actor, page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
  }

  return {
    everybody,

    /** These iPads as they stand; ids of others are left out. */
    of: async (actor: Actor, deviceIds: readonly string[]): Promise<StandingIpad[]> =>
      standing(actor, await devices.many(actor, deviceIds)),
  }
}
