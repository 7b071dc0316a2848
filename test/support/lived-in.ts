import { randomUUID } from 'node:crypto'
import { systemActor, type Actor } from '../../server/staff/actor.ts'
import { aPdf } from './a-pdf.ts'
import { templateFacts } from './a-template.ts'
import { type ApiClient } from './api-client.ts'
import { created, handOut } from './hand-out.ts'
import { anEnrolledIpad, send } from './protocol-ipad.ts'
import { type TestServer } from './server.ts'

interface Made {
  readonly id: string
}

export type LivedIn = Awaited<ReturnType<typeof liveIn>>

/** A name as long as they come. */
const longBody = 'Samhällsbyggnads- och trafikplaneringsnämndens arbetsutskott för kommunövergripande frågor'
const longName = { givenName: 'Ann-Charlotte Margareta', familyName: 'Lagerström-Vretblad af Ekebyholm' }

/**
 * An organisation as it looks after some months: something in every register and every state that a page shows, with
 * names that are long. Nothing in it is about real people.
 */
export async function liveIn(server: TestServer) {
  const { ornkoll, organisationId } = server
  const admin = await server.as('admin', organisationId)
  const second = await server.as('second-line', organisationId)
  const system: Actor = systemActor(organisationId)
  const post = <T = Made>(path: string, body?: object, client: ApiClient = admin) =>
    created<T>(client, `/api/v1/${path}`, body)
  const { body: organisation } = await admin.get<{ version: number }>('/api/v1/organisations/current')
  await admin.patch('/api/v1/organisations/current', {
    version: organisation.version,
    settings: { lostModePhone: '08-465 004 00' },
  })
  const committee = await post('bodies', {
    name: longBody,
    type: 'committee',
    costCentre: '4711',
    startsOn: '2026-01-01',
  })
  const council = await post('bodies', {
    name: 'Kommunfullmäktige',
    type: 'council',
    costCentre: '1000',
    startsOn: '2023-01-01',
  })
  const person = await post('people', {
    ...longName,
    email: 'ann-charlotte.lagerstrom-vretblad@kommunstyrelsen.ekeby.example',
    phone: '070-174 06 05',
    language: 'sv',
  })
  const brief = await post('people', {
    givenName: 'Bo',
    familyName: 'Ek',
    email: 'bo.ek@ekeby.example',
    language: 'en',
  })
  const hidden = await post('people', {
    givenName: 'Siv',
    familyName: 'Dimma',
    email: 'siv.dimma@ekeby.example',
    protectedIdentity: true,
  })
  for (const [personId, bodyId, role] of [
    [person.id, committee.id, 'chair'],
    [person.id, council.id, 'member'],
    [brief.id, council.id, 'substitute'],
  ])
    await post('mandates', { personId, bodyId, role, startsOn: '2026-01-01' })

  const device = (number: number, more: object = {}) =>
    post('devices', {
      serialNumber: `LVDN${String(number).padStart(8, '0')}`,
      assetTag: `EKV-${String(number).padStart(4, '0')}`,
      model: 'iPad Air 13-inch (M3)',
      ...more,
    })
  const stock = await device(1)
  const lent = await device(2, {
    purchase: { on: '2026-01-15', priceOre: 849_000, supplier: 'Ekeby Inköpscentral' },
    warrantyEndsOn: '2027-01-15',
    theftMark: 'DNA-0042',
  })
  const [stolen, broken, returned, reserved, shown, personal] = [
    await device(3),
    await device(4),
    await device(5),
    await device(6),
    await device(7),
    await device(8, { ownership: 'personal' }),
  ]
  const ipad = await anEnrolledIpad(server.url, admin, { serialNumber: 'LVDN00000099' })
  const failed = await send(admin, ipad.deviceId, 'SecurityInfo')
  await ipad.idle()
  await ipad.report(failed, 'Error', {
    ErrorChain: [
      {
        ErrorCode: 12_021,
        ErrorDomain: 'MCMDMErrorDomain',
        LocalizedDescription: 'Not now',
        USEnglishDescription: 'Not now',
      },
    ],
  })
  await send(admin, ipad.deviceId, 'ProfileList')

  const lending = await handOut(admin, person.id, lent.id)
  const past = await handOut(admin, brief.id, returned.id)
  await post(`loans/${past.loanId}/return`, { condition: 'B' })
  const lost = await handOut(admin, brief.id, stolen.id)
  const begun = await post('loans', {
    personId: brief.id,
    deviceId: reserved.id,
    accessories: ['charger'],
    confirmSecond: true,
  })
  const read = await post('loans', {
    personId: person.id,
    deviceId: shown.id,
    accessories: [],
    confirmSecond: true,
  })
  await admin.post(`/api/v1/loans/${read.id}/terms`, { language: 'sv' })

  const theft = await post('incidents', {
    kind: 'theft',
    loanId: lost.loanId,
    placeText: 'Stadsbibliotekets läsesal, tredje våningen',
    description: 'Borta från ett bord medan låntagaren hämtade kaffe.',
    policeNumber: '0000-K1234-26',
  })
  await post(`incidents/${theft.id}/request-wipe`, {
    reason: 'Nämndens handlingar ligger på den.',
    papersChecked: true,
  })
  const found = await post('incidents', {
    kind: 'loss',
    deviceId: personal.id,
    description: 'Glömd på en buss.',
  })
  await post(`incidents/${found.id}/recover`, { note: 'Inlämnad på busstationen.' })
  const fault = await post('incidents', {
    kind: 'damage',
    deviceId: broken.id,
    description: 'Sprucken skärm.',
  })
  await post('incidents', { kind: 'theft', deviceId: ipad.deviceId, description: 'Tagen på tåget.' })

  const key = await post('allocation-keys', {
    name: 'Lika delar mellan alla nämnder och bolag',
    basis: 'equal',
    validFrom: '2026-01-01',
  })
  const line = await post('cost-lines', {
    kind: 'annual',
    fromOn: '2026-01-01',
    amountOre: 12_345_678,
    payer: { kind: 'central' },
    bearer: { kind: 'key', keyId: key.id },
    text: 'Mobilt bredband för förtroendevalda',
    category: 'subscription',
  })
  await post('cost-lines', {
    kind: 'one-off',
    fromOn: '2026-02-01',
    amountOre: -50_000,
    payer: { kind: 'body', bodyId: council.id },
    bearer: { kind: 'body', bodyId: council.id },
    text: 'Såld iPad',
    category: 'device',
  })

  const spare = [await device(20), await device(21), await device(22)].map(({ id }) => id)
  const job = await post('devices/bulk-actions', {
    action: 'move',
    to: 'broken',
    reason: 'Vattenskada i förrådet på Stadshuset, plan 0.',
    deviceIds: [...spare, lent.id],
  })
  const waitingJob = await post('devices/bulk-actions', {
    action: 'move',
    to: 'retired',
    reason: 'Fem år gamla.',
    deviceIds: spare.slice(0, 2),
  })

  const policy = await post(
    'policies',
    {
      title: 'Säkerhet på iPads',
      text: 'Varje iPad har en kod.',
      checklist: [{ question: 'Har varje iPad en kod?', answer: 'yes' }],
    },
    second,
  )
  await post(`policies/${policy.id}/approve`)
  const { profile } = await post<{ profile: Made }>(
    'profiles/from-template',
    { name: 'Förtroendevalda, gemensam grund', template: 'byod', facts: factsForApi() },
    second,
  )
  await post(`profiles/${profile.id}/versions/1/approve`, { policyId: policy.id })
  await post('assignments', { content: { id: profile.id }, target: { kind: 'organisation' } })
  const { guide } = await ornkoll.rollingOut.guides.create(systemActorWith(system, ['admin']), {
    name: 'Lathund för förtroendevalda',
    bytes: aPdf('Lathund'),
    note: 'Med bilder',
  })
  await post('assignments', {
    content: { kind: 'guide', id: guide.id },
    target: { kind: 'body', bodyId: committee.id },
    plan: { waves: [] },
  })
  const { version } = (await admin.get<Made & { version: number }>('/api/v1/organisations/current')).body
  await admin.patch('/api/v1/organisations/current', { version, settings: { rolloutLimit: 1 } })
  // Two that can have it: those that are not enrolled count towards no limit.
  const another = await anEnrolledIpad(server.url, admin, { serialNumber: 'LVDN00000098' })
  await post('assignments', {
    content: { kind: 'guide', id: guide.id },
    target: { kind: 'devices', deviceIds: [ipad.deviceId, another.deviceId] },
    plan: { waves: [] },
    reason: 'Lathunden behövs redan i förrådet på Stadshuset.',
  })
  const terms = (await admin.get<{ items: Made[] }>('/api/v1/liability-terms')).body.items[0]
  await post('tokens', { name: 'Ekonomisystemets nattliga hämtning', roles: ['finance'], days: 30 })
  const colleague = await post('staff', {
    name: 'Karl-Johan Östergren-Vretmark',
    email: 'kj@ekeby.example',
    roles: ['handout', 'helpdesk'],
  })
  const webhook = await post('webhooks', {
    url: 'https://kvitton.ekeby.example/ornkoll/mottagning',
    events: ['loan.signed'],
  })
  const newcomer = await post('staff', {
    name: 'Vera Ny',
    email: 'vera.ny@ekeby.example',
    roles: ['finance'],
  })
  const { url } = await post<{ url: string }>(`staff/${newcomer.id}/password-link`)
  const table = 'Förnamn;Efternamn;E-post\nLo;Alm;lo.alm@ekeby.example\nFel;Rad;inte-en-adress\n'
  const upload = await ornkoll.imports.preview(systemActorWith(system, ['admin']), {
    kind: 'people',
    fileName: 'ledamöter.csv',
    bytes: Buffer.from(table),
    reading: {},
  })
  const deviceUpload = await ornkoll.imports.preview(systemActorWith(system, ['admin']), {
    kind: 'devices',
    fileName: 'ipads.csv',
    bytes: Buffer.from('Serienummer;Stöldmärke\nLVDN00000050;E-1\nX;E-2\n'),
    reading: {},
  })
  return {
    body: committee.id,
    person: person.id,
    brief: brief.id,
    hidden: hidden.id,
    stock: stock.id,
    lent: lent.id,
    enrolled: ipad.deviceId,
    enrolledToo: another.deviceId,
    personal: personal.id,
    loan: lending.loanId,
    begun: begun.id,
    shown: read.id,
    theft: theft.id,
    fault: fault.id,
    council: council.id,
    stolen: stolen.id,
    found: found.id,
    unused: server.setUpSecret ?? randomUUID(),
    job: job.id,
    waitingJob: waitingJob.id,
    key: key.id,
    line: line.id,
    policy: policy.id,
    profile: profile.id,
    terms: terms?.id ?? '',
    colleague: colleague.id,
    upload: upload.id,
    deviceUpload: deviceUpload.id,
    webhook: webhook.id,
    passwordPath: new URL(url).pathname,
  }
}

/** What the API is told; the ids of payloads are its own affair. */
function factsForApi(): object {
  return { ...templateFacts(), newUuid: undefined }
}

const systemActorWith = (actor: Actor, roles: Actor['roles']): Actor => ({ ...actor, roles })
