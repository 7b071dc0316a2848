import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { makeBackup, restoreBackup } from '../../../server/backup/backup.ts'
import { backUpFolder } from '../../../server/database/embedded/storage/file-tasks.ts'
import { startTestServer } from '../../support/server.ts'

const ifEmbedded = process.env['TEST_MONGODB_URI'] ? test.skip : test

interface Bodies {
  readonly items: readonly { readonly name: string }[]
}

ifEmbedded('a backup made while people work has everything that was answered before it began', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-load-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const answered = new Set<string>()
  let isOver = false
  const work = Array.from({ length: 4 }, async (_, desk) => {
    for (let number = 0; !isOver; number += 1) {
      const name = `Body ${desk}-${number}`
      const { status } = await admin.post('/api/v1/bodies', {
        name,
        type: 'committee',
        startsOn: '2026-01-01',
      })
      if (status === 201) answered.add(name)
    }
  })
  while (answered.size < 40) await new Promise(resolve => setImmediate(resolve))
  const before = [...answered]
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
  const second = await startTestServer(t, { env: { ORNKOLL_DATA: restored } })
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
  const log = await auditor.get<{ checked: number; faults: unknown[] }>('/api/v1/audit/verification')
  t.deepEqual(log.body.faults, [])
  t.true(log.body.checked >= before.length / 2)
})
