import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { writableText } from '../../profiles/plist/write-plist.ts'
import { type VariableValues } from '../../profiles/variables.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Device, type InstalledProfile } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { inForce, type Loan } from '../loans/loan.ts'
import { type Loans } from '../loans/loans.ts'
import { isOwnMail } from '../organisations/organisation.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { type People } from '../people/people.ts'
import { fullName, type Person } from '../people/person.ts'
import { type Actor } from '../staff/actor.ts'
import { ipadFactsOf } from './ipad-facts.ts'

type Installed = readonly ReadonlySet<string>[]

/** The iPads of an organisation as profiles see them. */
export interface Fleet {
  ipads(actor: Actor): Promise<readonly IpadFacts[]>
  /** Identifiers of the profiles that each enrolled iPad last told of, as it was up to a minute ago. */
  installed(actor: Actor): Promise<readonly ReadonlySet<string>[]>
  /** On how many enrolled iPads a profile with this identifier is, by what they last told. */
  having(actor: Actor, identifier: string): Promise<number>
  /** What variables stand for on one iPad, lent if any is; nobody with a protected identity. Undefined without iPads. */
  example(actor: Actor): Promise<VariableValues | undefined>
}

const rememberedMs = 60_000
const atOnce = 200

export interface FleetDeps {
  readonly clock: Clock

  readonly devices: Pick<Devices, 'list' | 'profilesOn'>
  readonly loans: Pick<Loans, 'openLoansOf'>
  readonly people: Pick<People, 'many'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly organisations: Pick<Organisations, 'get'>
}

/** Enrolled iPads that have told of their system; of the others nothing can be said of what they know. */
export function createFleet({ devices, loans, people, bodies, organisations, clock }: FleetDeps): Fleet {
  const memory = new Map<string, { readonly until: number; readonly value: Installed }>()

  async function remembered(organisationId: string, read: () => Promise<Installed>): Promise<Installed> {
    const now = clock.now().getTime()
    const known = memory.get(organisationId)
    if (known !== undefined && known.until > now) return known.value
    const value = await read()
    memory.set(organisationId, { until: now + rememberedMs, value })
    return value
  }

  async function enrolled(actor: Actor): Promise<Device[]> {
    const found: Device[] = []
    let after: string | undefined
    do {
      const page = await devices.list(actor, {
        management: 'enrolled',
        sort: 'assetTag',
        descending: false,
        limit: atOnce,
        ...(after !== undefined && { after }),
      })
      found.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    return found
  }

  /** Loans by iPad, of those that are lent by now: the same that roll-outs go by. */
  async function lentOf(actor: Actor, some: readonly Device[]): Promise<Map<string, Loan>> {
    const deviceIds = some.map(({ id }) => id)
    const open = await loans.openLoansOf(actor, deviceIds)
    return new Map([...open].filter(([, loan]) => inForce(loan) !== undefined))
  }

  /** The profiles that each of them last told of, read some at a time: the lists of a fleet are long. */
  async function toldBy(
    actor: Actor,
    all: readonly Device[],
  ): Promise<ReadonlyMap<string, readonly InstalledProfile[]>> {
    const told = new Map<string, readonly InstalledProfile[]>()
    for (let from = 0; from < all.length; from += atOnce) {
      const ids = all.slice(from, from + atOnce).map(({ id }) => id)
      for (const [id, profiles] of await devices.profilesOn(actor, ids)) told.set(id, profiles)
    }
    return told
  }

  async function identifiersOf(actor: Actor): Promise<readonly ReadonlySet<string>[]> {
    const all = await enrolled(actor)
    const told = await toldBy(actor, all)
    return all.map(({ id }) => new Set(told.get(id)?.map(({ identifier }) => identifier)))
  }

  const bodyNamesOf = async (actor: Actor) =>
    new Map((await bodies.list(actor)).map(({ id, name }) => [id, name]))

  return {
    async example(actor) {
      const { items } = await devices.list(actor, {
        management: 'enrolled',
        sort: 'assetTag',
        descending: false,
        limit: 50,
      })
      const [first] = items
      if (first === undefined) return undefined
      const lent = await lentOf(actor, items)
      const holders = await people.many(
        actor,
        [...lent.values()].map(({ personId }) => personId),
      )
      const open = new Map(
        holders.filter(person => !person.protectedIdentity).map(person => [person.id, person]),
      )
      const device = items.find(({ id }) => open.has(lent.get(id)?.personId ?? ''))
      const loan = device && lent.get(device.id)
      const { name, settings } = await organisations.get(actor)
      const values = valuesOf(device ?? first, {
        mailDomains: settings.mailDomains,
        loan,
        person: loan && open.get(loan.personId),
        bodyNames: await bodyNamesOf(actor),
      })
      return { ...values, 'organisation.name': name }
    },

    installed: actor => remembered(actor.organisationId, () => identifiersOf(actor)),

    having: async (actor, identifier) =>
      (await identifiersOf(actor)).filter(identifiers => identifiers.has(identifier)).length,

    ipads: async actor => (await enrolled(actor)).flatMap(device => ipadFactsOf(device) ?? []),
  }
}

interface Holder {
  readonly loan: Loan | undefined
  readonly person: Person | undefined
  readonly bodyNames: ReadonlyMap<string, string>
  readonly mailDomains: readonly string[]
}

/** What is copied from a PDF may hold characters that nobody sees. */
const writable = (values: VariableValues): VariableValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, writableText(value, '')]))

/**
 * What variables stand for on one iPad, without characters that no profile can carry. The user name is the mail
 * address, as with most mail servers; an address that is not the municipality's own is none (requirement R08).
 */
export function valuesOf(device: Device, { loan, person, bodyNames, mailDomains }: Holder): VariableValues {
  const body = loan?.bodyIds.map(id => bodyNames.get(id)).find(name => name !== undefined)
  const { deviceName, udid } = device.information ?? {}
  return writable({
    'device.tag': device.assetTag,
    'device.serial': device.serialNumber,
    ...(deviceName !== undefined && { 'device.name': deviceName }),
    ...(udid !== undefined && { 'device.udid': udid }),
    ...(body !== undefined && { 'body.name': body }),
    ...(person !== undefined &&
      isOwnMail(person.email, mailDomains) && {
        'person.email': person.email,
        'person.username': person.email,
      }),
    ...(person !== undefined && {
      'person.name': fullName(person),
      'person.givenName': person.givenName,
      'person.familyName': person.familyName,
    }),
  })
}
