import { type AuditEvent } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { type IncidentReading } from '../../server/incidents/incident-reading.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { type Staff } from '../../server/staff/staff.ts'

export interface ThingNamesDeps {
  readonly bodies: Pick<Bodies, 'list'>
  readonly cases: { readonly reading: Pick<IncidentReading, 'numbersOf'> }
  readonly devices: Pick<Devices, 'many'>
  readonly people: Pick<People, 'many'>
  readonly staff: Pick<Staff, 'list'>
}

/** What a thing is called now; undefined for one that has no name or is gone. */
export type NameOf = (thing: AuditEvent['on']) => string | undefined

type Names = ReadonlyMap<string, string>

/**
 * What the things of these events are called, each kind looked up once. The log keeps ids alone, so a name is that of
 * today, and somebody with a protected identity is masked here as everywhere.
 */
export async function namesOfThings(
  actor: Actor,
  things: readonly AuditEvent['on'][],
  { bodies, cases, devices, people, staff }: ThingNamesDeps,
): Promise<NameOf> {
  const lookUp: Readonly<Record<string, (ids: readonly string[]) => Promise<Names>>> = {
    body: async () => named(await bodies.list(actor), ({ name }) => name),
    device: async ids => named(await devices.many(actor, ids), ({ assetTag }) => assetTag),
    incident: ids => cases.reading.numbersOf(actor, ids),
    person: async ids => named(await people.many(actor, ids), fullName),
    staff: async () => named(await staff.list(actor), ({ name }) => name),
  }
  const known = await Promise.all(
    Object.entries(lookUp).map(async ([kind, find]) => {
      const ids = new Set(things.filter(thing => thing.kind === kind).map(({ id }) => id))
      return [kind, ids.size === 0 ? new Map<string, string>() : await find([...ids])] as const
    }),
  )
  const byKind = new Map<string, Names>(known)
  return ({ kind, id }) => byKind.get(kind)?.get(id)
}

function named<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
): Names {
  return new Map(things.map(thing => [thing.id, nameOf(thing)]))
}
