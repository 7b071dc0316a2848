import { folded } from '../people/person-search.ts'
import { type Body } from '../bodies/body.ts'
import { codesOf } from '../devices/device-search.ts'
import { type Device } from '../devices/device.ts'
import { type Devices } from '../devices/devices.ts'
import { type Page } from '../http/paging.ts'
import { type Incident } from '../incidents/incident.ts'
import { type LiabilityForm } from '../liability/liability-form.ts'
import { type Loan } from '../loans/loan.ts'
import { type People } from '../people/people.ts'
import { fullName, type Person } from '../people/person.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld, type Right } from '../staff/rights.ts'

export type FoundKind = 'device' | 'person' | 'loan' | 'case' | 'body'

/** One thing that fits. `label` is what people call it, `detail` tells it apart; both as any list may show them. */
export interface Found {
  readonly kind: FoundKind
  readonly id: string
  readonly label: string
  readonly detail: string
  /** The state of an iPad, loan or case, or the type of a body. */
  readonly state?: string
  /** What was asked for is its whole tag, number, mark or name, and nothing else's. */
  readonly isExact: boolean
  /** The iPad that a loan or case is about. */
  readonly deviceId?: string
}

export interface FoundGroup {
  readonly kind: FoundKind
  readonly items: readonly Found[]
  /** There is more of this kind than is shown. */
  readonly isMore: boolean
}

export interface SearchResult {
  readonly q: string
  /** The one thing that was meant, when it is certain: a scanned tag leads straight to it. */
  readonly exact: Found | null
  /** Those with something in them; the kind with an exact hit stands first. */
  readonly groups: readonly FoundGroup[]
}

interface SearchDeps {
  readonly devices: Pick<Devices, 'list' | 'many'>
  readonly people: Pick<People, 'list' | 'many'>
  readonly bodies: { list(actor: Actor): Promise<Body[]> }
  readonly loans: {
    openLoansOf(actor: Actor, deviceIds: readonly string[]): Promise<ReadonlyMap<string, Loan>>
    openOfPerson(actor: Actor, personId: string): Promise<Loan[]>
    get(actor: Actor, id: string): Promise<Loan>
  }
  readonly papers: {
    byReceiptNumber(
      actor: Actor,
      receiptNumber: string,
    ): Promise<Pick<LiabilityForm, 'loanIds' | 'receiptNumber'> | undefined>
  }
  readonly cases: {
    list(
      actor: Actor,
      query: { number: string; limit: number },
    ): Promise<Page<Pick<Incident, 'id' | 'number' | 'kind' | 'state' | 'deviceId'>>>
  }
}

export type Search = ReturnType<typeof createSearch>

const shortest = 2
const longest = 120
/** Loans are looked up for so many people; a common name has hundreds. */
const mostHolders = 5

/** Finds a thing of any kind by what somebody has in hand: a label, a number, a name. Each kind needs its right. */
export function createSearch({ devices, people, bodies, loans, papers, cases }: SearchDeps) {
  async function foundDevices(actor: Actor, q: string, limit: number): Promise<Page<Device>> {
    const pages = []
    for (const code of codesOf(q).filter(({ length }) => length >= shortest)) {
      pages.push(await devices.list(actor, { q: code, sort: 'assetTag', descending: false, limit }))
    }
    // The whole tag of one may be the beginning of a hundred others.
    const items = pages.flatMap(page => page.items)
    const exact = items.filter(device => isNamed(device, q))
    const all = [...new Map([...exact, ...items].map(device => [device.id, device])).values()]
    const isMore = all.length > limit || pages.some(({ next }) => next !== null)
    return { items: all.slice(0, limit), next: isMore ? 'more' : null }
  }

  async function foundLoans(
    actor: Actor,
    q: string,
    near: { readonly devices: readonly Device[]; readonly people: readonly Person[]; readonly limit: number },
  ): Promise<{ loans: Loan[]; receipt: string | undefined }> {
    const form = await papers.byReceiptNumber(actor, q.toUpperCase())
    const signed: Loan[] = []
    for (const id of form?.loanIds ?? []) signed.push(await loans.get(actor, id))
    const lent = await loans.openLoansOf(
      actor,
      near.devices.map(({ id }) => id),
    )
    const held: Loan[] = []
    for (const { id } of near.people.slice(0, mostHolders))
      held.push(...(await loans.openOfPerson(actor, id)))
    const all = new Map([...signed, ...lent.values(), ...held].map(loan => [loan.id, loan]))
    return { loans: [...all.values()].slice(0, near.limit + 1), receipt: form?.receiptNumber }
  }

  async function shownLoans(
    actor: Actor,
    found: readonly Loan[],
    receipt: string | undefined,
  ): Promise<Found[]> {
    const ipads = await devices.many(
      actor,
      found.map(({ deviceId }) => deviceId),
    )
    const holders = await people.many(
      actor,
      found.map(({ personId }) => personId),
    )
    return found.map(({ id, deviceId, personId, state }) => {
      const holder = holders.find(person => person.id === personId)
      const tag = ipads.find(device => device.id === deviceId)?.assetTag ?? ''
      const detail = [holder && fullName(holder), receipt].filter(Boolean).join(' · ')
      return { kind: 'loan', id, label: tag, detail, state, deviceId, isExact: receipt !== undefined }
    })
  }

  async function search(
    actor: Actor,
    text: string,
    { limit }: { readonly limit: number },
  ): Promise<SearchResult> {
    const q = text.replaceAll('\0', '').trim().slice(0, longest)
    if (q.length < shortest) return { q, exact: null, groups: [] }
    const held = rightsHeld(actor)
    const may = (right: Right) => held.includes(right)
    const none = { items: [], next: null }
    const ipads = may('devices.read') ? await foundDevices(actor, q, limit) : none
    const persons = may('people.read') ? await people.list(actor, { q, limit }) : none
    const lent = may('loans.read')
      ? await foundLoans(actor, q, { devices: ipads.items, people: persons.items, limit })
      : { loans: [], receipt: undefined }
    const reported = may('incidents.read')
      ? await cases.list(actor, { number: q.toUpperCase(), limit })
      : none
    const named = may('bodies.read') ? (await bodies.list(actor)).filter(body => fitsBody(body, q)) : []
    const groups: FoundGroup[] = [
      group('device', { ...ipads, items: ipads.items.map(device => foundDevice(device, q)) }, limit),
      group('person', { ...persons, items: persons.items.map(person => foundPerson(person, q)) }, limit),
      group('loan', { items: await shownLoans(actor, lent.loans, lent.receipt), next: null }, limit),
      group('case', { ...reported, items: reported.items.map(one => foundCase(one, q)) }, limit),
      group('body', { items: named.map(body => foundBody(body, q)), next: null }, limit),
    ]
    const exact = groups.flatMap(({ items }) => items.filter(({ isExact }) => isExact))
    const [only] = exact
    return {
      q,
      // A name may be somebody else's too: only what is unique by itself leads straight on.
      exact: only && exact.length === 1 && only.kind !== 'person' && only.kind !== 'body' ? only : null,
      groups: [...groups.filter(hasExact), ...groups.filter(one => !hasExact(one))].filter(
        ({ items }) => items.length > 0,
      ),
    }
  }

  return { search }
}

function group(kind: FoundKind, { items, next }: Page<Found>, limit: number): FoundGroup {
  const sorted = [...items.filter(({ isExact }) => isExact), ...items.filter(({ isExact }) => !isExact)]
  return { kind, items: sorted.slice(0, limit), isMore: next !== null || items.length > limit }
}

const hasExact = ({ items }: FoundGroup) => items.some(({ isExact }) => isExact)

function isNamed({ assetTag, serialNumber, theftMark = '' }: Device, q: string): boolean {
  return codesOf(q).some(code => [assetTag, serialNumber, theftMark.toUpperCase()].includes(code))
}

function foundDevice(device: Device, q: string): Found {
  const { id, assetTag, serialNumber, model, theftMark, lifecycle } = device
  const detail = [serialNumber, theftMark, model].filter(Boolean).join(' · ')
  return { kind: 'device', id, label: assetTag, detail, state: lifecycle, isExact: isNamed(device, q) }
}

function foundPerson(person: Person, q: string): Found {
  const { id, email } = person
  const label = fullName(person)
  const isExact = [label, `${person.familyName} ${person.givenName}`, email, person.familyName]
    .slice(0, person.protectedIdentity ? 0 : 3)
    .some(name => folded(name) === folded(q))
  return { kind: 'person', id, label, detail: email, isExact }
}

function foundCase(
  { id, number, kind, state, deviceId }: Pick<Incident, 'id' | 'number' | 'kind' | 'state' | 'deviceId'>,
  q: string,
): Found {
  return {
    kind: 'case',
    id,
    label: number,
    detail: kind,
    state,
    deviceId,
    isExact: number === q.toUpperCase(),
  }
}

function foundBody({ id, name, costCentre, type }: Body, q: string): Found {
  return {
    kind: 'body',
    id,
    label: name,
    detail: costCentre,
    state: type,
    isExact: folded(name) === folded(q),
  }
}

function fitsBody({ name, costCentre }: Body, q: string): boolean {
  return folded(name).includes(folded(q)) || costCentre.toLowerCase().startsWith(q.toLowerCase())
}
