import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders } from 'node:http'
import { request as requestTls } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import forge from 'node-forge'
import { startTestServer } from '../../support/server.ts'
import { pemOf, rsaKey } from '../../support/keys.ts'

/** A certificate for this machine, as files, signed by itself. */
async function certificateFiles(t: ExecutionContext) {
  const key = forge.pki.privateKeyFromPem(pemOf(rsaKey('tls')))
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000)
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  const subject = [{ name: 'commonName', value: 'localhost' }]
  certificate.setSubject(subject)
  certificate.setIssuer(subject)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
  ])
  certificate.sign(key, forge.md.sha256.create())
  const pem = forge.pki.certificateToPem(certificate)
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-tls-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  await writeFile(certificateFile, pem)
  await writeFile(keyFile, pemOf(rsaKey('tls')))
  return { pem, env: { ORNKOLL_TLS_CERT: certificateFile, ORNKOLL_TLS_KEY: keyFile } }
}

interface Heard {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
}

/** One look at `url`, trusting `ca` alone where it is encrypted. */
function look(url: string, ca?: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const ask = url.startsWith('https:') ? requestTls : request
    const asked = ask(url, { ...(ca && { ca }), agent: false }, answer => {
      answer.resume()
      resolve({ status: answer.statusCode, headers: answer.headers })
    })
    asked.on('error', reject).end()
  })
}

test('with certificate files everything is served by TLS, and browsers are told to keep to it', async t => {
  const { pem, env } = await certificateFiles(t)
  const server = await startTestServer(t, { env })
  t.regex(server.url, /^https:/)
  const page = await look(`${server.url}/sign-in`, pem)
  t.is(page.status, 200)
  t.regex(page.headers['strict-transport-security'] ?? '', /max-age=31536000/)
  const cookies = page.headers['set-cookie'] ?? []
  t.true(
    cookies.some(cookie => /^crumb=.*; Secure; HttpOnly/.test(cookie)),
    cookies.join(' | '),
  )
  t.is((await look(`${server.url}/health/live`, pem)).status, 200)

  await t.throwsAsync(
    look(`${server.url}/sign-in`),
    undefined,
    'a certificate that nobody trusts is not taken',
  )
  await t.throwsAsync(look(server.url.replace('https:', 'http:')), undefined, 'nothing is served in the open')
  const old = await new Promise<string>(resolve => {
    const { hostname, port } = new URL(server.url)
    const socket = connect({
      host: hostname,
      port: Number(port),
      ca: pem,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    })
    socket.on('secureConnect', () => resolve('connected')).on('error', () => resolve('refused'))
  })
  t.is(old, 'refused', 'TLS 1.1 is too old')
})

test('behind a proxy that ends TLS the same is told, and only a trusted proxy says where people come from', async t => {
  const env = { ORNKOLL_URL: 'https://ipad.example.se' }
  const server = await startTestServer(t, { env })
  const page = await look(`${server.url}/sign-in`)
  t.regex(page.headers['strict-transport-security'] ?? '', /max-age=31536000/)
  t.true((page.headers['set-cookie'] ?? []).some(cookie => cookie.includes('Secure')))
  const attemptOf = async ({ url }: { url: string }) => {
    const { headers } = await look(`${url}/sign-in/single-sign-on/answer`)
    return (headers['set-cookie'] ?? []).find(cookie => cookie.startsWith('signing-in=')) ?? 'none'
  }
  t.regex(await attemptOf(server), /; Secure/)
  for (let number = 0; number < 31; number += 1)
    await fetch(`${server.url}/enroll/${'x'.repeat(30)}${String(number)}`, {
      headers: { 'x-forwarded-for': `203.0.113.${String(number)}` },
    })
  t.is(
    (await fetch(`${server.url}/enroll/${'x'.repeat(31)}`)).status,
    429,
    'whoever is not trusted is one address',
  )
  const plain = await startTestServer(t)
  t.is((await look(`${plain.url}/sign-in`)).headers['strict-transport-security'], undefined)
  t.notRegex(await attemptOf(plain), /^none|; Secure/)
})
