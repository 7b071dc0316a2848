import { type Body } from '../bodies/body.ts'
import { type Mandate, type MandateRole } from '../mandates/mandate.ts'
import { mandateErrors, overlap } from '../mandates/mandate-input.ts'
import { type Person } from '../people/person.ts'
import { personErrors, writtenPerson, type NewPerson, type PersonInput } from '../people/person-input.ts'
import { because, type Reason } from '../reason.ts'
import { readCount, readDay, readLanguage, readRole, readYes } from './cells.ts'
import { findColumns, peopleColumns, type PeopleColumn } from './columns.ts'
import { cellReader, reasonsOf, type CellReader, type PlannedRow } from './import-plan.ts'
import { type Table, type TableRow } from './reading.ts'

/** A seat as a row names it. */
interface ReadMandate extends ReadSeat {
  readonly body: string
}

/** What the file does not say is left as it is. */
interface ReadSeat {
  readonly role?: MandateRole
  readonly startsOn: string
  readonly endsOn?: string
  readonly costWeight?: number
}

export interface PlannedPerson extends PlannedRow {
  readonly person?:
    | { readonly deed: 'register'; readonly input: NewPerson }
    | { readonly deed: 'edit'; readonly existing: Person; readonly input: PersonInput }
  readonly mandate?:
    | { readonly deed: 'add'; readonly input: ReadSeat & { readonly bodyId: string } }
    | { readonly deed: 'edit'; readonly existing: Mandate; readonly input: ReadSeat }
  /** Whose row it is, in lower case. */
  readonly email: string
}

interface ReadPeople {
  readonly ignored: readonly string[]
  readonly rows: readonly ReadPersonRow[]
}

interface ReadPersonRow {
  readonly row: number
  readonly input: PersonInput
  readonly email: string
  readonly mandate: ReadMandate | undefined
  readonly reasons: readonly Reason[]
}

interface KnownPeople {
  /** People of the file whom the organisation knows, by e-mail address in lower case; `protected` may not be touched. */
  readonly people: ReadonlyMap<string, Person | 'protected'>
  /** Ids of those of them whom the organisation has nothing to do with yet: a file changes nothing about them. */
  readonly newTo: ReadonlySet<string>
  /** Addresses of the file that stand for somebody whom another organisation protects, under another name. */
  readonly guessed: ReadonlySet<string>
  readonly bodies: readonly Body[]
  /** Mandates of those people. */
  readonly mandates: readonly Mandate[]
}

/**
 * The cells as inputs, before anything is known of the people.
 * @throws {DomainError} invalid `columns-missing`, `columns-twice`
 */
export function readPeople({ header, rows }: Table): ReadPeople {
  const { at, ignored } = findColumns(header, peopleColumns, ['givenName', 'familyName', 'email'])
  return { ignored, rows: rows.map(row => readPerson(row, header, at)) }
}

/** The rows with today's address of those who were merged, so that an older file gives nobody a second row. */
export function withAddressesOfToday(
  read: ReadPeople,
  people: ReadonlyMap<string, Person | 'protected'>,
): ReadPeople {
  const rows = read.rows.map(row => {
    const known = people.get(row.email)
    if (known === undefined || known === 'protected' || known.email === row.email) return row
    return { ...row, email: known.email, input: { ...row.input, email: known.email } }
  })
  return { ...read, rows }
}

function readPerson(
  row: TableRow,
  header: readonly string[],
  at: ReadonlyMap<PeopleColumn, number>,
): ReadPersonRow {
  const cells = cellReader(row, header, at)
  const input: PersonInput = {
    givenName: cells.text('givenName'),
    familyName: cells.text('familyName'),
    email: cells.text('email'),
    phone: cells.text('phone'),
    language: cells.read('language', readLanguage),
    protectedIdentity: cells.read('protectedIdentity', readYes),
  }
  const missing = (['givenName', 'familyName', 'email'] as const).filter(field => input[field] === undefined)
  const mandate = readMandate(cells)
  const reasons = [
    ...cells.reasons,
    ...missing.map(field =>
      because('cell-missing', '{column} is missing.', { column: peopleColumns[field][0] }),
    ),
    ...reasonsOf(personErrors(input)),
  ]
  return { row: row.row, input, email: (input.email ?? '').toLowerCase(), mandate, reasons }
}

function readMandate(cells: CellReader<PeopleColumn>): ReadMandate | undefined {
  const body = cells.text('body')
  const startsOn = cells.read('startsOn', readDay)
  const endsOn = cells.read('endsOn', readDay)
  const role = cells.read('role', readRole)
  const costWeight = cells.read('costWeight', readCount)
  if (body !== undefined && cells.text('startsOn') === undefined)
    cells.reasons.push(because('mandate-day', 'A mandate needs its first day: the From column is empty.'))
  if (body === undefined && (cells.text('role') ?? cells.text('startsOn')) !== undefined)
    cells.reasons.push(
      because('mandate-body', 'A mandate needs its committee: the Committee column is empty.'),
    )
  if (body === undefined || startsOn === undefined) return undefined
  return {
    body,
    startsOn,
    ...(role !== undefined && { role }),
    ...(endsOn !== undefined && { endsOn }),
    ...(costWeight !== undefined && { costWeight }),
  }
}

/** What the rows above have said, so that a later one can be told about them. */
interface Above {
  readonly persons: Map<string, ReadPersonRow>
  readonly seats: Map<string, { readonly row: number; readonly mandate: ReadMandate }[]>
}

/**
 * What each row does to the people and mandates as they are. One person may stand on several rows, one for each mandate.
 * The same function serves the preview and the import itself.
 */
export function planPeople({ rows }: ReadPeople, known: KnownPeople): PlannedPerson[] {
  const above: Above = { persons: new Map(), seats: new Map() }
  const bodies = new Map(known.bodies.map(body => [body.name.toLowerCase(), body]))
  return rows.map(read => {
    const { row, email, mandate } = read
    const first = above.persons.get(email)
    const body = mandate && bodies.get(mandate.body.toLowerCase())
    const existing = known.people.get(email)
    const own = existing === 'protected' ? undefined : existing
    const seat = mandate && body && planMandate(mandate, body, own, known.mandates)
    const person = first || (own && known.newTo.has(own.id)) ? undefined : planPerson(read.input, own)
    // A file gives no reason: what it says of somebody protected may be what stands already, and nothing else.
    const isHidden = existing === 'protected' || (own?.protectedIdentity === true && person !== undefined)
    const reasons = [
      ...read.reasons,
      ...(isHidden
        ? [
            because(
              'person-protected',
              'This person has a protected identity. Change the details on the person’s page.',
            ),
          ]
        : []),
      ...(known.guessed.has(email)
        ? [
            because(
              'person-named-otherwise',
              'Another organisation knows somebody with this e-mail address under another name. Ask the person how the name is written and whether the address is right.',
            ),
          ]
        : []),
      ...clashWithPerson(read, above),
      ...(mandate ? clashWithSeat(read, mandate, body, above) : []),
      ...(seat === 'overlap'
        ? [
            because(
              'mandate-elsewhere',
              'The person already has another mandate there on some of those days.',
            ),
          ]
        : []),
    ]
    const subject = [read.input.givenName, read.input.familyName].filter(Boolean).join(' ') || email
    if (reasons.length > 0) return { row, email, outcome: 'error', subject, fields: [], reasons }
    const mandateDeed = typeof seat === 'string' ? undefined : seat
    return { row, email, subject, reasons, ...outcomeOf(person, mandateDeed) }
  })
}

function outcomeOf(
  person: ReturnType<typeof planPerson>,
  mandate: PlannedPerson['mandate'],
): Pick<PlannedPerson, 'outcome' | 'fields' | 'person' | 'mandate'> {
  const fields = [...(person?.fields ?? []), ...(mandate ? ['mandate'] : [])]
  const creates = person?.deed.deed === 'register' || mandate?.deed === 'add'
  return {
    outcome: fields.length === 0 ? 'same' : creates ? 'create' : 'change',
    fields,
    ...(person && { person: person.deed }),
    ...(mandate && { mandate }),
  }
}

/** A later row about the same person may say less than the first, but nothing more and nothing else. */
function clashWithPerson(read: ReadPersonRow, { persons }: Above): Reason[] {
  if (read.email === '') return []
  const first = persons.get(read.email)
  if (!first) {
    persons.set(read.email, read)
    return []
  }
  const said: Readonly<Record<string, unknown>> = writtenPerson(first.input).written
  const agrees = Object.entries(writtenPerson(read.input).written).every(
    ([field, value]) => said[field] === value,
  )
  return agrees
    ? []
    : [
        because('person-twice', 'Row {row} says something else about the person with this e-mail address.', {
          row: first.row,
        }),
      ]
}

function clashWithSeat(
  { row, email }: ReadPersonRow,
  mandate: ReadMandate,
  body: Body | undefined,
  { seats }: Above,
): Reason[] {
  if (!body)
    return [because('no-body', 'There is no committee or company called {body}.', { body: mandate.body })]
  const key = `${email} ${body.id}`
  const earlier = seats.get(key) ?? []
  seats.set(key, [...earlier, { row, mandate }])
  const clash = earlier.find(seat => overlap(seat.mandate, mandate))
  return [
    ...reasonsOf(mandateErrors({ costWeight: 1, ...mandate }, body)),
    ...(clash
      ? [
          because('mandate-twice', 'Row {row} has the same mandate on some of those days.', {
            row: clash.row,
          }),
        ]
      : []),
  ]
}

function planPerson(input: PersonInput, existing: Person | undefined) {
  const { written } = writtenPerson(input)
  const names = Object.keys(written) as (keyof typeof written)[]
  if (!existing) return { deed: { deed: 'register', input: input as NewPerson } as const, fields: names }
  const fields = names.filter(field => existing[field] !== written[field])
  return fields.length === 0 ? undefined : { deed: { deed: 'edit', existing, input } as const, fields }
}

function planMandate(
  read: ReadMandate,
  body: Body,
  person: Person | undefined,
  mandates: readonly Mandate[],
) {
  const { role, startsOn, endsOn, costWeight } = read
  const input: ReadSeat = {
    startsOn,
    ...(role && { role }),
    ...(endsOn !== undefined && { endsOn }),
    ...(costWeight !== undefined && { costWeight }),
  }
  const own = mandates.filter(mandate => mandate.personId === person?.id && mandate.bodyId === body.id)
  const existing = own.find(mandate => mandate.startsOn === startsOn)
  const after = { ...existing, ...input }
  if (own.some(mandate => mandate !== existing && overlap(mandate, after))) return 'overlap' as const
  if (!existing) return { deed: 'add', input: { ...input, bodyId: body.id } } as const
  const same = (Object.keys(input) as (keyof ReadSeat)[]).every(field => existing[field] === input[field])
  return same ? ('same' as const) : ({ deed: 'edit', existing, input } as const)
}
