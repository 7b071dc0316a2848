import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { serverFile } from '../../scripts/bundle.js'
import { startServerProcess } from '../../scripts/server-process.ts'
import { apiClient } from '../support/api-client.ts'
import { created, handOut } from '../support/hand-out.ts'

test('the bundled server finds what lies beside its sources: pages, style sheets, fonts, and threads', async t => {
  const file = await serverFile()
  t.regex(file, /[/\\]main\.js$/, 'it is the bundle, not the sources')
  t.is(await serverFile(), file, 'made once')
  const letters = await readFile(file)
  t.true(
    letters.every(letter => letter < 128),
    'held with one byte a letter',
  )

  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-bundle-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const server = await startServerProcess({ PORT: '0', ORNKOLL_DATA: folder })
  t.teardown(() => server.kill())
  const page = await (await fetch(new URL('/sign-in', server.url))).text()
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  t.true(assets.length > 2)
  const version = assets[0]?.split('/')[2] ?? ''
  for (const path of [...assets, `/assets/${version}/signature_pad.js`]) {
    const answer = await fetch(new URL(path, server.url))
    t.is(answer.status, 200, path)
    t.true((await answer.arrayBuffer()).byteLength > 0)
  }
  // The receipt needs the typesetter and its fonts, the hand-out the database's own thread.
  const admin = apiClient(server.url, await server.token('admin'))
  const person = await created<{ id: string }>(admin, '/api/v1/people', {
    givenName: 'Embla',
    familyName: 'Bunt',
    email: 'embla.bunt@kommun.example',
  })
  const device = await created<{ id: string }>(admin, '/api/v1/devices', {
    serialNumber: 'DMPBUNDLE01',
    assetTag: 'BUNT-1',
  })
  const { formId } = await handOut(admin, person.id, device.id)
  const receipt = await fetch(new URL(`/api/v1/liability-forms/${formId}/receipt.pdf`, server.url), {
    headers: { authorization: `Bearer ${admin.token ?? ''}` },
  })
  t.is(receipt.status, 200)
  t.is(
    Buffer.from(await receipt.arrayBuffer())
      .subarray(0, 5)
      .toString('latin1'),
    '%PDF-',
  )
  await server.stop()
})
