import test, { type ExecutionContext } from 'ava'
import { openForeignProfile } from '../../../profiles/foreign-profile.ts'
import { writePlist } from '../../../profiles/plist/write-plist.ts'
import { signProfile } from '../../../profiles/sign-profile.ts'
import { today } from '../../support/a-signer.ts'
import { type Answer, type ApiClient } from '../../support/api-client.ts'
import { type ChecklistLine } from '../../../server/policies/checklist.ts'
import { created } from '../../support/hand-out.ts'
import {
  emptyForeignProfile,
  foreignSigner,
  heavyProfiles,
  hostileProfiles,
  unwritableProfiles,
} from '../../support/hostile-profiles.ts'
import { startTestServer } from '../../support/server.ts'
import { aWifiProfile } from '../../support/wifi-profile.ts'

interface Refusal {
  readonly error: { readonly code: string; readonly message: string }
}
interface Version {
  readonly number: number
  readonly sha256: string
  readonly findings: { readonly code: string; readonly severity: string; readonly words: string[] }[]
  readonly hasSecrets: boolean
  readonly approval?: { readonly policyNumber: number; readonly by: { readonly name: string } }
}
interface Draft {
  readonly id: string
  readonly version: number
  readonly xml: string
  readonly writtenBy: readonly unknown[]
}
interface Created {
  readonly profile: { readonly id: string; readonly name: string; readonly latest: number }
  readonly version: Version
}

const facts = {
  organisationName: 'Ekeby kommun',
  domainReversed: 'se.example.ekeby',
  mailServer: 'outlook.example.se',
  mailDomains: ['ekeby.example.se'],
  apps: ['se.example.meetings'],
  helpUrl: 'https://ekeby.example.se/ipad',
  returnTo: 'Tillhör Ekeby kommun.',
}

/** Sends a file as the body. */
type Upload = <T>(client: ApiClient, path: string, bytes: Uint8Array) => Promise<Answer<T>>

async function open(t: ExecutionContext) {
  const server = await startTestServer(t)
  const [writer, other, auditor] = [
    await server.as('second-line'),
    await server.as('admin'),
    await server.as('auditor'),
  ]
  const upload: Upload = async (client, path, bytes) => {
    const response = await fetch(new URL(path, server.url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.token ?? ''}`,
        'content-type': 'application/x-apple-aspen-config',
      },
      body: Buffer.from(bytes),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as never }
  }
  const approvedPolicy = async () => {
    const policy = await created<{ id: string; number: number }>(writer, '/api/v1/policies', {
      title: 'Säkerhetspolicy',
      text: 'Lösenkod krävs.',
      checklist: [{ question: 'Raderas iPads?', answer: 'yes' }],
    })
    t.is((await other.post(`/api/v1/policies/${policy.id}/approve`)).status, 200)
    return policy
  }
  return { server, writer, other, auditor, upload, approvedPolicy }
}

test('a profile is made from a template, approved by another under a policy, and taken out', async t => {
  const { writer, other, approvedPolicy } = await open(t)
  const { profile, version } = await created<Created>(writer, '/api/v1/profiles/from-template', {
    name: 'Förtroendevalda',
    template: 'elected-representative',
    facts,
  })
  t.deepEqual(version.findings, [])
  const trial = await writer.get<{ of: number; counts: Record<string, number> }>(
    `/api/v1/profiles/${profile.id}/versions/1/trial-run?deviceIds=a&deviceIds=b`,
  )
  t.is(trial.status, 200)
  t.is(trial.body.of, 0, 'there are no iPads yet')
  const policy = await approvedPolicy()
  const approve = (client: ApiClient) =>
    client.post<Version & Refusal>(`/api/v1/profiles/${profile.id}/versions/1/approve`, {
      policyId: policy.id,
    })
  const own = await approve(writer)
  t.is(own.status, 403)
  t.is(own.body.error.code, 'own-version')
  const approved = await approve(other)
  t.is(approved.status, 200)
  t.is(approved.body.approval?.policyNumber, policy.number)
  t.is((await approve(other)).body.error.code, 'version-approved')
  const file = await writer.get<string>(`/api/v1/profiles/${profile.id}/versions/1/file`)
  t.is(file.headers.get('content-type'), 'application/x-apple-aspen-config')
  t.is(
    openForeignProfile(Buffer.from(file.body), new Date()).profile['PayloadIdentifier'],
    'se.example.ekeby.ipad.elected-representative',
  )
})

test('a foreign profile is kept byte for byte, with its password shown to nobody without a reason', async t => {
  const { writer, other, auditor, upload } = await open(t)
  const bytes = aWifiProfile()
  const made = await upload<Created>(writer, '/api/v1/profiles?name=Wi-Fi', bytes)
  t.is(made.status, 201)
  t.true(made.body.version.hasSecrets)
  const path = `/api/v1/profiles/${made.body.profile.id}/versions/1`
  const masked = await auditor.get<string>(`${path}/file`)
  t.is(masked.status, 200)
  t.false(masked.body.includes('vinterdäck'))
  t.true(masked.body.includes('Ekeby'))
  t.is((await writer.post(`${path}/reveal`, { reason: 'Felsökning av nätet' })).status, 403)
  t.is((await other.post(`${path}/reveal`, {})).status, 400)
  const revealed = await other.post<string>(`${path}/reveal`, { reason: 'Felsökning av nätet' })
  t.deepEqual(Buffer.from(revealed.body), Buffer.from(bytes))
  const log = await auditor.get<{ items: { action: string; reason?: string }[] }>(
    '/api/v1/audit?action=profiles',
  )
  t.deepEqual(
    log.body.items.map(({ action, reason }) => [action, reason]),
    [
      ['profiles.reveal', 'Felsökning av nätet'],
      ['profiles.export', undefined],
      ['profiles.save', undefined],
    ],
  )
  for (const everything of [log.body, (await auditor.get('/api/v1/profiles')).body])
    t.false(JSON.stringify(everything).includes('vinterdäck'))
})

test('a signed file comes back byte for byte, and hostile ones are refused at every door', async t => {
  const { server, writer, other, upload, approvedPolicy } = await open(t)
  const signed = signProfile(emptyForeignProfile, foreignSigner, today)
  const kept = await upload<Created>(other, '/api/v1/profiles?name=Signerad', signed)
  t.is(kept.status, 201)
  const file = `/api/v1/profiles/${kept.body.profile.id}/versions/1/file`
  const back = await fetch(new URL(file, server.url), {
    headers: { authorization: `Bearer ${other.token ?? ''}` },
  })
  t.deepEqual(Buffer.from(await back.arrayBuffer()), Buffer.from(signed))

  const path = `/api/v1/profiles/${kept.body.profile.id}/versions`
  t.is((await upload<Version>(writer, `${path}?basedOn=1`, emptyForeignProfile)).status, 201)
  const { id: policyId } = await approvedPolicy()
  const own = await other.post<Refusal>(`${path}/2/approve`, { policyId })
  t.is(own.body.error.code, 'own-version', 'a file over an unapproved version comes with whoever wrote that')

  const draft = await created<Draft>(other, '/api/v1/profile-drafts', { profileId: kept.body.profile.id })
  const before = process.memoryUsage().rss
  for (const [title, bytes] of [...hostileProfiles, ...unwritableProfiles]) {
    for (const path of ['/api/v1/profiles?name=Fientlig', '/api/v1/profiles/check']) {
      const { status, body } = await upload<Refusal>(other, path, bytes)
      t.true(status >= 400 && status < 500, `${title}: ${status} at ${path}`)
      t.true(body.error.message.length > 10, title)
    }
    const edited = await fetch(new URL(`/api/v1/profile-drafts/${draft.id}?version=1`, server.url), {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${other.token ?? ''}`,
        'content-type': 'application/x-apple-aspen-config',
      },
      body: Buffer.from(bytes),
    })
    t.true(edited.status >= 400 && edited.status < 500, `${title}: ${edited.status} as a draft`)
  }
  for (const [title, bytes] of heavyProfiles)
    t.is((await upload<Refusal>(other, '/api/v1/profiles/check', bytes)).status, 200, title)
  t.true(process.memoryUsage().rss - before < 300_000_000, 'what was refused is not kept')
  const { items } = (await other.get<{ items: Created[] }>('/api/v1/profiles')).body
  t.deepEqual(
    items.map(({ profile }) => profile.name),
    ['Signerad'],
  )
})

test('a version stands as it was; the next one is compared with it, secrets told to differ only', async t => {
  const { writer, upload } = await open(t)
  const { body: first } = await upload<Created>(writer, '/api/v1/profiles?name=Wi-Fi', aWifiProfile())
  const path = `/api/v1/profiles/${first.profile.id}`
  const changed = aWifiProfile({ Password: 'sommardäck', AutoJoin: false })
  const second = await upload<Version & Refusal>(writer, `${path}/versions?basedOn=1&note=Nytt`, changed)
  t.is(second.status, 201)
  t.is(second.body.number, 2)
  t.is(
    (await upload<Refusal>(writer, `${path}/versions?basedOn=1`, aWifiProfile({ AutoJoin: true }))).body.error
      .code,
    'stale',
  )
  const { items } = (
    await writer.get<{ items: { change: string; path: string[]; before?: string; after?: string }[] }>(
      `${path}/compare?from=1&to=2`,
    )
  ).body
  t.deepEqual(
    items.map(({ change, path: keys, before, after }) => [change, keys.join('.'), before, after]),
    [
      ['added', 'AutoJoin', undefined, 'false'],
      ['changed', 'Password', '••••••', '••••••'],
    ],
  )
  const { versions } = (await writer.get<{ versions: Version[] }>(path)).body
  t.deepEqual(
    versions.map(({ number }) => number),
    [2, 1],
  )
  t.is(versions[1]?.sha256, first.version.sha256)
})

test('a profile that would harm iPads is kept with what was found, and cannot be approved', async t => {
  const { writer, other, upload, approvedPolicy } = await open(t)
  const bytes = aWifiProfile({ AutoJoin: 'yes' })
  const checked = await upload<{ refused: boolean; findings: { code: string }[] }>(
    writer,
    '/api/v1/profiles/check',
    bytes,
  )
  t.true(checked.body.refused)
  t.deepEqual(
    checked.body.findings.map(({ code }) => code),
    ['wrong-type'],
  )
  t.is(
    (await writer.get<{ items: unknown[] }>('/api/v1/profiles')).body.items.length,
    0,
    'checking saves nothing',
  )
  const { body } = await upload<Created>(writer, '/api/v1/profiles?name=Fel', bytes)
  t.is(body.version.findings[0]?.words.length, 2)
  const policy = await approvedPolicy()
  const answer = await other.post<Refusal>(`/api/v1/profiles/${body.profile.id}/versions/1/approve`, {
    policyId: policy.id,
  })
  t.is(answer.status, 409)
  t.is(answer.body.error.code, 'profile-refused')
})

test('what cannot be taken in is refused with words, never with a fault', async t => {
  const { writer, upload } = await open(t)
  const refused = async (bytes: Uint8Array) => {
    const { status, body } = await upload<Refusal>(writer, '/api/v1/profiles?name=x', bytes)
    t.true(status === 422 || status === 400 || status === 413, String(status))
    return body.error.code
  }
  t.is(await refused(Buffer.from('hello')), 'profile-not-a-profile')
  t.is(await refused(Buffer.from('<plist><dict>')), 'profile-broken')
  t.is(await refused(Buffer.from('bplist00')), 'profile-binary')
  t.is(await refused(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01])), 'profile-signature')
  t.is(await refused(writePlist({ PayloadType: 'Configuration' })), 'profile-identifier')
  t.truthy(await refused(Buffer.alloc(10_000_000, 0x20)))
})

test('two profiles with one identifier are refused, and an identifier never changes', async t => {
  const { writer, upload } = await open(t)
  const { body } = await upload<Created>(writer, '/api/v1/profiles?name=A', aWifiProfile())
  t.is(
    (await upload<Refusal>(writer, '/api/v1/profiles?name=B', aWifiProfile())).body.error.code,
    'identifier-taken',
  )
  t.is((await writer.get<{ items: unknown[] }>('/api/v1/profiles')).body.items.length, 1)
  // iPads compare letter by letter, so one that differs only in case is another profile to them.
  for (const other of ['se.example.ekeby.other', 'se.example.Ekeby.wifi']) {
    const renamed = Buffer.from(
      Buffer.from(aWifiProfile()).toString().replaceAll('se.example.ekeby.wifi', other),
    )
    const answer = await upload<Refusal>(
      writer,
      `/api/v1/profiles/${body.profile.id}/versions?basedOn=1`,
      renamed,
    )
    t.is(answer.body.error.code, 'identifier-changed', other)
  }
})

test('a profile cites the approved policy with the greatest number, and only one with an answered checklist is approved', async t => {
  const { server, writer, other, approvedPolicy } = await open(t)
  const { profile } = await created<Created>(writer, '/api/v1/profiles/from-template', {
    name: 'P',
    template: 'staff',
    facts,
  })
  const former = await approvedPolicy()
  const write = (checklist: object[]) =>
    writer.post<{ id: string; checklist: ChecklistLine[] } & Refusal>('/api/v1/policies', {
      title: 'Utkast',
      text: 'Text',
      checklist,
    })
  const approvePolicy = async (id: string, client = other) =>
    (await client.post<Partial<Refusal>>(`/api/v1/policies/${id}/approve`)).body.error?.code
  const { questions } = (
    await other.get<{ questions: string[] }>('/api/v1/policies/checklist-questions?language=en')
  ).body
  t.true(questions.length > 10)
  const lines = questions.map(question => ({ question, answer: 'yes' }))

  const none = (await write([])).body
  const unanswered = (await write([...lines, { question: 'Och sen?' }])).body
  const whole = (await write([...lines, { question: 'Och sen?', answer: 'no', comment: 'Vet inte.' }])).body
  t.is((await write([{ question: 'När?', answer: 'yes', signedOn: '2999-01-01' }])).status, 422)
  t.is((await write([{ question: 'Vem?', answer: 'yes', signedBy: 'Kung Karl' }])).status, 400)
  t.is(await approvePolicy(none.id), 'checklist-unanswered')
  t.is(await approvePolicy(unanswered.id), 'checklist-unanswered')
  t.is(await approvePolicy(whole.id, writer), 'own-policy')
  const last = whole.checklist.at(-1)
  t.is(last?.answer, 'no')
  t.truthy(last?.signerId)
  t.deepEqual(unanswered.checklist.at(-1), { question: 'Och sen?' }, 'nobody signs what is not answered')

  const approve = async (id: string, policyId: string) =>
    (await other.post<Partial<Refusal>>(`/api/v1/profiles/${id}/versions/1/approve`, { policyId })).body.error
      ?.code
  t.is(await approve(profile.id, whole.id), 'policy-draft')
  t.is(await approve(profile.id, 'nothing'), 'policy-unknown')
  t.is(await approve(profile.id, former.id), undefined)
  const underFormer = async () =>
    (
      await other.get<{ items: { profile: { id: string }; version: Version }[] }>(
        '/api/v1/profiles/under-former-policy',
      )
    ).body.items
  t.deepEqual(await underFormer(), [])
  t.is(await approvePolicy(whole.id), undefined)
  t.deepEqual(
    (await underFormer()).map(each => [each.profile.id, each.version.approval?.policyNumber]),
    [[profile.id, former.number]],
  )
  t.is(await approvePolicy(unanswered.id), 'policy-superseded')
  const late = await created<Created>(writer, '/api/v1/profiles/from-template', {
    name: 'Q',
    template: 'meeting-room',
    facts,
  })
  t.is(await approve(late.profile.id, former.id), 'policy-superseded')
  t.is(await approve(late.profile.id, whole.id), undefined)

  // Whoever changed the draft of a colleague has written the version that the colleague saves.
  const draft = await created<Draft>(writer, '/api/v1/profile-drafts', {
    profileId: late.profile.id,
  })
  t.deepEqual(draft.writtenBy, [], 'to open it is not to write')
  const { xml } = (await other.get<Draft>(`/api/v1/profile-drafts/${draft.id}`)).body
  const changed = await fetch(
    new URL(`/api/v1/profile-drafts/${draft.id}?version=${draft.version}`, server.url),
    {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${other.token ?? ''}`,
        'content-type': 'application/x-apple-aspen-config',
      },
      body: xml.replace('Tillhör Ekeby kommun.', 'Tillhör Ekeby.'),
    },
  )
  t.is(changed.status, 200)
  const { version } = (await changed.json()) as Draft
  const saved = await created<Version>(writer, `/api/v1/profile-drafts/${draft.id}/save`, { version })
  t.is(saved.number, 2)
  const decide = async (client: ApiClient) =>
    (
      await client.post<Partial<Refusal> & Partial<Version>>(
        `/api/v1/profiles/${late.profile.id}/versions/2/approve`,
        { policyId: whole.id },
      )
    ).body
  t.is((await decide(other)).error?.code, 'own-version')
  t.is((await decide(writer)).error?.code, 'own-version')
  t.truthy((await decide(await server.as('admin'))).approval)
})

test('those who only hand out iPads read profiles and change none', async t => {
  const { server, writer } = await open(t)
  const { profile } = await created<Created>(writer, '/api/v1/profiles/from-template', {
    name: 'P',
    template: 'standard',
    facts,
  })
  for (const template of ['byod', 'staff'])
    await created(writer, '/api/v1/profiles/from-template', { name: template, template, facts })
  const desk = await server.as('handout')
  const { body: listed } = await desk.get<{ items: Created[] }>('/api/v1/profiles')
  t.deepEqual(
    listed.items.map(each => each.profile.name),
    ['byod', 'P', 'staff'],
    'in the order of a register, whatever the letters’ size',
  )
  t.is((await desk.get(`/api/v1/profiles/${profile.id}`)).status, 200)
  t.is(
    (await desk.post('/api/v1/profiles/from-template', { name: 'Q', template: 'standard', facts })).status,
    403,
  )
  t.is((await (await server.as('finance')).get('/api/v1/profiles')).status, 403)
})
