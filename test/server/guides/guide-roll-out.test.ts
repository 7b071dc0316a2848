import test from 'ava'
import { systemActor } from '../../../server/staff/actor.ts'
import { aPdf } from '../../support/a-pdf.ts'
import { eventually } from '../../support/eventually.ts'
import { created } from '../../support/hand-out.ts'
import {
  anEnrolled,
  contentsOf,
  rolloutOnce,
  type BegunAnswer,
  type RegisteredIpad,
} from '../../support/roll-out.ts'
import { fewKeys, startSimulation } from '../../support/simulation.ts'

interface Made {
  readonly guide: { readonly id: string; readonly identifier: string }
  readonly error?: { readonly code: string }
}
interface Coverage {
  readonly of: number
  readonly percent: number
  readonly versions: readonly { readonly number: number; readonly percent: number }[]
}

test('a guide comes to every iPad, a revision follows by itself, and coverage tells per version', async t => {
  t.timeout(180_000)
  const simulation = await startSimulation(t)
  const { server } = simulation
  const admin = await server.as('admin')
  const upload = async (path: string, bytes: Uint8Array, { token } = admin) => {
    const response = await fetch(new URL(path, server.url), {
      method: 'POST',
      body: Buffer.from(bytes),
      headers: { authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/pdf' },
    })
    return { status: response.status, body: (await response.json()) as Made }
  }
  const wrong = await upload('/api/v1/guides?name=Lathund', Buffer.from('no PDF at all'))
  t.deepEqual([wrong.status, wrong.body.error?.code], [422, 'guide-invalid'])
  const first = aPdf('Lathund')
  const made = await upload('/api/v1/guides?name=Lathund', first)
  t.is(made.status, 201)
  const { id, identifier } = made.body.guide

  const ipads: RegisteredIpad[] = []
  for (const number of [1, 2])
    ipads.push(await anEnrolled(simulation, admin, `DMPG0000000${number}`, { keys: fewKeys }))
  const coverage = async () => (await admin.get<Coverage>(`/api/v1/guides/${id}/coverage`)).body
  t.deepEqual(await coverage(), { of: 0, percent: 0, versions: [] })
  const { rollout } = await created<BegunAnswer>(admin, '/api/v1/assignments', {
    content: { kind: 'guide', id },
    target: { kind: 'organisation' },
    plan: { waves: [] },
  })
  await rolloutOnce(admin, rollout.id, ({ state }) => state === 'completed')
  t.is((await coverage()).percent, 100)

  const [book] = ipads[0]?.ipad.state().books ?? []
  t.is(book?.identifier, identifier)
  const fetched = await fetch(new URL(new URL(book?.url ?? '').pathname, server.url))
  t.is(fetched.status, 200)
  t.deepEqual(Buffer.from(await fetched.arrayBuffer()), first, 'byte for byte, without signing in')
  const guessed = new URL(book?.url ?? '').pathname.replace(
    /\/[^/]+\/guide\.pdf$/,
    `/${'A'.repeat(43)}/guide.pdf`,
  )
  t.is((await fetch(new URL(guessed, server.url))).status, 404)

  await ipads[1]?.ipad.become('offline')
  t.is((await upload(`/api/v1/guides/${id}/versions?note=Nya%20bilder`, aPdf('Lathund 2'))).status, 201)
  const half = await eventually(coverage, ({ percent }) => percent === 50)
  t.deepEqual(
    half.versions.map(({ number }) => number),
    [2],
    'everybody is meant to have the revision',
  )
  await ipads[1]?.ipad.become('awake')
  await eventually(coverage, ({ percent }) => percent === 100)
  t.deepEqual(
    ipads.map(({ ipad }) => ipad.state().books.map(({ version }) => version)),
    [['2'], ['2']],
    'in the place of the one before',
  )
  const [content] = await contentsOf(admin, ipads[0]?.deviceId ?? '')
  t.deepEqual([content?.state, content?.number], ['proven', 2])

  // On more iPads than the limit a revision that one person made waits for another one, and not for them.
  const second = await server.as('second-line')
  const { version } = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
  await admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 1 } })
  t.is((await upload(`/api/v1/guides/${id}/versions`, aPdf('Lathund 3'))).status, 201)
  interface Waiting {
    id: string
    to: number
    count: number
    approvalId: string
  }
  const requests = async (state: string) =>
    (await admin.get<{ items: Waiting[] }>(`/api/v1/rollout-requests?state=${state}`)).body.items
  const [waiting] = await eventually(
    () => requests('waiting'),
    ({ length }) => length > 0,
  )
  t.like(waiting, { to: 3, count: 2 })
  const decide = `/api/v1/approvals/${waiting?.approvalId ?? ''}`
  const own = await admin.post<Made>(`${decide}/approve`)
  t.deepEqual([own.status, own.body.error?.code], [403, 'approval-own'])
  t.is((await second.post(`${decide}/refuse`, { note: 'Fel bilder' })).status, 200)
  await server.ornkoll.rollingOut.rounds.settle(server.organisationId)
  t.deepEqual(await requests('waiting'), [], 'a no is not asked about again')
  t.is((await contentsOf(admin, ipads[0]?.deviceId ?? ''))[0]?.number, 2)
  t.is((await upload(`/api/v1/guides/${id}/versions`, aPdf('Lathund 4'))).status, 201)
  const [next] = await eventually(
    () => requests('waiting'),
    ({ length }) => length > 0,
  )
  t.like(await coverage(), { of: 2, percent: 0 }, 'a version that waits is the newest all the same')
  t.is((await second.post(`/api/v1/approvals/${next?.approvalId ?? ''}/approve`)).status, 200)
  await eventually(
    async () => (await contentsOf(admin, ipads[0]?.deviceId ?? ''))[0],
    one => one?.number === 4 && one.state === 'proven',
  )

  // While waves of the one before are still to come a revision waits, and says for what.
  const now = (await admin.get<{ version: number }>('/api/v1/organisations/current')).body
  await admin.patch('/api/v1/organisations/current', { version: now.version, settings: { rolloutLimit: 50 } })
  const [assigned] = (await admin.get<{ items: { id: string }[] }>('/api/v1/assignments')).body.items
  const assignment = `/api/v1/assignments/${assigned?.id ?? ''}`
  const { rollout: inWaves } = await created<BegunAnswer>(admin, `${assignment}/roll-out`, {
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  interface Shown {
    nextVersion?: object
  }
  t.is((await admin.get<Shown>(assignment)).body.nextVersion, undefined)
  t.is((await upload(`/api/v1/guides/${id}/versions`, aPdf('Lathund 5'))).status, 201)
  await server.ornkoll.rollingOut.rounds.settle(server.organisationId)
  t.deepEqual((await admin.get<Shown>(assignment)).body.nextVersion, {
    number: 5,
    rolloutId: inWaves.id,
    behind: 4,
  })
  for (const path of [`/profiles/guides/${id}`, `/profiles/rollouts/assignments/${assigned?.id ?? ''}`]) {
    const headers = { authorization: `Bearer ${admin.token ?? ''}` }
    const page = await (await fetch(new URL(path, server.url), { headers })).text()
    t.regex(page, /Version 5 väntar/, path)
    t.true(page.includes(`/profiles/rollouts/${inWaves.id}`), path)
  }
  t.is((await contentsOf(admin, ipads[0]?.deviceId ?? ''))[0]?.number, 4)
  t.is((await admin.post(`/api/v1/rollouts/${inWaves.id}/stop`, { reason: 'En ny kom' })).status, 200)
  const following = await eventually(
    async () => (await admin.get<{ rolloutId: string }>(assignment)).body.rolloutId,
    rolloutId => rolloutId !== inWaves.id,
  )
  t.is((await admin.post(`/api/v1/rollouts/${following}/next-wave`, {})).status, 200)
  await rolloutOnce(admin, following, ({ state }) => state === 'completed')
  t.is((await contentsOf(admin, ipads[0]?.deviceId ?? ''))[0]?.number, 5)
  t.is((await admin.get<Shown>(assignment)).body.nextVersion, undefined)

  const helpdesk = await server.as('helpdesk')
  t.is((await upload('/api/v1/guides?name=x', first, helpdesk)).status, 403)
  const { organisations } = server.ornkoll
  const other = await organisations.create({ name: 'Grannby', language: 'sv' })
  const stranger = await server.as('admin', other.id)
  t.is((await stranger.get(`/api/v1/guides/${id}`)).status, 404)

  const [, gone] = ipads
  const system = systemActor(server.organisationId)
  await server.ornkoll.devices.moveLifecycle(system, gone?.deviceId ?? '', 'retired')
  t.is((await eventually(coverage, ({ of }) => of < 2)).of, 1, 'one that is gone is not counted')
  await created(admin, '/api/v1/devices', { serialNumber: 'DMPG00000009' })
  const last = await eventually(coverage, ({ percent }) => percent < 100)
  t.like(last, { of: 2, percent: 50 }, 'one that has never enrolled is meant to have it too')
})
