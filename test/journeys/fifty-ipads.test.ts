import { createHash } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { forEachOf } from '../../scripts/simulate/fleet.ts'
import { type Answered } from '../../scripts/simulate/ipad-options.ts'
import { metresBetween } from '../../scripts/simulate/position.ts'
import { type SimulatedIpad } from '../../scripts/simulate/simulated-ipad.ts'
import { ownKeys } from '../../scripts/simulate/identity-keys.ts'
import { type ApiClient } from '../support/api-client.ts'
import { eventually } from '../support/eventually.ts'
import { created, handOut, type HandedOut } from '../support/hand-out.ts'
import { enrolByLink, fewKeys, startSimulation } from '../support/simulation.ts'

interface Lent extends HandedOut {
  readonly ipad: SimulatedIpad
  readonly deviceId: string
  readonly personId: string
  readonly name: string
}

interface DeviceView {
  readonly lifecycle: string
  readonly management: string
  readonly lock: string
  readonly lastSeenAt?: string
  readonly information?: { readonly osVersion?: string; readonly udid?: string }
}

interface IncidentView {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly existing?: boolean
  readonly wipe?: { readonly approvalId: string }
  readonly timeline: readonly { readonly at: string; readonly what: string; readonly commandId?: string }[]
}

/** How many of the iPads have a key of their own; the others share a few, to save minutes. */
const withOwnKeys = 6
const count = 50
const stolenIndex = 17
const square = { latitude: 59.62, longitude: 14.87 }
const station = { latitude: 59.63, longitude: 14.9 }

test('fifty iPads enrol and are lent; one is stolen, locked, found out, erased by two people, and locked again', async t => {
  t.timeout(240_000)
  const simulation = await startSimulation(t, { engineThread: true })
  const { server } = simulation
  const [admin, desk, helpdesk, second, approver] = await Promise.all([
    server.as('admin'),
    server.as('handout'),
    server.as('helpdesk'),
    server.as('second-line'),
    server.as('second-line'),
  ])
  await admin.patch('/api/v1/organisations/current', {
    version: 1,
    settings: { lostModePhone: '08-465 004 00' },
  })

  // Enrolled and lent.
  const body = await created<{ id: string }>(admin, '/api/v1/bodies', {
    name: 'Kulturnämnden',
    type: 'committee',
    startsOn: '2026-01-01',
  })
  const lent: Lent[] = []
  const wanted = Array.from({ length: count }, (_, index) => index)
  await forEachOf(wanted, 6, async index => {
    const ipad = simulation.ipad(`JRNY${String(index).padStart(6, '0')}`, {
      keys: index < withOwnKeys || index === stolenIndex ? ownKeys : fewKeys,
      signatures: index % 10 === 3 ? 'bare' : 'attributes',
    })
    lent[index] = await enrolAndLend(admin, desk, { ipad, index, bodyId: body.id })
  })
  for (const { ipad, deviceId, loanId } of lent) {
    // When an iPad was last seen is gathered for a second before it is written.
    const device = await eventually(
      () => seen<DeviceView>(desk, `/api/v1/devices/${deviceId}`),
      ({ lastSeenAt }) => lastSeenAt !== undefined,
    )
    t.like(device, { lifecycle: 'on-loan', management: 'enrolled', lock: 'open' })
    t.is(device.information?.udid, ipad.udid)
    t.is(device.information?.osVersion, ipad.hardware.osVersion)
    t.is((await seen<{ state: string }>(desk, `/api/v1/loans/${loanId}`)).state, 'active')
  }
  const stolen = lent[stolenIndex]
  if (!stolen) throw new Error('The iPad of the journey was not lent.')
  const others = lent.filter(each => each !== stolen)
  const receipt = await receiptOf(server.url, desk, stolen)
  t.is(createHash('sha256').update(receipt).digest('hex'), stolen.pdfSha256)

  // Stolen behind its passcode, and on the move. The helpdesk finds the loan by what the caller knows.
  await stolen.ipad.become('locked')
  stolen.ipad.steal({ places: [square, station], startedAt: new Date(Date.now() - 30_000), speed: 5 })
  for (const known of [stolen.name, stolen.ipad.serialNumber, 'TM-17']) {
    const { items } = await seen<{ items: { device: { id: string } }[] }>(
      helpdesk,
      `/api/v1/incidents/find?text=${encodeURIComponent(known)}`,
    )
    t.deepEqual(
      items.map(({ device }) => device.id),
      [stolen.deviceId],
      known,
    )
  }
  const report = {
    kind: 'theft',
    loanId: stolen.loanId,
    description: 'Taken from a table in the library while its borrower fetched a book.',
    policeNumber: '5000-K 123456-26',
  }
  const incident = await created<IncidentView>(helpdesk, '/api/v1/incidents', report)
  const firstLock = await stolen.ipad.answered('EnableLostMode')
  t.like(firstLock.parameters, { PhoneNumber: '08-465 004 00' })
  await stolen.ipad.answered('DeviceLocation')
  const caseOf = () => seen<IncidentView>(helpdesk, `/api/v1/incidents/${incident.id}`)
  const steps = async () => (await caseOf()).timeline.map(({ what }) => what)
  await eventually(steps, told => told.includes('locate-done'))
  t.is((await caseOf()).state, 'lost-mode')
  t.is((await seen<DeviceView>(helpdesk, `/api/v1/devices/${stolen.deviceId}`)).lock, 'lost')
  const fixes = await seen<{ items: { latitude: number; longitude: number }[] }>(
    helpdesk,
    `/api/v1/incidents/${incident.id}/positions`,
  )
  const [fix] = fixes.items
  t.truthy(fix, 'there is a position')
  const moved = metresBetween(square, fix ?? square)
  t.true(Math.hypot(moved.north, moved.east) > 100, 'the position is that of the moving iPad')

  // The same report again opens no second case and locks nothing anew.
  const again = await helpdesk.post<IncidentView>('/api/v1/incidents', report)
  t.is(again.status, 200)
  t.like(again.body, { id: incident.id, existing: true })

  // The wipe: asked for with a reason by second line, agreed to by somebody else.
  const ask = `/api/v1/incidents/${incident.id}/request-wipe`
  t.is((await helpdesk.post(ask, { reason: 'I want to.' })).status, 403)
  t.is((await second.post(ask, {})).status, 400)
  const asked = await created<IncidentView>(second, ask, { reason: 'Papers on it.', papersChecked: true })
  t.is(asked.state, 'wipe-requested')
  const approve = `/api/v1/approvals/${asked.wipe?.approvalId ?? ''}/approve`
  t.is((await second.post(approve)).status, 403, 'who asks may not approve')
  t.is((await helpdesk.post(approve)).status, 403)
  t.is(stolen.ipad.management(), 'enrolled')
  t.false(stolen.ipad.answers.some(isErase))
  await created(approver, approve)
  await stolen.ipad.answered('EraseDevice')
  t.is(stolen.ipad.management(), 'new')
  t.deepEqual(stolen.ipad.state().profiles, [])
  await eventually(caseOf, ({ state }) => state === 'wiped')
  t.is((await seen<DeviceView>(helpdesk, `/api/v1/devices/${stolen.deviceId}`)).lock, 'wiped')

  // The thief sets it up again: it enrols, and is locked again at once.
  await stolen.ipad.become('awake')
  await enrolByLink(desk, stolen.deviceId, stolen.ipad)
  await stolen.ipad.answered(answer => isLock(answer) && answer.uuid !== firstLock.uuid)
  t.truthy(stolen.ipad.state().lostMode, 'it is in lost mode again')
  t.is((await seen<DeviceView>(helpdesk, `/api/v1/devices/${stolen.deviceId}`)).lock, 'lost')
  t.is(stolen.ipad.answers.filter(isErase).length, 1, 'it is erased once')

  await eventually(steps, told => told.lastIndexOf('lock-done') > told.indexOf('enrolled-again'))
  checkTimeline(t, (await caseOf()).timeline)

  // What must not have happened.
  t.is((await seen<{ state: string }>(desk, `/api/v1/loans/${stolen.loanId}`)).state, 'disputed')
  t.deepEqual(await receiptOf(server.url, desk, stolen), receipt)
  for (const { ipad, deviceId } of others) {
    t.deepEqual(ipad.answers.map(typeOf).filter(notAsked), [], `${ipad.serialNumber} was left alone`)
    t.is(ipad.state().lostMode, undefined)
    t.like(await seen<DeviceView>(desk, `/api/v1/devices/${deviceId}`), {
      lifecycle: 'on-loan',
      lock: 'open',
    })
  }
  for (const { ipad } of lent) t.deepEqual(ipad.faults, [], ipad.serialNumber)
})

async function enrolAndLend(
  admin: ApiClient,
  desk: ApiClient,
  { ipad, index, bodyId }: { ipad: SimulatedIpad; index: number; bodyId: string },
): Promise<Lent> {
  const name = { givenName: 'Tora', familyName: `Vindskär${letters(index)}` }
  const person = await created<{ id: string }>(admin, '/api/v1/people', {
    ...name,
    email: `tora.${index}@kommun.example`,
  })
  await created(admin, '/api/v1/mandates', { personId: person.id, bodyId, startsOn: '2026-01-01' })
  const device = await created<{ id: string }>(desk, '/api/v1/devices', {
    serialNumber: ipad.serialNumber,
    theftMark: `TM-${index}`,
  })
  await enrolByLink(desk, device.id, ipad)
  const handedOut = await handOut(desk, person.id, device.id)
  return { ...handedOut, ipad, deviceId: device.id, personId: person.id, name: name.familyName }
}

/** Two letters that no other number of the journey has. */
function letters(index: number): string {
  return String.fromCharCode(97 + Math.floor(index / 10), 97 + (index % 10))
}

async function seen<T>(client: ApiClient, path: string): Promise<T> {
  const { status, body } = await client.get<T>(path)
  if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`)
  return body
}

async function receiptOf(url: string, { token = '' }: ApiClient, { formId }: HandedOut): Promise<Buffer> {
  const response = await fetch(new URL(`/api/v1/liability-forms/${formId}/receipt.pdf`, url), {
    headers: { authorization: `Bearer ${token}` },
  })
  return Buffer.from(await response.arrayBuffer())
}

const typeOf = ({ requestType }: Answered) => requestType
/** Whether a command does more than ask the iPad about itself. */
const notAsked = (type: string) =>
  ![
    'DeviceInformation',
    'SecurityInfo',
    'InstalledApplicationList',
    'ProfileList',
    'ManagedApplicationList',
  ].includes(type)
const isErase = ({ requestType }: Answered) => requestType === 'EraseDevice'
const isLock = ({ requestType }: Answered) => requestType === 'EnableLostMode'

/**
 * Each step of a story that two people and an iPad tell, in the order in which it must have happened. Pushes are not
 * among them: what the iPad has finished before Apple's answer to the push is there needs none any more.
 */
const story = [
  'reported',
  'lock-queued',
  'lock-fetched',
  'lock-done',
  'locate-done',
  'wipe-asked',
  'wipe-approved',
  'erase-queued',
  'erase-fetched',
  'erase-done',
  'enrolled-again',
  'lock-done',
] as const

function checkTimeline(t: ExecutionContext, timeline: IncidentView['timeline']): void {
  const steps = timeline.map(({ what }) => what)
  let place = -1
  for (const step of story) {
    place = steps.indexOf(step, place + 1)
    t.not(place, -1, `${step} is missing in its place: ${steps.join(', ')}`)
  }
  const times = timeline.map(({ at }) => Date.parse(at))
  t.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  )
  t.notRegex(JSON.stringify(timeline), /latitude|":59\.6/i, 'a timeline holds no positions')
}
