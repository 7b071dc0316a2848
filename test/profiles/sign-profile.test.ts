import test from 'ava'
import { makeProfileSigner } from '../../mdm/certificates/authority.ts'
import { oid } from '../../profiles/cms/object-identifiers.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { verifySignedData } from '../../profiles/cms/verify-signed-data.ts'
import { anAuthority, issuing, today } from '../support/a-signer.ts'
import { ecKey, rsaKey } from '../support/keys.ts'
import { aFolder, hasTool, runTool } from '../support/tools.ts'

const { root } = anAuthority()
const signer = makeProfileSigner(root, rsaKey('profiles'), issuing)
const xml = Buffer.from('<?xml version="1.0"?><plist version="1.0"><dict/></plist>\n')

test('a signed profile carries the bytes as they are, the signing time and the chain up to the root', t => {
  const message = verifySignedData(signProfile(xml, signer, today))
  t.deepEqual(Buffer.from(message.content), xml)
  t.is(message.digest, 'sha256')
  t.is(Buffer.from(message.attributes.get(oid.signingTime)?.[0]?.content ?? []).toString(), '261122090000Z')
  t.deepEqual(
    message.certificates.map(each => Buffer.from(each)),
    [signer.certificate.raw, root.certificate.raw],
  )
})

test('signing twice at one moment gives the same bytes with RSA', t => {
  t.deepEqual(signProfile(xml, signer, today), signProfile(xml, signer, today))
})

test('openssl verifies a signed profile up to our root, and not up to another', async t => {
  if (!hasTool(t, 'openssl')) return
  const folder = await aFolder(t, {
    'rsa.mobileconfig': signProfile(xml, signer, today),
    'ec.mobileconfig': signProfile(xml, makeProfileSigner(root, ecKey('profiles'), issuing), today),
    'root.pem': root.certificate.toString(),
    'other.pem': anAuthority('other').root.certificate.toString(),
  })
  for (const command of ['cms', 'smime']) {
    for (const file of ['rsa.mobileconfig', 'ec.mobileconfig']) {
      const verify = [
        command,
        '-verify',
        '-binary',
        '-inform',
        'der',
        '-in',
        file,
        '-purpose',
        'any',
        '-no_check_time',
      ]
      const right = await runTool(folder, 'openssl', [...verify, '-CAfile', 'root.pem'])
      t.is(right.code, 0, right.stderr)
      t.deepEqual(right.stdout, xml)
      const wrong = await runTool(folder, 'openssl', [...verify, '-CAfile', 'other.pem'])
      t.not(wrong.code, 0)
    }
  }
})
