import { createPublicKey } from 'node:crypto'
import test from 'ava'
import {
  publicKeyFingerprint,
  readSigningRequest,
  writeSigningRequest,
} from '../../../mdm/certificates/certificate-signing-request.ts'
import { encodeName } from '../../../mdm/certificates/distinguished-name.ts'
import { readAsn1 } from '../../../profiles/cms/asn1-reader.ts'
import { CmsError } from '../../../profiles/cms/cms-error.ts'
import { ecKey, pemOf, rsaKey } from '../../support/keys.ts'
import { flipped } from '../../support/ber.ts'
import { aFolder, hasTool, runTool } from '../../support/tools.ts'

const subject = encodeName([['commonName', 'iPad']])
const write = (key = rsaKey('ipad'), challenge: string | undefined = 'hemlig'): Buffer =>
  writeSigningRequest({ subject, key, challenge })

test('a request gives back its name, key and challenge', t => {
  for (const key of [rsaKey('ipad'), ecKey('ipad')]) {
    const request = readSigningRequest(write(key))
    t.deepEqual(Buffer.from(request.subject), subject)
    t.is(request.publicKeyFingerprint, publicKeyFingerprint(createPublicKey(key)))
    t.is(request.challenge, 'hemlig')
  }
  t.is(
    readSigningRequest(writeSigningRequest({ subject, key: rsaKey('ipad'), challenge: undefined })).challenge,
    undefined,
  )
})

test('no byte of what is asked, nor of its signature, can be changed', t => {
  const request = write()
  const [info, , signature] = readAsn1(request).children
  for (const part of [info, signature]) {
    const start = (part?.bytes.byteOffset ?? 0) - request.byteOffset
    for (let at = start; at < start + (part?.bytes.length ?? 0); at += 3) {
      t.throws(() => readSigningRequest(flipped(request, at)), { instanceOf: CmsError }, `byte ${at}`)
    }
  }
})

test('openssl finds our requests right, and its requests are read here', async t => {
  if (!hasTool(t, 'openssl')) return
  const folder = await aFolder(t, {
    'ours.der': write(),
    'key.pem': pemOf(rsaKey('theirs')),
    config:
      '[req]\nprompt=no\ndistinguished_name=n\nattributes=a\n[n]\nCN=iPad å\n[a]\nchallengePassword=hemlig\n',
  })
  const check = await runTool(folder, 'openssl', [
    'req',
    '-inform',
    'der',
    '-in',
    'ours.der',
    '-verify',
    '-noout',
    '-text',
  ])
  t.is(check.code, 0, check.stderr)
  t.regex(check.stdout.toString(), /challengePassword\s*:hemlig/)
  const made = await runTool(folder, 'openssl', [
    'req',
    '-new',
    '-utf8',
    '-config',
    'config',
    '-key',
    'key.pem',
    '-outform',
    'der',
  ])
  t.is(made.code, 0, made.stderr)
  const request = readSigningRequest(made.stdout)
  t.is(request.challenge, 'hemlig')
  t.is(request.publicKeyFingerprint, publicKeyFingerprint(createPublicKey(rsaKey('theirs'))))
})
