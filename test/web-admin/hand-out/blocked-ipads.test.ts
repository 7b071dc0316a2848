import test from 'ava'
import { created, handOut } from '../../support/hand-out.ts'
import { oneServer } from '../one-server.ts'
import { signedIn } from '../visitor.ts'

const newOrganisation = oneServer(test)

test('an iPad that cannot be handed out says why at the scan, and offers what leads on', async t => {
  const server = await newOrganisation()
  const admin = await server.as('admin', server.organisationId)
  const serials = ['BLKD00000001', 'BLKD00000002', 'BLKD00000003', 'BLKD00000004']
  const [lent, stolen, free, begun] = await Promise.all(
    serials.map((serialNumber, index) =>
      created<{ id: string }>(admin, '/api/v1/devices', { serialNumber, assetTag: `BL-${index + 1}` }),
    ),
  )
  const embla = { givenName: 'Embla', familyName: 'Dimmhage', email: 'embla@norrby.example' }
  const { id: person } = await created<{ id: string }>(admin, '/api/v1/people', embla)
  await handOut(admin, person, lent?.id ?? '')
  const theft = { kind: 'theft', deviceId: stolen?.id, description: 'Gone from a train.' }
  await created(admin, '/api/v1/incidents', theft)
  await created(admin, '/api/v1/loans', {
    personId: person,
    deviceId: begun?.id,
    accessories: [],
    confirmSecond: true,
  })
  const desk = await signedIn(server, ['handout'])
  const seen = async (device: { id: string } | undefined) =>
    unescaped((await desk.see(`/hand-out?person=${person}&device=${device?.id ?? ''}`)).html)

  const asked = 'name="identity"'
  const onLoan = await seen(lent)
  t.regex(onLoan, /role="alert"[\s\S]*BL-1 is already on loan to Embla Dimmhage/)
  t.true(onLoan.includes(`href="/returns?device=${lent?.id ?? ''}"`))
  t.false(onLoan.includes(asked), 'nothing is filled in for nothing')
  const gone = await seen(stolen)
  t.regex(gone, /BL-2 is reported stolen. Do not hand it out/)
  t.false(gone.includes('/theft?q='), 'the hand-out role may not read cases')
  t.regex(await seen(begun), /BL-4 is waiting for Embla Dimmhage to sign/)
  const ready = await seen(free)
  t.true(ready.includes(asked))
  t.notRegex(ready, /role="alert"/)
  const second = await signedIn(server, ['admin'], { language: 'sv' })
  const html = unescaped((await second.see(`/hand-out?device=${stolen?.id ?? ''}`)).html)
  t.regex(html, /BL-2 är anmäld stulen/)
  t.true(html.includes('href="/theft?q=BL-2"'))
})

const unescaped = (html: string) => html.replaceAll('&#x3D;', '=')

test('whoever takes the screen back can type at once', async t => {
  const server = await newOrganisation()
  const admin = await server.as('admin', server.organisationId)
  const device = { serialNumber: 'BLKD00000009', assetTag: 'BL-9' }
  const { id: deviceId } = await created<{ id: string }>(admin, '/api/v1/devices', device)
  const bo = { givenName: 'Bo', familyName: 'Ek', email: 'bo.ek@norrby.example' }
  const { id: personId } = await created<{ id: string }>(admin, '/api/v1/people', bo)
  const loan = { personId, deviceId, accessories: [] }
  const { id } = await created<{ id: string }>(admin, '/api/v1/loans', loan)
  await admin.post(`/api/v1/loans/${id}/terms`, { language: 'sv' })
  const desk = await signedIn(server, ['handout'])
  t.is((await desk.send(`/hand-out/${id}/terms?identity=id-shown`, {})).status, 303)
  const { html } = await desk.see('/hand-out')
  t.regex(html, /name="confirmPassword" type="password" autofocus/)
})

test('the borrower reads what things cost, as it was when the terms were shown, under the name of the lender', async t => {
  const server = await newOrganisation()
  const admin = await server.as('admin', server.organisationId)
  const charge = async (device: number) => {
    const { body } = await admin.get<{ version: number }>('/api/v1/organisations/current')
    const settings = { prices: { device, charger: 24_900 } }
    t.is(
      (await admin.patch('/api/v1/organisations/current', { version: body.version, settings })).status,
      200,
    )
  }
  await charge(499_500)
  const device = { serialNumber: 'BLKD00000010', assetTag: 'BL-10' }
  const { id: deviceId } = await created<{ id: string }>(admin, '/api/v1/devices', device)
  const bo = { givenName: 'Bo', familyName: 'Ek', email: 'bo.ek2@norrby.example' }
  const { id: personId } = await created<{ id: string }>(admin, '/api/v1/people', bo)
  const { id } = await created<{ id: string }>(admin, '/api/v1/loans', {
    personId,
    deviceId,
    accessories: [],
  })
  await admin.post(`/api/v1/loans/${id}/terms`, { language: 'sv' })
  await charge(799_500)
  const desk = await signedIn(server, ['handout'])
  await desk.send(`/hand-out/${id}/terms`, {})
  for (const page of ['terms', 'sign']) {
    const { html } = await desk.see(`/hand-out/${id}/${page}?identity=id-shown`)
    t.regex(html, /Vad utrustningen kostar/, page)
    t.regex(html, /4\u00a0995,00 kr/, page)
    t.regex(html, /Laddare/, page)
    t.notRegex(html, /7\u00a0995/, `${page}: what was read is what is signed`)
    t.regex(html, /Norrby kommun/, page)
  }
  await admin.post(`/api/v1/loans/${id}/terms`, { language: 'sv' })
  t.regex((await desk.see(`/hand-out/${id}/sign?identity=known`)).html, /7\u00a0995,00 kr/, 'shown anew')
})
