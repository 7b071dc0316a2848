import test from 'ava'
import { anAuthority } from '../../support/a-signer.ts'
import { rsaKey } from '../../support/keys.ts'
import { aPkcs12, aSigningCertificate, filePassword } from '../../support/pkcs12.ts'
import { hasTool } from '../../support/tools.ts'
import { oneServer } from '../one-server.ts'
import { signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)
const dayMs = 86_400_000

test('a signing certificate is uploaded, warned of, and taken away again', async t => {
  if (!hasTool(t, 'openssl')) return
  const server = await newOrganisation()
  const admin = await signedIn(server, ['admin'], { language: 'sv' })
  t.regex((await admin.see('/settings/signing')).html, /Profiler signeras med serverns certifikat/)
  t.notRegex((await admin.see('/')).html, /signeringscertifikat/)
  const key = rsaKey('signing')
  const { root, issuing } = anAuthority('a public authority')
  const certificate = aSigningCertificate(issuing, {
    key,
    from: new Date(0),
    to: new Date(Date.now() + 20 * dayMs),
  })
  const file = await aPkcs12(t, { certificate, key, chain: [issuing.certificate, root.certificate] })

  const wrong = await admin.sendFile('/settings/signing', file, { password: 'fel' })
  t.is(wrong.status, 422)
  t.regex(wrong.html, /Lösenordet öppnar inte filen/)
  t.regex(wrong.html, /href="#field-password"/)
  const none = await admin.sendFile('/settings/signing', Buffer.from('x'), { password: '' })
  t.regex(none.html, /inte en PKCS#12-fil/)

  t.is((await admin.sendFile('/settings/signing', file, { password: filePassword })).status, 303)
  const { html } = await admin.see('/settings/signing')
  t.regex(html, /organisationens eget certifikat/)
  t.regex(html, /Norrby profiler/)
  t.regex(html, /Går ut inom 30 dagar/)
  t.regex((await admin.see('/')).html, /signeringscertifikat går snart ut/)
  const helpdesk = await signedIn(server, ['helpdesk'])
  t.is((await helpdesk.see('/settings/signing')).status, 403)
  t.notRegex((await helpdesk.see('/')).html, /signing certificate/)

  await admin.send('/settings/signing/remove', {})
  t.regex((await admin.see('/settings/signing')).html, /Profiler signeras med serverns certifikat/)
})
