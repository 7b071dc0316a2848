import { type Ornkoll } from '../../server/compose.ts'
import { type Device } from '../../server/devices/device.ts'
import { type ImportKind } from '../../server/imports/import-plan.ts'
import { systemActor, type Actor } from '../../server/staff/actor.ts'
import { type PastClock } from './past.ts'
import { figures, type Plan, type PlannedDevice } from './plan.ts'
import { addStaff, type DemoStaff } from './sign-ins.ts'

/** What the demo's story needs to find again, in the order of the plan. */
export interface Registers {
  readonly staff: DemoStaff
  readonly personIds: readonly string[]
  readonly deviceIds: readonly string[]
}

const supplier = 'Skolplattan i Mellanhed AB'
const roleWords = {
  chair: 'ordförande',
  'vice-chair': 'vice ordförande',
  member: 'ledamot',
  substitute: 'ersättare',
}

/**
 * Organisations, staff, bodies, people with their mandates and iPads, by the use cases that pages use: people and iPads
 * come out of CSV files. `boughtOn` is the day of the purchase, before the first session.
 */
export async function fillRegisters(
  ornkoll: Ornkoll,
  plan: Plan,
  { clock, boughtOn }: { clock: PastClock; boughtOn: string },
): Promise<Registers> {
  return clock.at(new Date(`${boughtOn}T08:00:00Z`), async () => {
    const staff = await addStaff(ornkoll, plan.municipality.name)
    const { admin } = staff
    await describeMunicipality(ornkoll, admin, plan)
    const startsOn = `${boughtOn.slice(0, 4)}-01-01`
    const bodyIds: string[] = []
    for (const body of plan.bodies) bodyIds.push((await ornkoll.bodies.add(admin, { ...body, startsOn })).id)
    await takeIn(ornkoll, admin, 'people', peopleCsv(plan, startsOn))
    await takeIn(ornkoll, admin, 'devices', devicesCsv(plan.devices, boughtOn))
    const shielded = await addProtected(ornkoll, admin, { plan, bodyIds, startsOn })
    await addPartners(ornkoll, plan, startsOn)
    const personIds = await idsBy(plan.people, ({ email }) => email, {
      page: after => ornkoll.people.list(admin, { limit: 200, ...(after !== null && { after }) }),
      name: ({ email }) => email,
    })
    return {
      staff,
      personIds: personIds.map((id, index) => shielded.get(index) ?? id),
      deviceIds: await readDeviceIds(ornkoll, admin, plan),
    }
  })
}

/** The ids of the planned iPads, in the order of the plan. */
export async function readDeviceIds(ornkoll: Ornkoll, actor: Actor, plan: Plan): Promise<string[]> {
  return idsBy(plan.devices, ({ serialNumber }) => serialNumber, {
    page: after =>
      ornkoll.devices.list(actor, {
        limit: 200,
        sort: 'assetTag',
        descending: false,
        ...(after !== null && { after }),
      }),
    name: ({ serialNumber }: Device) => serialNumber,
  })
}

/** People with a protected identity are in no file; their ids by place in the plan, since no list names them. */
async function addProtected(
  ornkoll: Ornkoll,
  admin: Actor,
  { plan, bodyIds, startsOn }: { plan: Plan; bodyIds: readonly string[]; startsOn: string },
): Promise<Map<number, string>> {
  const ids = new Map<number, string>()
  for (const [index, { protectedIdentity, mandates, ...person }] of plan.people.entries()) {
    if (!protectedIdentity) continue
    const { id } = await ornkoll.people.register(admin, { ...person, protectedIdentity })
    for (const { body, role } of mandates)
      await ornkoll.mandates.add(admin, { personId: id, bodyId: bodyIds[body] ?? '', role, startsOn })
    ids.set(index, id)
  }
  return ids
}

async function describeMunicipality(
  { organisations }: Ornkoll,
  admin: Actor,
  { municipality }: Plan,
): Promise<void> {
  const { version } = await organisations.get(admin)
  await organisations.edit(admin, {
    version,
    number: municipality.number,
    settings: { lostModePhone: municipality.phone },
  })
}

/** The partners share the installation: each has its council, and a few people sit in two of them. */
async function addPartners(ornkoll: Ornkoll, plan: Plan, startsOn: string): Promise<void> {
  for (const [index, { name, council }] of plan.partners.entries()) {
    const { id } = await ornkoll.organisations.create({ name, language: 'sv' })
    const actor = systemActor(id)
    const body = await ornkoll.bodies.add(actor, { name: council, type: 'council', startsOn })
    for (const { givenName, familyName, email } of plan.people.slice(index * 10, index * 10 + 3)) {
      const person = await ornkoll.people.register(actor, { givenName, familyName, email })
      await ornkoll.mandates.add(actor, { personId: person.id, bodyId: body.id, startsOn })
    }
  }
}

async function takeIn({ imports }: Ornkoll, actor: Actor, kind: ImportKind, csv: string): Promise<void> {
  const fileName = `${kind}.csv`
  const { id } = await imports.preview(actor, {
    kind,
    fileName,
    bytes: Buffer.from(csv, 'utf8'),
    reading: {},
  })
  await imports.commit(actor, kind, id)
}

function peopleCsv({ people, bodies }: Plan, startsOn: string): string {
  const named = people.filter(({ protectedIdentity }) => !protectedIdentity)
  const rows = named.flatMap(({ givenName, familyName, email, phone, mandates }) =>
    mandates.map(({ body, role }) => [
      givenName,
      familyName,
      email,
      phone,
      bodies[body]?.name ?? '',
      roleWords[role],
      startsOn,
    ]),
  )
  const header = ['Förnamn', 'Efternamn', 'E-post', 'Telefon', 'Nämnd', 'Roll', 'Från']
  return csvOf([header, ...rows])
}

function devicesCsv(devices: readonly PlannedDevice[], boughtOn: string): string {
  const warrantyEndsOn = `${Number(boughtOn.slice(0, 4)) + 1}${boughtOn.slice(4)}`
  const price = String(figures.devicePriceOre / 100)
  const rows = devices.map(({ serialNumber, assetTag, theftMark, model, origin, bought }) => [
    serialNumber,
    assetTag,
    theftMark,
    model,
    origin === 'new' ? 'ny' : 'omkonfigurerad',
    ...(bought ? [boughtOn, price, supplier, warrantyEndsOn] : ['', '', '', '']),
  ])
  const header = [
    'Serienummer',
    'Märkning',
    'Stöldmärkning',
    'Modell',
    'Ursprung',
    'Inköpt',
    'Pris',
    'Leverantör',
    'Garanti till',
  ]
  return csvOf([header, ...rows])
}

const csvOf = (rows: readonly (readonly string[])[]): string => rows.map(row => row.join(';')).join('\r\n')

interface Pages<T> {
  readonly page: (
    after: string | null,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>
  readonly name: (item: T) => string
}

/** The ids of what was planned, in the order of the plan. */
async function idsBy<P, T extends { readonly id: string }>(
  planned: readonly P[],
  nameOf: (planned: P) => string,
  { page, name }: Pages<T>,
): Promise<string[]> {
  const ids = new Map<string, string>()
  let after: string | null = null
  do {
    const { items, next }: Awaited<ReturnType<typeof page>> = await page(after)
    for (const item of items) ids.set(name(item), item.id)
    after = next
  } while (after !== null)
  return planned.map(each => ids.get(nameOf(each)) ?? '')
}
