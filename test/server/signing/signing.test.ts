import test, { type ExecutionContext } from 'ava'
import { readFile } from 'node:fs/promises'
import { templates } from '../../../profiles/templates/templates.ts'
import { anAuthority } from '../../support/a-signer.ts'
import { created } from '../../support/hand-out.ts'
import { ecKey, rsaKey } from '../../support/keys.ts'
import { aPkcs12, aSigningCertificate, filePassword } from '../../support/pkcs12.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { startTestServer } from '../../support/server.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'
import { type SigningStatus } from '../../../server/signing/signing.ts'

const authority = anAuthority('a public authority')
const dayMs = 86_400_000

const facts = {
  organisationName: 'Ekeby kommun',
  domainReversed: 'se.example.ekeby',
  mailServer: 'outlook.example.se',
  mailDomains: ['ekeby.example.se'],
  apps: ['se.example.meetings'],
  helpUrl: 'https://ekeby.example.se/ipad',
  returnTo: 'Tillhör Ekeby kommun.',
}

async function verified(t: ExecutionContext, signed: Uint8Array, roots: string): Promise<string> {
  const folder = await aFolder(t, { 'signed.mobileconfig': signed, 'root.pem': roots })
  const { code, stdout, stderr } = await runTool(folder, 'openssl', [
    ...['cms', '-verify', '-in', 'signed.mobileconfig', '-inform', 'der', '-CAfile', 'root.pem'],
    ...['-purpose', 'any', '-binary', '-no_check_time'],
  ])
  t.is(code, 0, stderr)
  return stdout.toString('utf8')
}

async function open(t: ExecutionContext) {
  let now = new Date()
  const server = await startTestServer(t, { clock: { now: () => now } })
  // A key for programs lasts a day, and these tests last months.
  let admin = await server.as('admin')
  const exported = async (path: string) => {
    const response = await fetch(new URL(`${path}/file?signed=true`, server.url), {
      headers: { authorization: `Bearer ${admin.token ?? ''}` },
    })
    t.is(response.status, 200)
    return Buffer.from(await response.arrayBuffer())
  }
  return {
    server,
    admin: () => admin,
    exported,
    later: async (days: number) => {
      now = new Date(now.getTime() + days * dayMs)
      admin = await server.as('admin')
    },
  }
}

test('every template is signed so that openssl verifies it: by the server, then by an uploaded certificate', async t => {
  if (!hasTool(t, 'openssl')) return
  const { server, admin, exported, later } = await open(t)
  const own = await readFile(`${server.dataFolder}/certificates/root.pem`, 'utf8')
  const paths: string[] = []
  for (const { id } of templates) {
    const { profile } = await created<{ profile: { id: string } }>(
      admin(),
      '/api/v1/profiles/from-template',
      {
        name: id,
        template: id,
        facts,
      },
    )
    paths.push(`/api/v1/profiles/${profile.id}/versions/1`)
  }
  for (const path of paths) t.regex(await verified(t, await exported(path), own), /se\.example\.ekeby\.ipad/)

  const until = new Date(Date.now() + 90 * dayMs)
  for (const key of [rsaKey('signing'), ecKey('signing')]) {
    const certificate = aSigningCertificate(authority.issuing, { key, from: new Date(0), to: until })
    const file = await aPkcs12(t, {
      certificate,
      key,
      chain: [authority.issuing.certificate, authority.root.certificate],
    })
    const put = await admin().put<SigningStatus>('/api/v1/signing-certificate', {
      file: Buffer.from(file).toString('base64'),
      password: filePassword,
    })
    t.is(put.status, 200)
    t.is(put.body.signsWith, 'uploaded')
    t.is(put.body.uploaded?.fingerprint, certificate.fingerprint256.replaceAll(':', '').toLowerCase())
    for (const path of paths)
      t.regex(await verified(t, await exported(path), authority.root.certificate.toString()), /se\.example/)
  }

  await later(91)
  const over = await admin().get<SigningStatus>('/api/v1/signing-certificate')
  t.like(over.body, { signsWith: 'own', warning: 0 })
  t.true(over.body.uploaded?.expired)
  await verified(t, await exported(paths[0] ?? ''), own)
})

test('the key is never given back, a wrong file changes nothing, and only administrators may', async t => {
  if (!hasTool(t, 'openssl')) return
  const { server, admin } = await open(t)
  const key = rsaKey('signing')
  const certificate = aSigningCertificate(authority.issuing, {
    key,
    from: new Date(0),
    to: new Date(Date.now() + 90 * dayMs),
  })
  const p12 = await aPkcs12(t, {
    certificate,
    key,
    chain: [authority.issuing.certificate, authority.root.certificate],
  })
  const body = { file: Buffer.from(p12).toString('base64'), password: filePassword }
  const other = await server.as('second-line')
  t.is((await other.put('/api/v1/signing-certificate', body)).status, 403)
  t.is((await admin().put('/api/v1/signing-certificate', body)).status, 200)
  const wrong = await admin().put<{ error: { code: string } }>('/api/v1/signing-certificate', {
    ...body,
    password: 'wrong',
  })
  t.is(wrong.status, 422)
  t.is(wrong.body.error.code, 'signing-password')
  const status = await admin().get<SigningStatus>('/api/v1/signing-certificate')
  t.is(status.body.signsWith, 'uploaded')
  const modulus = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
    .toString('base64')
    .slice(0, 40)
  t.false(JSON.stringify(status.body).includes(modulus))
  t.is((await admin().delete('/api/v1/signing-certificate')).status, 200)
  t.is((await admin().delete('/api/v1/signing-certificate')).status, 404)
  const log = await admin().get<{ items: { action: string }[] }>('/api/v1/audit?action=signing')
  t.deepEqual(
    log.body.items.map(({ action }) => action),
    ['signing.remove-certificate', 'signing.replace-certificate'],
  )
  t.false(JSON.stringify(log.body).includes(filePassword))
})

test('each warning is given once, and a new certificate begins anew', async t => {
  if (!hasTool(t, 'openssl')) return
  const { server, admin, later } = await open(t)
  const { signing } = server.ornkoll
  const key = rsaKey('signing')
  const warned = async () => {
    await signing.warn()
    await signing.warn()
    const { body } = await admin().get<{ items: { after?: { days: number } }[] }>(
      '/api/v1/audit?action=signing.expires',
    )
    return body.items.map(({ after }) => after?.days)
  }
  const upload = async (days: number) => {
    const certificate = aSigningCertificate(authority.issuing, {
      key,
      from: new Date(0),
      to: new Date(Date.now() + days * dayMs),
    })
    const file = await aPkcs12(t, {
      certificate,
      key,
      chain: [authority.issuing.certificate, authority.root.certificate],
    })
    const body = { file: Buffer.from(file).toString('base64'), password: filePassword }
    t.is((await admin().put('/api/v1/signing-certificate', body)).status, 200)
  }
  const noticed = async () => {
    const actor = { ...systemActor(server.organisationId), roles: ['admin'] as const }
    const notices = await server.ornkoll.noticing.notices.list(actor)
    return notices.filter(({ href }) => href === '/settings/signing').map(({ variant }) => variant)
  }
  await upload(70)
  t.deepEqual(await warned(), [])
  await later(15)
  t.deepEqual(await warned(), [60])
  t.deepEqual(await noticed(), [], 'there is time')
  await later(30)
  t.deepEqual(await warned(), [30, 60])
  t.deepEqual(await noticed(), ['signing-soon'])
  await later(20)
  t.deepEqual(await warned(), [7, 30, 60])
  await upload(71)
  t.deepEqual(await noticed(), ['signing-soon'])
  t.deepEqual(await warned(), [7, 7, 30, 60])
  await later(10)
  t.deepEqual(await warned(), [0, 7, 7, 30, 60])
  t.deepEqual(await noticed(), ['signing-over'])
})
