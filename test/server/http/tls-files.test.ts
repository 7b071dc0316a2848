import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import forge from 'node-forge'
import { createCallOrigins } from '../../../server/call-origin.ts'
import { openFront } from '../../../server/http/front.ts'
import { readTlsFiles, watchTlsFiles } from '../../../server/http/tls-files.ts'
import { newUuid } from '../../../server/ids.ts'
import { eventually } from '../../support/eventually.ts'
import { pemOf, rsaKey } from '../../support/keys.ts'
import { readTrustedProxies } from '../../../server/http/trusted-proxies.ts'

function aCertificate(name: string, keyName: string) {
  const key = forge.pki.privateKeyFromPem(pemOf(rsaKey(keyName)))
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000)
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  certificate.setSubject([{ name: 'commonName', value: name }])
  certificate.setIssuer([{ name: 'commonName', value: name }])
  certificate.sign(key, forge.md.sha256.create())
  return { certificate: forge.pki.certificateToPem(certificate), key: pemOf(rsaKey(keyName)) }
}

/** Files as a renewal leaves them: links in `live` to what lies in `archive`, numbered. */
async function aFolder(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'ornkoll-renew-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['archive', 'live']) await mkdir(join(folder, name))
  let number = 0
  const files = {
    certificateFile: join(folder, 'live', 'fullchain.pem'),
    keyFile: join(folder, 'live', 'privkey.pem'),
  }
  async function swap(live: string, name: string, text: string): Promise<void> {
    number += 1
    const archived = join(folder, 'archive', `${name}${String(number)}.pem`)
    await writeFile(archived, text)
    await symlink(archived, `${live}.new`)
    await rename(`${live}.new`, live)
  }
  return {
    files,
    put: async ({ certificate, key }: { certificate: string; key: string }) => {
      await swap(files.certificateFile, 'fullchain', certificate)
      await swap(files.keyFile, 'privkey', key)
    },
  }
}

test('renewed files are served without a restart, broken ones change nothing, and connections go on', async t => {
  const { files, put } = await aFolder(t)
  const [first, second, third] = [
    aCertificate('first', 'tls'),
    aCertificate('second', 'tls-2'),
    aCertificate('third', 'tls'),
  ]
  await put(first)
  const inUse = await readTlsFiles(files)
  const front = await openFront({
    host: '127.0.0.1',
    port: 0,
    patienceMs: 60_000,
    tls: inUse,
    trustedProxies: readTrustedProxies([]),
    origins: createCallOrigins(),
    newId: newUuid,
  })
  t.teardown(() => front.close(0))
  const [renewed, refused]: [number[], number[]] = [[], []]
  const log = { info: () => void renewed.push(1), warn: () => void refused.push(1) }
  const watch = watchTlsFiles({ files, inUse, renew: pair => front.renew(pair), log, everyMs: 20 })
  t.teardown(() => watch.stop())

  const port = Number(new URL(front.url).port)
  const served = async () => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const { subject } = socket.getPeerCertificate()
    socket.destroy()
    return String(subject.CN)
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
  t.teardown(() => agent.destroy())
  const ask = async () => {
    const asked = request(`${front.url}/`, { agent }).end()
    const [answer] = (await once(asked, 'response')) as [{ resume(): void; statusCode: number }]
    answer.resume()
    await once(answer as never, 'end')
    return { isSame: asked.reusedSocket, status: answer.statusCode }
  }

  t.is(await served(), 'first')
  t.deepEqual(await ask(), { isSame: false, status: 503 })
  await put(second)
  t.is(await eventually(served, name => name === 'second'), 'second')
  t.deepEqual(await ask(), { isSame: true, status: 503 }, 'the connection of before was not dropped')
  t.is(renewed.length, 1)

  const warned = (count: number) =>
    eventually(
      () => Promise.resolve(refused.length),
      seen => seen >= count,
    )
  await put({ certificate: 'no certificate', key: second.key })
  await warned(1)
  t.is(await served(), 'second')
  const before = refused.length
  await put({ certificate: third.certificate, key: second.key })
  await warned(before + 1)
  t.is(await served(), 'second', 'a key of another certificate is not taken')
  const then = refused.length
  await rm(files.keyFile)
  await warned(then + 1)
  t.is(await served(), 'second')
  t.is(renewed.length, 1)

  await put(third)
  t.is(await eventually(served, name => name === 'third'), 'third')
  await t.throwsAsync(
    readTlsFiles({ ...files, keyFile: files.certificateFile }),
    undefined,
    'nor is it started with',
  )
})
