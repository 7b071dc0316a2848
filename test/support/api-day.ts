import { randomBytes, randomUUID } from 'node:crypto'
import { type ExecutionContext } from 'ava'
import { codeAt, stepOf } from '../../server/staff/totp.ts'
import { systemActor } from '../../server/staff/actor.ts'
import { roles } from '../../server/staff/rights.ts'
import { makeTrialPushCertificate } from '../../mdm/certificates/trial-push.ts'
import { aLogo } from './a-logo.ts'
import { aSelfSigned } from './a-signer.ts'
import { apiCalls, type Caller, type Done, type Thing } from './api-calls.ts'
import { type ApiClient } from './api-client.ts'
import { bulkJobsOfADay, rollOutsOfADay } from './api-day-on-ipads.ts'
import { drawnSignature } from './hand-out.ts'
import { pemOf, rsaKey } from './keys.ts'
import { filePassword, pkcs12Of } from './pkcs12.ts'
import { anEnrolledIpad } from './protocol-ipad.ts'
import { type TestServer } from './server.ts'
import { aWifiProfile } from './wifi-profile.ts'

export interface ApiDay {
  readonly done: readonly Done[]
  /** The ids of what the day made, by the word of the API for it. */
  readonly ids: Readonly<Record<string, string>>
  /** What stands in every name and text that the day wrote. */
  readonly mark: string
}

interface DayNeeds {
  readonly server: TestServer
  readonly organisationId: string
  /** A short word that is found again wherever it leaks; different for each day. */
  readonly mark: string
  readonly receiverUrl: string
}

/**
 * A day in one organisation in which every operation of the API that changes something is carried out with what it
 * needs, in an order that leaves something of everything behind. Throws at the first one that is refused.
 */
export async function liveAnApiDay(t: ExecutionContext, needs: DayNeeds): Promise<ApiDay> {
  const { server, organisationId, mark } = needs
  const serial = (number: number) => `DMP${mark.slice(0, 6).toUpperCase()}${String(number).padStart(3, '0')}`
  const desk = await server.as([...roles], organisationId)
  const second = await server.as(['admin', 'second-line'], organisationId)
  const bearer = ({ token }: ApiClient): Caller => ({ authorization: `Bearer ${token ?? ''}` })
  const person = await aSignedInAdministrator(needs)
  const ids: Record<string, string> = {}
  const calls = apiCalls(server, bearer(desk))
  const { call, post, done } = calls
  const of = ({ id }: Pick<Thing, 'id'>) => ({ id })

  // The organisation, its committees and people.
  const organisation = await call('get', 'organisations/current')
  await call('patch', 'organisations/current', {
    body: {
      version: organisation.version,
      settings: {
        ...{ lostModePhone: '08-465 004 00', mailDomains: ['example.se', 'ekeby.example'] },
        ...{ papersOldestSystem: '17.7', papersAnswerDays: 5 },
      },
    },
  })
  await call('put', 'organisations/current/logo', { type: 'image/png', body: aLogo() })
  await call('delete', 'organisations/current/logo')
  await call('put', 'organisations/current/logo', { type: 'image/png', body: aLogo() })
  const provider = {
    version: 0,
    name: mark,
    issuer: 'https://inloggning.example.se',
    clientId: 'ornkoll',
    clientSecret: 'hemlig klient',
    groupRoles: [{ group: mark, role: 'handout' }],
    enabled: false,
  }
  await call('put', 'organisations/current/identity-provider', { body: provider })
  const committee = { type: 'committee', startsOn: '2026-01-01' }
  const body = await post('bodies', { ...committee, name: `${mark} nämnd`, costCentre: '4711' })
  await call('patch', 'bodies/{id}', { params: of(body), body: { version: 1, costCentre: '4712' } })
  const borrower = async (number: number) =>
    post('people', {
      givenName: mark,
      familyName: `Provsson ${String(number)}`,
      phone: '070-123 45 67',
      email: `${mark.toLowerCase()}.${String(number)}@example.se`,
    })
  const people = await Promise.all([1, 2, 3, 4].map(borrower))
  const [alva, bo, cim, eva] = people as [Thing, Thing, Thing, Thing]
  await call('patch', 'people/{id}', { params: of(alva), body: { version: 1, phone: '070-765 43 21' } })
  await call('patch', 'people/{id}', { params: of(eva), body: { version: 1, protectedIdentity: true } })
  await post('people/{id}/reveal', { reason: 'Fel adress på blanketten' }, of(eva))
  await call('get', 'people/{id}', { params: of(alva) })
  const again = await post('people', {
    givenName: 'Provsson',
    familyName: `${mark} 2`,
    phone: '+46 70-123 45 67',
    email: `${mark.toLowerCase()}.2@privat.example.se`,
  })
  await post('people/{id}/keep-apart/{otherId}', undefined, { ...of(cim), otherId: again.id })
  await call('post', 'people/{id}/merge/{otherId}', {
    params: { ...of(cim), otherId: again.id },
    body: { version: 1, goneVersion: 1, take: ['phone'] },
  })
  await post('people/{id}/keep-apart/{otherId}', undefined, { ...of(bo), otherId: cim.id })
  const mandate = await call('post', 'mandates', {
    body: { personId: alva.id, bodyId: body.id, role: 'member', startsOn: '2026-01-01' },
    key: `${mark} uppdrag`,
  })
  await call('patch', 'mandates/{id}', { params: of(mandate), body: { version: 1, role: 'chair' } })

  // Terms and iPads.
  const texts = (title: string) => ({ title, body: `${mark} ansvarar.` })
  const terms = await post('liability-terms', { texts: { sv: texts('Villkor'), en: texts('Terms') } })
  const device = async (number: number) =>
    post('devices', { serialNumber: serial(number), assetTag: `${mark} ${String(number)}`, model: 'iPad' })
  const devices = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(device))
  const [first, second2, third, fourth, fifth, sixth, seventh, spare] = devices as [
    ...[Thing, Thing, Thing, Thing, Thing, Thing, Thing, Thing],
  ]
  await call('patch', 'devices/{id}', { params: of(first), body: { version: 1, theftMark: `${mark} märke` } })
  await post('devices/{id}/lifecycle', { to: 'prepared' }, of(spare))
  await post('devices/{id}/lifecycle/take-back', { reason: 'Fel iPad' }, of(spare))
  await post('devices/{id}/lifecycle', { to: 'prepared' }, of(spare))
  const link = await post<{ url: string }>('devices/{id}/enrolment-link', undefined, of(first))
  // Fetched and left at that: the profile holds a password that nothing has used.
  await fetch(link.url)

  // Loans: signed and returned, called off, undone, closed.
  async function reserve(who: Thing, what: Thing): Promise<Thing> {
    return post('loans', { personId: who.id, deviceId: what.id, accessories: ['charger'] })
  }
  async function sign(loan: Thing) {
    const shown = await post<{ terms: { sha256: string } }>('loans/{id}/terms', { language: 'sv' }, of(loan))
    const signed = {
      attemptId: randomUUID(),
      termsSha256: shown.terms.sha256,
      signature: drawnSignature,
      identityCheck: 'id-shown',
    }
    return post<{ form: Thing }>('loans/{id}/sign', signed, of(loan))
  }
  const lent = await reserve(alva, first)
  const { form } = await sign(lent)
  await call('put', 'loans/{id}/checklist', { params: of(lent), body: { done: ['E-posten fungerar'] } })
  await call('get', 'loans/today')
  const calledOff = await reserve(bo, second2)
  await post('loans/{id}/call-off', { reason: 'Kom inte' }, of(calledOff))
  const undone = await reserve(bo, second2)
  await sign(undone)
  await post('loans/{id}/undo', { reason: 'Fel iPad' }, of(undone))
  const back = await reserve(cim, third)
  await sign(back)
  await post('loans/{id}/return', { condition: 'A', accessories: ['charger'] }, of(back))
  await post('loans/{id}/undo-return', { reason: 'Fel iPad' }, of(back))
  await post('loans/{id}/return', { condition: 'A', accessories: ['charger'] }, of(back))
  await post('loans/{id}/close', {}, of(back))

  // Cases: theft to its end with a wipe that is refused, withdrawn and approved; another that comes back.
  const report = (kind: string, what: Thing) =>
    post('incidents', { kind, deviceId: what.id, description: `${mark} borta.`, policeNumber: '' })
  const theft = await report('theft', fourth)
  await post('incidents/{id}/confirm', undefined, of(theft))
  await post('incidents/{id}/take', undefined, of(theft))
  await post('incidents/{id}/let-go', undefined, of(theft))
  await post('incidents/{id}/escalate', { reason: 'Radering behövs' }, of(theft))
  await post('incidents/{id}/hand-back', { reason: 'Kvar i receptionen' }, of(theft))
  await post('incidents/{id}/police-number', { policeNumber: '5000-K1234567-26' }, of(theft))
  const thief = await anEnrolledIpad(server.url, desk, { serialNumber: serial(90) })
  const stolen = await report('theft', { id: thief.deviceId, version: 1 })
  const lock = await thief.idle()
  await thief.report(lock?.uuid ?? '', 'Acknowledged')
  await server.ornkoll.management.deviceEvents.idle()
  const where = await thief.idle()
  await thief.report(where?.uuid ?? '', 'Acknowledged', { Latitude: 59.3, Longitude: 15.2 })
  await server.ornkoll.management.deviceEvents.idle()
  await post('incidents/{id}/lock', undefined, of(stolen))
  await post('incidents/{id}/locate', undefined, of(stolen))
  await post('incidents/{id}/play-sound', undefined, of(stolen))
  const wipe = { reason: 'Sekretess på den', papersChecked: true }
  for (const [deed, as, note] of [
    ['withdraw', bearer(desk), undefined],
    ['refuse', bearer(second), { note: 'Vänta på polisen' }],
    ['approve', bearer(second), { note: 'Ja' }],
  ] as const) {
    await post('incidents/{id}/request-wipe', wipe, of(stolen))
    const { items } = await call<{ items: Thing[] }>('get', 'approvals', { query: '?state=waiting' })
    const params = of(items[0] ?? { id: 'none' })
    await call('post', `approvals/{id}/${deed}`, { params, as, ...(note && { body: note }) })
    ids['approvals'] = params.id
  }
  const found = await report('loss', fifth)
  await post('incidents/{id}/recover', { note: 'Hittad' }, of(found))
  const broken = await report('damage', sixth)
  await post('incidents/{id}/replace', { deviceId: seventh.id }, of(broken))
  await post('incidents/{id}/decide', { outcome: 'no-charge', reason: 'Gammal' }, of(broken))
  await post('incidents/{id}/close', undefined, of(broken))

  // Commands to an iPad that listens.
  const ipad = await anEnrolledIpad(server.url, desk, { serialNumber: serial(91) })
  const own = { id: ipad.deviceId }
  const sent = await post<{ commandUUID: string }>(
    'devices/{id}/commands',
    { requestType: 'SecurityInfo' },
    own,
  )
  await post('commands/{id}/cancel', { reason: 'Behövs inte' }, { id: sent.commandUUID })
  await post('devices/{id}/actions/{action}', { reason: 'Prov' }, { ...own, action: 'refresh' })

  // Costs.
  const key = await post('allocation-keys', {
    name: mark,
    basis: 'equal',
    validFrom: '2026-01-01',
  })
  await call('put', 'allocation-keys/{id}', {
    params: of(key),
    body: { version: 1, name: mark, basis: 'per-mandate', validFrom: '2026-01-01' },
  })
  const line = {
    kind: 'one-off',
    fromOn: '2025-03-01',
    amountOre: 10_000,
    text: mark,
    category: 'device',
    payer: { kind: 'body', bodyId: body.id },
    bearer: { kind: 'body', bodyId: body.id },
  }
  const cost = await post('cost-lines', line)
  await call('put', 'cost-lines/{id}', { params: of(cost), body: { ...line, version: 1, amountOre: 20_000 } })
  const mistake = await post('cost-lines', line)
  await post('cost-lines/{id}/remove', { reason: 'Dubbel', version: 1 }, of(mistake))
  const statement = await post('statements', { year: 2025 })

  // Imports.
  const csv = { type: 'text/csv' }
  const rows = {
    devices: `Serienummer;Inventarienummer\n${serial(80)};${mark} 80\n`,
    people: `Förnamn;Efternamn;E-post\n${mark};Import;${mark.toLowerCase()}.import@example.se\n`,
  }
  for (const kind of ['devices', 'people'] as const) {
    const plan = await call('post', `imports/${kind}`, { ...csv, body: rows[kind] })
    await post(`imports/${kind}/{id}/commit`, {}, of(plan))
    ids[`imports/${kind}`] = plan.id
  }

  // Policies and profiles.
  const policy = await post('policies', {
    title: mark,
    text: `${mark} skyddar.`,
    checklist: [{ question: `${mark}?`, answer: 'yes' }],
  })
  await call('post', 'policies/{id}/approve', { params: of(policy), as: bearer(second) })
  const foreign = new TextDecoder().decode(aWifiProfile({ SSID_STR: mark }))
  const xml = { type: 'application/x-apple-aspen-config', body: foreign }
  const named = `?name=${encodeURIComponent(mark)}`
  const made = await call<{ profile: Thing }>('post', 'profiles', { ...xml, query: named })
  await call('post', 'profiles/check', xml)
  const params = { id: made.profile.id, number: '2' }
  await call('post', 'profiles/{id}/versions', { ...xml, params, query: '?basedOn=1&note=ny' })
  await call('post', 'profiles/{id}/versions/{number}/approve', {
    params,
    as: bearer(second),
    body: { policyId: policy.id },
  })
  await post('profiles/{id}/versions/{number}/reveal', { reason: 'Felsökning' }, params)
  const another = { ...xml, body: foreign.replaceAll('se.example.ekeby.wifi', 'se.example.ekeby.draft') }
  const drafted = await call<{ profile: Thing }>('post', 'profiles', { ...another, query: named })
  const draft = await post('profile-drafts', { profileId: drafted.profile.id })
  await call('post', 'profiles/{id}/versions', {
    ...another,
    params: of(drafted.profile),
    query: '?basedOn=1&note=igen',
  })
  await post('profile-drafts/{id}/put-on-top', { version: 1 }, of(draft))
  const fresh = await call<{ xml: string }>('get', 'profile-drafts/{id}', { params: of(draft) })
  await call('put', 'profile-drafts/{id}', {
    params: of(draft),
    query: '?version=2',
    type: xml.type,
    body: fresh.xml,
  })
  await post('profile-drafts/{id}/save', { version: 3, note: 'ur utkastet' }, of(draft))
  await call('patch', 'profiles/{id}', { params: of(drafted.profile), body: { name: `${mark} 2` } })
  await post('profiles/{id}/retire', {}, of(drafted.profile))
  await post('profiles/{id}/bring-back', {}, of(drafted.profile))
  const begun = await post('profile-drafts', {
    name: mark,
    identifier: `se.example.${mark.toLowerCase()}.ny`,
  })
  await call('delete', 'profile-drafts/{id}', { params: of(begun), query: '?version=1' })
  const kept = await post('profile-drafts', { profileId: drafted.profile.id })
  ids['profile-drafts'] = kept.id
  await post('profiles/from-template', {
    name: `${mark} mall`,
    template: 'standard',
    facts: {
      organisationName: mark,
      domainReversed: 'se.example.ekeby',
      mailServer: 'outlook.example.se',
      mailDomains: ['ekeby.example.se'],
      helpUrl: 'https://ekeby.example.se/ipad',
      returnTo: mark,
    },
  })
  Object.assign(ids, { drafts: await beginDraft(server, person, made.profile.id) })

  // What comes to iPads, and many at once.
  const onIpads = { server, calls, desk, second: bearer(second), mark, serial }
  const newer = new TextDecoder().decode(aWifiProfile({ SSID_STR: `${mark} 3` }))
  const toRollOut = { profileId: made.profile.id, policyId: policy.id, next: { ...xml, body: newer } }
  Object.assign(ids, await rollOutsOfADay(onIpads, toRollOut))
  const stored = await Promise.all([21, 22].map(device))
  Object.assign(
    ids,
    await bulkJobsOfADay(
      onIpads,
      stored.map(({ id }) => id),
    ),
  )

  // What profiles are signed with.
  const signingKey = rsaKey('signing')
  const signer = aSelfSigned(signingKey, [['commonName', `${mark} profiler`]], new Date(Date.now()))
  const file = pkcs12Of(signingKey, signer).toString('base64')
  const identity = { body: { file, password: filePassword } }
  await call('put', 'signing-certificate', identity)
  await call('delete', 'signing-certificate')
  await call('put', 'signing-certificate', identity)

  // What waits.
  await post('me/notices/read', { all: true })
  await call('put', 'me/notices/mail', { body: { overdue: 'daily' } })

  // Programs that hear and programs that ask.
  const events = ['loan.signed']
  const hook = await post('webhooks', { url: needs.receiverUrl, events })
  await call('put', 'webhooks/{id}', {
    params: of(hook),
    body: { url: needs.receiverUrl, events: ['loan.returned'], active: true, version: 1 },
  })
  await post('webhooks/{id}/renew-secret', undefined, of(hook))
  const trial = await post('webhooks/{id}/test', undefined, of(hook))
  await post('webhooks/{id}/deliveries/{deliveryId}/replay', undefined, { ...of(hook), deliveryId: trial.id })
  const gone = await post('webhooks', { url: needs.receiverUrl, events })
  await call('delete', 'webhooks/{id}', { params: of(gone) })
  await post('tokens', { name: mark, roles: ['handout'] })
  const tokens = await call<{ items: (Thing & { name: string })[] }>('get', 'tokens')
  const token = tokens.items.find(({ name }) => name === mark) ?? { id: 'none' }
  await post('tokens', { name: `${mark} kort`, roles: ['handout'] })
  const all = await call<{ items: (Thing & { name: string })[] }>('get', 'tokens')
  const short = all.items.find(({ name }) => name === `${mark} kort`) ?? { id: 'none' }
  await call('delete', 'tokens/{id}', { params: of(short) })

  // Staff, and one's own account.
  const added = { name: mark, email: `${mark.toLowerCase()}.personal@example.se`, roles: ['handout'] }
  const colleague = await post('staff', added)
  await post('staff/{id}/password-link', undefined, of(colleague))
  await call('patch', 'staff/{id}', { params: of(colleague), body: { version: 1, roles: ['helpdesk'] } })
  const other = await aSignedInAdministrator({ ...needs, mark: `${mark}tva` })
  const sessions = await call<{ items: Thing[] }>('get', 'staff/{id}/sessions', { params: of(other) })
  const session = { ...of(other), sessionId: sessions.items[0]?.id ?? 'none' }
  await call('delete', 'staff/{id}/sessions/{sessionId}', { params: session })
  await signIn(server, other.email, other.password)
  await call('delete', 'staff/{id}/sessions', { params: of(other) })
  await call('delete', 'staff/{id}/second-factor', { params: of(other) })
  await call('post', 'staff/{id}/end', { params: of(colleague), body: { version: 2, reason: 'Slutat' } })
  await call('post', 'staff/{id}/resume', { params: of(colleague), body: { version: 3 } })
  await post('staff/{id}/password-link', undefined, of(colleague))
  const { cookie, password } = person
  const me: Caller = { cookie, origin: new URL(server.url).origin }
  await call('post', 'me/confirm', { as: me, body: { password } })
  await call('post', 'me/password', { as: me, body: { current: password, password: `${password} nytt` } })
  const offer = await call<{ key: string; sealed: string }>('post', 'me/second-factor/offer', { as: me })
  const code = codeAt(fromBase32(offer.key), stepOf(new Date(Date.now())))
  await call('put', 'me/second-factor', { as: me, body: { sealed: offer.sealed, code } })
  await call('post', 'me/recovery-codes', { as: me })
  await call('delete', 'me/second-factor', { as: me })
  const elsewhere = await signIn(server, person.email, `${password} nytt`)
  const mine = await call<{ items: (Thing & { isCurrent?: boolean })[] }>('get', 'me/sessions', { as: me })
  const away = mine.items.find(({ isCurrent }) => isCurrent !== true) ?? { id: elsewhere }
  await call('delete', 'me/sessions/{id}', { as: me, params: of(away) })
  await signIn(server, person.email, `${password} nytt`)
  await call('delete', 'me/sessions', { as: me })

  const status = await call<{ topic: string }>('get', 'push-certificate')
  const pushKey = rsaKey('push')
  const now = new Date(Date.now())
  const { certificate } = makeTrialPushCertificate(pushKey, status.topic, { now, randomBytes })
  const pair = { certificate: certificate.toString(), key: pemOf(pushKey) }
  await call('put', 'push-certificate', { body: pair })

  t.log(
    `${mark}: ${String(done.length)} deeds of ${String(new Set(done.map(each => each.operation)).size)} kinds`,
  )
  return {
    done,
    mark,
    ids: {
      ...ids,
      bodies: body.id,
      people: alva.id,
      otherPeople: bo.id,
      mandates: mandate.id,
      devices: first.id,
      loans: lent.id,
      returned: back.id,
      'liability-terms': terms.id,
      'liability-forms': form.id,
      incidents: stolen.id,
      commands: sent.commandUUID,
      'allocation-keys': key.id,
      'cost-lines': cost.id,
      statements: statement.id,
      policies: policy.id,
      profiles: made.profile.id,
      webhooks: hook.id,
      deliveries: trial.id,
      tokens: token.id,
      staff: colleague.id,
    },
  }
}

const crumb = 'a'.repeat(43)

interface SignedIn {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly cookie: string
}

/** Somebody with a session of a browser, for what is a person's own. */
export async function aSignedInAdministrator({
  server,
  organisationId,
  mark,
}: Pick<DayNeeds, 'server' | 'organisationId' | 'mark'>): Promise<SignedIn> {
  const password = 'fyra korta vanliga ord'
  const email = `${mark.toLowerCase()}.admin@example.se`
  const actor = systemActor(organisationId)
  const { staff } = server.ornkoll
  await staff.add(actor, { name: mark, email, password, language: 'sv', roles: ['admin'] })
  const id = (await staff.list(actor)).find(member => member.email === email)?.id ?? 'none'
  return { id, email, password, cookie: await signIn(server, email, password) }
}

/** The session's cookie, as a browser sends it back. */
async function signIn(server: TestServer, email: string, password: string): Promise<string> {
  const answer = await fetch(new URL('/sign-in', server.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `crumb=${crumb}` },
    body: new URLSearchParams({ email, password, crumb }),
  })
  const cookie = answer.headers.getSetCookie().find(each => each.startsWith('ornkoll='))
  if (answer.status !== 303 && answer.status !== 302)
    throw new Error(`Not signed in: ${String(answer.status)}`)
  return cookie?.split(';')[0] ?? ''
}

/** The id of a change of a profile, begun on its page and not finished: there is none in the API. */
async function beginDraft(server: TestServer, { cookie }: SignedIn, profileId: string): Promise<string> {
  const answer = await fetch(new URL(`/profiles/${profileId}/edit`, server.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `${cookie}; crumb=${crumb}`, origin: new URL(server.url).origin },
    body: new URLSearchParams({ crumb }),
  })
  const place = answer.headers.get('location') ?? ''
  if (!place.startsWith('/profiles/drafts/')) throw new Error(`No draft: ${String(answer.status)}`)
  return place.slice('/profiles/drafts/'.length)
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text.replaceAll(' ', ''), letter =>
    alphabet.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}
