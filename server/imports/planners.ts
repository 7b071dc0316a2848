import { type Bodies } from '../bodies/bodies.ts'
import { normalTag } from '../devices/asset-tag.ts'
import { normalSerial } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { type Mandates } from '../mandates/mandates.ts'
import { type People } from '../people/people.ts'
import { type Actor } from '../staff/actor.ts'
import { type ImportKind, type PlannedRow } from './import-plan.ts'
import { planDevices, readDevices, type PlannedDevice } from './plan-devices.ts'
import { planPeople, readPeople, withAddressesOfToday, type PlannedPerson } from './plan-people.ts'
import { type Table } from './reading.ts'

interface PlannersDeps {
  readonly devices: Devices
  readonly people: People
  readonly bodies: Bodies
  readonly mandates: Mandates
}

/** What a file would do, and the doing of it by the same use cases that a form on a page calls. */
interface Plan {
  readonly ignored: readonly string[]
  readonly rows: readonly PlannedRow[]
  /** Does all rows but the errors. Called inside a transaction. */
  readonly write: () => Promise<void>
}

type Planners = Readonly<Record<ImportKind, (actor: Actor, table: Table) => Promise<Plan>>>

export function createPlanners({ devices, people, bodies, mandates }: PlannersDeps): Planners {
  return {
    async devices(actor, table) {
      const read = readDevices(table)
      const inputs = read.rows.map(({ input }) => input)
      const known = await devices.writtenAs(actor, {
        serialNumbers: inputs.flatMap(({ serialNumber }) =>
          serialNumber ? [normalSerial(serialNumber)] : [],
        ),
        assetTags: inputs.flatMap(({ assetTag }) => (assetTag ? [normalTag(assetTag)] : [])),
      })
      const rows = planDevices(read, known)
      return {
        ignored: read.ignored,
        rows,
        async write() {
          for (const row of rows) await writeDevice(actor, row)
        },
      }
    },

    async people(actor, table) {
      const written = readPeople(table)
      const found = await people.withEmails(
        actor,
        written.rows.map(({ email }) => email),
      )
      const read = withAddressesOfToday(written, found)
      const known = new Map(
        [...found].map(([email, person]) => [person === 'protected' ? email : person.email, person]),
      )
      const ids = [...known.values()].flatMap(person => (person === 'protected' ? [] : [person.id]))
      const rows = planPeople(read, {
        people: known,
        newTo: await people.newAmong(actor, ids),
        guessed: await people.guessed(
          actor,
          read.rows.map(({ email, input: { givenName = '', familyName = '' } }) => ({
            email,
            givenName,
            familyName,
          })),
        ),
        bodies: await bodies.list(actor),
        mandates: ids.length > 0 ? await mandates.list(actor, { personIds: ids }) : [],
      })
      return {
        ignored: read.ignored,
        rows,
        async write() {
          // A person may stand on several rows; the first says who it is, each one a mandate.
          const idOf = new Map(
            [...known].flatMap(([email, person]) =>
              person === 'protected' ? [] : [[email, person.id] as const],
            ),
          )
          for (const row of rows) await writePerson(actor, row, idOf)
        },
      }
    },
  }

  async function writeDevice(actor: Actor, { write }: PlannedDevice): Promise<void> {
    if (write?.existing)
      await devices.edit(actor, write.existing.id, { ...write.input, version: write.existing.version })
    else if (write) await devices.register(actor, write.input)
  }

  async function writePerson(actor: Actor, row: PlannedPerson, idOf: Map<string, string>): Promise<void> {
    const { person, mandate, email } = row
    if (person?.deed === 'register') idOf.set(email, (await people.register(actor, person.input)).id)
    if (person?.deed === 'edit')
      await people.edit(actor, person.existing.id, { ...person.input, version: person.existing.version })
    if (mandate?.deed === 'add')
      await mandates.add(actor, { ...mandate.input, personId: idOf.get(email) ?? '' })
    if (mandate?.deed === 'edit')
      await mandates.edit(actor, mandate.existing.id, { ...mandate.input, version: mandate.existing.version })
  }
}
