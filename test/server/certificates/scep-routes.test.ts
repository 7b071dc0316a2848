import { randomBytes, X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Hapi, { type Server, type ServerInjectResponse } from '@hapi/hapi'
import test, { type ExecutionContext } from 'ava'
import { deviceSerialOf } from '../../../mdm/certificates/authority.ts'
import { isIssuedBy } from '../../../mdm/device-identity.ts'
import { readReply } from '../../../mdm/scep/scep-client.ts'
import { type ScepNeeds } from '../../../mdm/scep/scep-server.ts'
import { scepRoutes, type ScepLogEntry } from '../../../server/certificates/scep-routes.ts'
import { anAuthority, today } from '../../support/a-signer.ts'
import { pemOf, rsaKey } from '../../support/keys.ts'
import { aRequest, oneChallenge, type RecordingChallenges } from '../../support/scep.ts'
import { aFolder, hasTool, runTool, skipped } from '../../support/tools.ts'

const { issuing } = anAuthority()
const serialNumber = 'DMPX00000001'

interface Door {
  readonly server: Server
  readonly challenges: RecordingChallenges
  readonly lines: ScepLogEntry[]
}

async function aDoor(
  t: ExecutionContext,
  changes: Partial<ScepNeeds> = {},
  authority = issuing,
): Promise<Door> {
  const challenges = oneChallenge('hemlig', serialNumber)
  const lines: ScepLogEntry[] = []
  const server = Hapi.server({ port: 0, host: '127.0.0.1' })
  await server.register(
    scepRoutes({
      certificates: { issuing: authority },
      challenges,
      renewals: { mayRenew: () => Promise.resolve(true) },
      singleDes: 'refused',
      clock: { now: () => changes.now ?? today },
      randomBytes,
      log: line => lines.push(line),
      ...changes,
    }),
  )
  t.teardown(() => server.stop())
  return { server, challenges, lines }
}

const get = (server: Server, query: string): Promise<ServerInjectResponse> =>
  server.inject({ method: 'GET', url: `/scep?${query}` })

const post = (
  server: Server,
  payload: Uint8Array,
  query = 'operation=PKIOperation',
): Promise<ServerInjectResponse> =>
  server.inject({ method: 'POST', url: `/scep?${query}`, payload: Buffer.from(payload) })

test('capabilities and the authority are answered with exactly these content types', async t => {
  const { server } = await aDoor(t)
  const capabilities = await get(server, 'operation=GetCACaps')
  t.is(capabilities.statusCode, 200)
  t.is(capabilities.headers['content-type'], 'text/plain')
  t.true(capabilities.payload.split('\n').includes('AES'))
  for (const query of [
    'operation=GetCACert',
    'operation=GetCACert&message=EnrollmentCA',
    'message=&operation=GetCACert',
  ]) {
    const authority = await get(server, query)
    t.is(authority.headers['content-type'], 'application/x-x509-ca-cert')
    t.deepEqual(authority.rawPayload, issuing.certificate.raw)
  }
})

test('a request by POST is answered with a certificate, whatever content type it came with', async t => {
  const { server, lines } = await aDoor(t)
  for (const type of [undefined, 'application/x-pki-message', 'application/octet-stream', 'text/html']) {
    const pending = aRequest(issuing)
    const headers = type === undefined ? {} : { 'content-type': type }
    const url = '/scep?operation=PKIOperation'
    const response = await server.inject({
      method: 'POST',
      url,
      headers,
      payload: Buffer.from(pending.message),
    })
    t.is(response.statusCode, 200)
    t.is(response.headers['content-type'], 'application/x-pki-message')
    t.is(readReply(response.rawPayload, pending).status, 'issued')
  }
  t.is(lines[0]?.event, 'scep-issued')
})

test('a request by GET is answered in base64 of either alphabet, encoded once, twice or not at all', async t => {
  const { server } = await aDoor(t)
  const pending = aRequest(issuing)
  const standard = Buffer.from(pending.message).toString('base64')
  const forms = [
    standard,
    Buffer.from(pending.message).toString('base64url'),
    encodeURIComponent(standard),
    encodeURIComponent(encodeURIComponent(standard)),
    standard.replaceAll('+', '%20'),
  ]
  for (const form of forms) {
    const response = await get(server, `operation=PKIOperation&message=${form}`)
    t.is(response.statusCode, 200)
    t.is(readReply(response.rawPayload, pending).status, 'issued')
  }
})

test('a wrong challenge is refused in the form of SCEP, and the log says why without the challenge', async t => {
  const { server, lines } = await aDoor(t, { challenges: oneChallenge('annan', serialNumber) })
  const pending = aRequest(issuing)
  const response = await post(server, pending.message)
  t.is(response.statusCode, 200)
  t.deepEqual(readReply(response.rawPayload, pending), { status: 'refused', failInfo: 'badRequest' })
  t.deepEqual(lines, [
    {
      event: 'scep-refused',
      transactionId: pending.transactionId,
      failInfo: 'badRequest',
      reason: 'The challenge is unknown',
    },
  ])
  t.false(JSON.stringify(lines).includes('hemlig'))
})

test('what is no SCEP message is answered 400 with a line of text and issues nothing', async t => {
  const { server, challenges, lines } = await aDoor(t)
  const answers = [
    await get(server, ''),
    await get(server, 'operation=GetNextCACert'),
    await get(server, 'operation=getcacaps'),
    await get(server, 'operation=PKIOperation'),
    await get(server, 'operation=PKIOperation&message='),
    await get(server, 'operation=PKIOperation&message=%ff'),
    await get(server, 'operation=PKIOperation&message=AAAA'),
    await get(server, 'operation=%'),
    await server.inject({ method: 'GET', url: '/scep' }),
    await post(server, new Uint8Array()),
    await post(server, Buffer.from('<html>')),
    await post(server, issuing.certificate.raw),
    await post(server, aRequest(issuing).message, ''),
    await post(server, aRequest(issuing).message.subarray(0, 700)),
    await post(server, randomBytes(4_000)),
  ]
  for (const answer of answers) {
    t.is(answer.statusCode, 400)
    t.regex(String(answer.headers['content-type']), /^text\/plain/)
    t.regex(answer.payload, /^[A-Z][^\n]+\n$/)
  }
  t.is(lines.length, answers.length)
  t.deepEqual(challenges.attempts, [])
})

test('a body above 256 kB is refused before it is read', async t => {
  const { server, challenges } = await aDoor(t)
  t.is((await post(server, new Uint8Array(262_145))).statusCode, 413)
  t.deepEqual(challenges.attempts, [])
})

test('random changes to a request never make the door fail', async t => {
  const { server, lines } = await aDoor(t)
  const { message } = aRequest(issuing)
  for (let at = 0; at < message.length; at += 13) {
    const changed = Buffer.from(message)
    changed[at] = (changed[at] ?? 0) ^ 0x80
    const { statusCode } = await post(server, changed)
    t.true(statusCode === 200 || statusCode === 400, `byte ${at}: ${statusCode}`)
  }
  t.true(lines.some(line => line.event === 'scep-refused'))
  t.true(lines.some(line => line.event === 'scep-bad-request'))
})

test("Debian's scepclient enrols and renews, and is refused with a wrong challenge", async t => {
  if (!hasTool(t, 'scepclient')) return
  // It lives by the clock on the wall, and knows no other cipher than single DES for its requests.
  const now = new Date(Date.now())
  const { root, issuing } = anAuthority('now', now)
  const { server, lines } = await aDoor(t, { singleDes: 'accepted', now }, issuing)
  await server.start()
  const enrol = async (folder: string, challenge: string): Promise<number> => {
    const files = ['-private-key', 'key.pem', '-certificate', 'certificate.pem']
    const run = await runTool(folder, 'scepclient', [
      '-server-url',
      `${server.info.uri}/scep`,
      ...files,
      '-challenge',
      challenge,
    ])
    return run.code
  }
  const folder = await aFolder(t)
  t.is(await enrol(folder, 'hemlig'), 0)
  const first = new X509Certificate(await readFile(join(folder, 'certificate.pem')))
  t.is(deviceSerialOf(first), serialNumber)
  t.true(isIssuedBy(first, issuing.certificate))
  t.is(await enrol(folder, ''), 0)
  const renewed = new X509Certificate(await readFile(join(folder, 'certificate.pem')))
  t.not(renewed.serialNumber, first.serialNumber)
  t.deepEqual(
    lines.map(line => (line.event === 'scep-issued' ? line.kind : line.event)),
    ['pkcsReq', 'renewalReq'],
  )
  const stranger = await aFolder(t)
  t.not(await enrol(stranger, 'fel'), 0)
  await t.throwsAsync(readFile(join(stranger, 'certificate.pem')), { code: 'ENOENT' })
  t.is(lines.at(-1)?.event, 'scep-refused')
  if (!hasTool(t, 'openssl')) return
  const chain = await aFolder(t, {
    'root.pem': root.certificate.toString(),
    'issuing.pem': issuing.certificate.toString(),
    'device.pem': renewed.toString(),
  })
  const verify = [
    'verify',
    '-x509_strict',
    '-purpose',
    'sslclient',
    '-CAfile',
    'root.pem',
    '-untrusted',
    'issuing.pem',
  ]
  const run = await runTool(chain, 'openssl', [...verify, 'device.pem'])
  t.is(run.code, 0, run.stderr)
})

test('strongSwan enrols with triple DES and renews, and is refused with a wrong challenge', async t => {
  if (!hasTool(t, 'pki')) return
  const now = new Date(Date.now())
  const { root, issuing } = anAuthority('now', now)
  const { server, lines } = await aDoor(t, { now }, issuing)
  await server.start()
  const folder = await aFolder(t, {
    'root.pem': root.certificate.toString(),
    'issuing.pem': issuing.certificate.toString(),
    'key.pem': pemOf(rsaKey('asking')),
    'new.pem': pemOf(rsaKey('new')),
  })
  const address = ['--url', `${server.info.uri}/scep`]
  const reached = await runTool(folder, 'pki', [
    '--scepca',
    ...address,
    '--caout',
    'ca.der',
    '--raout',
    'ra.der',
  ])
  if (reached.stderr.includes('unrecognized') || /no capable fetcher|unable to fetch/.test(reached.stderr)) {
    t.pass(skipped(t, "strongSwan's pki cannot speak SCEP over HTTP here (libstrongswan-extra-plugins)"))
    return
  }
  // Version 5.9.8 reads capabilities by the wrong bits and believes that nobody offers AES.
  const authorities = ['--cacert-enc', 'issuing.pem', '--cacert-sig', 'issuing.pem', '--cacert', 'root.pem']
  const enrol = [
    '--scep',
    ...address,
    '--dn',
    'CN=iPad',
    '--cipher',
    'des3',
    '--outform',
    'pem',
    ...authorities,
  ]
  for (const digest of ['sha1', 'sha256', 'sha512']) {
    const ask = ['--in', 'key.pem', '--password', 'hemlig', '--digest', digest]
    const run = await runTool(folder, 'pki', [...enrol, ...ask])
    t.is(run.code, 0, run.stderr)
    const certificate = new X509Certificate(run.stdout)
    t.is(deviceSerialOf(certificate), serialNumber)
    t.true(certificate.checkPrivateKey(rsaKey('asking')))
    await writeFile(join(folder, 'certificate.pem'), run.stdout)
  }
  const renewal = ['--in', 'new.pem', '--cert', 'certificate.pem', '--key', 'key.pem']
  const renewed = await runTool(folder, 'pki', [...enrol, ...renewal])
  t.is(renewed.code, 0, renewed.stderr)
  t.true(new X509Certificate(renewed.stdout).checkPrivateKey(rsaKey('new')))
  t.deepEqual(
    lines.map(line => (line.event === 'scep-issued' ? line.kind : line.event)),
    ['pkcsReq', 'pkcsReq', 'pkcsReq', 'renewalReq'],
  )
  const refused = await runTool(folder, 'pki', [...enrol, '--in', 'new.pem', '--password', 'fel'])
  t.not(refused.code, 0)
  t.is(refused.stdout.length, 0)
  t.is(lines.at(-1)?.event, 'scep-refused')
})

test('a device that holds another key gets nothing for a challenge that was used', async t => {
  const { server } = await aDoor(t)
  await post(server, aRequest(issuing).message)
  const thief = aRequest(issuing, rsaKey('thief'))
  const response = await post(server, thief.message)
  t.deepEqual(readReply(response.rawPayload, thief), { status: 'refused', failInfo: 'badRequest' })
})
