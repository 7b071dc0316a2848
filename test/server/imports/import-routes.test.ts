import test from 'ava'
import iconv from 'iconv-lite'
import { type Preview } from '../../../server/imports/imports.ts'
import { startTestServer } from '../../support/server.ts'

test('a file is sent as it is, looked at, taken in, and its error rows come back', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const send = async (path: string, bytes: Buffer, token = admin.token) => {
    const answer = await fetch(new URL(path, server.url), {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${String(token)}` },
      body: new Uint8Array(bytes),
    })
    return { status: answer.status, body: (await answer.json()) as Preview & { error?: { code: string } } }
  }
  const file = iconv.encode('Serienummer;Modell\nDMPXQ1ABCD;iPad för nämnd\nX;iPad\n', 'windows-1252')
  const path = '/api/v1/imports/devices'
  const preview = await send(`${path}?fileName=plattor.csv`, file)
  t.is(preview.status, 201)
  t.like(preview.body, {
    encoding: 'windows-1252',
    delimiter: ';',
    fileName: 'plattor.csv',
    counts: { create: 1, error: 1 },
  })
  const own = `${path}/${preview.body.id}`
  const errors = await fetch(new URL(`${own}/errors.csv`, server.url), {
    headers: { authorization: `Bearer ${String(admin.token)}` },
  })
  const csv = Buffer.from(await errors.arrayBuffer())
  t.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  t.regex(csv.toString(), /\r\nX;iPad;A serial number/)
  t.like(await admin.post(`${own}/commit`, {}), { status: 409, body: { error: { code: 'import-errors' } } })
  t.like(await admin.post(`${own}/commit`, { skipErrors: true }), {
    status: 200,
    body: { counts: { create: 1 } },
  })
  const { body: fleet } = await admin.get<{ items: { model: string }[] }>('/api/v1/devices')
  t.deepEqual(
    fleet.items.map(device => device.model),
    ['iPad för nämnd'],
  )

  t.like(await send(`${path}?encoding=utf-8`, file), {
    status: 422,
    body: { error: { code: 'wrong-encoding' } },
  })
  t.like(await send(`${path}?delimiter=tab`, file), {
    status: 422,
    body: { error: { code: 'wrong-delimiter' } },
  })
  t.is((await send(path, Buffer.alloc(6_000_000, 'a'))).status, 413)
  const secretary = await server.as('secretary')
  t.is((await send(path, file, secretary.token)).status, 403)
})
