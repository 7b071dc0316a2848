import { createHash, createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { makeBackup, restoreBackup } from '../../../server/backup/backup.ts'
import { backUpFolder } from '../../../server/database/embedded/storage/file-tasks.ts'
import { type ApiClient } from '../../support/api-client.ts'
import { eventually } from '../../support/eventually.ts'
import { created, handOut } from '../../support/hand-out.ts'
import { startTestServer } from '../../support/server.ts'
import { aReceiver, type Heard } from '../../support/webhook-receiver.ts'

const ifEmbedded = process.env['TEST_MONGODB_URI'] ? test.skip : test

interface Bodies {
  readonly items: readonly { readonly name: string }[]
}

interface Paper {
  readonly formId: string
  readonly pdfSha256: string
}

/** Tells of each answer that came, and says when it is over. */
interface Spell {
  readonly isOver: () => boolean
  readonly answered: () => void
}

/** Hands out one iPad after the other until it is over; `signed` grows by what was answered. */
async function handOutMany(desk: ApiClient, signed: Paper[], { isOver, answered }: Spell): Promise<void> {
  const post = (path: string, body: object) => created<{ id: string }>(desk, `/api/v1/${path}`, body)
  for (let number = 0; !isOver(); number += 1) {
    const email = `alva.${String(number)}@example.se`
    const person = await post('people', { givenName: 'Alva', familyName: 'Prov', email })
    const device = await post('devices', { serialNumber: `DMPLOAD${String(number).padStart(5, '0')}` })
    signed.push(await handOut(desk, person.id, device.id))
    answered()
  }
}

/** Renews the secret of a webhook until it is over; `secrets` grows by what was answered. */
async function renewAgainAndAgain(
  admin: ApiClient,
  id: string,
  secrets: string[],
  { isOver, answered }: Spell,
): Promise<void> {
  while (!isOver()) {
    const { secret } = await created<{ secret: string }>(admin, `/api/v1/webhooks/${id}/renew-secret`)
    secrets.push(secret)
    answered()
  }
}

/** Whether what was heard is signed with this secret. */
function isSignedWith(secret: string, { headers, body }: Heard): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const mac = createHmac('sha256', key).update(text).digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`)
}

ifEmbedded('a backup made while people work has everything that was answered before it began', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-load-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const env = { ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }
  const server = await startTestServer(t, { engineThread: true, env })
  const receiver = await aReceiver(t)
  const admin = await server.as('admin')
  const answered = new Set<string>()
  const signed: Paper[] = []
  const secrets: string[] = []
  let isOver = false
  let enough = (): void => undefined
  const muchWasDone = new Promise<void>(resolve => (enough = resolve))
  const spell: Spell = {
    isOver: () => isOver,
    answered: () => {
      if (answered.size >= 40 && signed.length >= 3 && secrets.length >= 3) enough()
    },
  }
  const work = Array.from({ length: 4 }, async (_, desk) => {
    for (let number = 0; !isOver; number += 1) {
      const name = `Body ${desk}-${number}`
      const { status } = await admin.post('/api/v1/bodies', {
        name,
        type: 'committee',
        startsOn: '2026-01-01',
      })
      if (status === 201) answered.add(name)
      spell.answered()
    }
  })
  work.push(handOutMany(admin, signed, spell))
  // What is sealed changes meanwhile as well.
  const hook = { url: receiver.url, events: ['loan.returned'] }
  const { id: hookId } = await created<{ id: string }>(admin, '/api/v1/webhooks', hook)
  work.push(renewAgainAndAgain(admin, hookId, secrets, spell))
  // Work that fails ends the waiting as well.
  await Promise.race([muchWasDone, Promise.all(work)])
  const before = [...answered]
  const papers = [...signed]
  const secretsBefore = secrets.length
  const file = join(folder, 'the.backup')
  await makeBackup({
    dataFolder: server.dataFolder,
    toFile: file,
    passphrase: undefined,
    randomBytes,
    database: 'embedded',
    copyDatabase: to => backUpFolder(join(server.dataFolder, 'database'), to),
    now: new Date(Date.now()),
  })
  const whileItWasMade = answered.size
  isOver = true
  await Promise.all(work)
  t.true(whileItWasMade >= before.length)

  const restored = join(folder, 'restored')
  await restoreBackup({ file, dataFolder: restored, passphrase: undefined })
  const second = await startTestServer(t, { env: { ...env, ORNKOLL_DATA: restored } })
  t.is(second.organisationId, server.organisationId)
  t.deepEqual(await second.ornkoll.connected.integrity(), [])
  const auditor = await second.as('auditor')
  const names = new Set<string>()
  for (let after: string | null = ''; after !== null;) {
    const query = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const page: { body: Bodies & { next: string | null } } = await auditor.get(
      `/api/v1/bodies?limit=200${query}`,
    )
    for (const { name } of page.body.items) names.add(name)
    after = page.body.next ?? null
  }
  t.deepEqual(
    before.filter(name => !names.has(name)),
    [],
  )
  // What was signed is there byte for byte, and what was sealed can be opened.
  const { token = '' } = await second.as('handout')
  for (const { formId, pdfSha256 } of papers) {
    const receipt = await fetch(`${second.url}/api/v1/liability-forms/${formId}/receipt.pdf`, {
      headers: { authorization: `Bearer ${token}` },
    })
    t.is(receipt.status, 200)
    const bytes = Buffer.from(await receipt.arrayBuffer())
    t.is(createHash('sha256').update(bytes).digest('hex'), pdfSha256)
  }
  const sender = await second.as('admin')
  const trial = await sender.post<{ id: string }>(`/api/v1/webhooks/${hookId}/test`)
  const trials = () => receiver.heard.filter(({ event }) => event.type === 'test')
  const [heard] = await eventually(
    () => Promise.resolve(trials()),
    all => all.length > 0,
  )
  t.is(trial.status, 200)
  t.true(
    heard !== undefined && secrets.slice(secretsBefore - 1).some(secret => isSignedWith(secret, heard)),
    'the secret that was answered last before it began, or one that came meanwhile',
  )
  const log = await auditor.get<{ checked: number; faults: unknown[] }>('/api/v1/audit/verification')
  t.deepEqual(log.body.faults, [])
  t.true(log.body.checked >= before.length / 2)
})
