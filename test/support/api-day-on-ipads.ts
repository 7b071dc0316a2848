import { type PlistValue } from '../../profiles/plist/plist-value.ts'
import { aPdf } from './a-pdf.ts'
import { type ApiCalls, type Caller, type Thing } from './api-calls.ts'
import { type ApiClient } from './api-client.ts'
import { eventually } from './eventually.ts'
import { anEnrolledIpad, type ProtocolIpad } from './protocol-ipad.ts'
import { type BegunAnswer } from './roll-out.ts'
import { type TestServer } from './server.ts'

interface OnIpads {
  readonly server: TestServer
  readonly calls: ApiCalls
  readonly desk: ApiClient
  /** Another than the one who asks, for what two must do. */
  readonly second: Caller
  readonly mark: string
  readonly serial: (number: number) => string
}

/** A profile with two versions, the second approved under this policy. */
interface ToRollOut {
  readonly profileId: string
  readonly policyId: string
  /** The file of a third version. */
  readonly next: { readonly type: string; readonly body: string }
}

const of = ({ id }: Pick<Thing, 'id'>) => ({ id })
const refusal: Record<string, PlistValue> = {
  ErrorChain: [{ ErrorCode: 4001, ErrorDomain: 'MCInstallationErrorDomain', LocalizedDescription: 'Nej' }],
}

/** Every deed with roll-outs, labels and guides; ends with one of each that stands, and with nothing under way. */
export async function rollOutsOfADay(
  { server, calls, desk, second, mark, serial }: OnIpads,
  { profileId, policyId, next }: ToRollOut,
): Promise<Readonly<Record<string, string>>> {
  const { call, post } = calls
  const { rollingOut, management } = server.ornkoll
  const ipads: ProtocolIpad[] = []
  for (const number of [92, 93])
    ipads.push(await anEnrolledIpad(server.url, desk, { serialNumber: serial(number) }))
  const [first, other] = ipads.map(({ deviceId }) => deviceId) as [string, string]
  for (const id of [first, other])
    await call('put', 'devices/{id}/labels', { params: { id }, body: { labels: [mark] } })

  const quiet = async () => {
    await rollingOut.idle()
    await management.deviceEvents.idle()
    await rollingOut.idle()
  }
  /** Each iPad does what waits for it; it refuses what is to be installed where that is wanted. */
  const answerAll = async (refuses = false) => {
    await quiet()
    for (const ipad of ipads) {
      let asked = await ipad.idle()
      while (asked) {
        const isRefused = refuses && asked.requestType === 'InstallProfile'
        asked = await ipad.report(
          ...([asked.uuid, isRefused ? 'Error' : 'Acknowledged', isRefused ? refusal : {}] as const),
        )
      }
    }
    await quiet()
  }

  const content = { kind: 'profile', id: profileId }
  const { assignment, rollout } = await post<BegunAnswer>('assignments', {
    content,
    target: { kind: 'label', label: mark },
    pinned: 2,
    plan: { waves: [{ kind: 'count', count: 1 }] },
  })
  await quiet()
  await post('rollouts/{id}/stop', { reason: `${mark} väntar` }, of(rollout))
  await post('rollouts/{id}/resume', undefined, of(rollout))
  await post('rollouts/{id}/next-wave', undefined, of(rollout))
  await answerAll(true)
  await post('rollouts/{id}/send-failed-again', undefined, of(rollout))
  await answerAll()
  await post('devices/{id}/contents/{kind}/{contentId}/send-again', undefined, {
    id: first,
    kind: 'profile',
    contentId: profileId,
  })
  await answerAll()

  const third = { id: profileId, number: '3' }
  await call('post', 'profiles/{id}/versions', {
    ...next,
    params: of({ id: profileId }),
    query: '?basedOn=2&note=tredje',
  })
  await call('post', 'profiles/{id}/versions/{number}/approve', {
    params: third,
    as: second,
    body: { policyId },
  })
  await quiet()
  const later = await post<BegunAnswer>('assignments/{id}/roll-out', { pinned: 3 }, of(assignment))
  await answerAll()
  await post('rollouts/{id}/roll-back', { reason: `${mark} ångrar sig` }, of(later.rollout))
  await answerAll()
  const { version } = await call('get', 'assignments/{id}', { params: of(assignment) })
  await call('put', 'assignments/{id}/excluded', {
    params: of(assignment),
    body: { version, deviceIds: [other] },
  })
  await answerAll()
  await post('assignments/{id}/end', { reason: `${mark} är klar` }, of(assignment))
  await answerAll()

  const pdf = (words: string) => ({ type: 'application/pdf', body: aPdf(words) })
  const named = `?name=${encodeURIComponent(`${mark} lathund`)}&note=${encodeURIComponent(mark)}`
  const { guide } = await call<{ guide: Thing }>('post', 'guides', { ...pdf(mark), query: named })
  await call('post', 'guides/{id}/versions', { ...pdf(`${mark} 2`), params: of(guide) })
  const standing = { target: { kind: 'devices', deviceIds: [first] }, plan: { waves: [] } }
  await post('assignments', { ...standing, content: { kind: 'guide', id: guide.id } })
  const left = await post<BegunAnswer>('assignments', { ...standing, content })
  await quiet()
  await post('rollouts/{id}/close', { reason: `${mark} väntar inte` }, of(left.rollout))
  await answerAll()

  const apps = [{ identifier: 'se.example.papers', name: `${mark} handlingar` }]
  const appSet = { name: `${mark} appar`, apps, note: mark, target: { kind: 'devices', deviceIds: [first] } }
  const { set } = await post<{ set: Thing }>('app-sets', appSet)
  const further = { apps, target: appSet.target, note: `${mark} igen`, basedOn: 1 }
  await post('app-sets/{id}/versions', further, of(set))
  await post('devices/{id}/commands', { requestType: 'ManagedApplicationList' }, { id: first })
  await answerAll()
  await post('devices/{id}/apps/put-right', { missing: true }, { id: first })
  await answerAll()
  const another = [...apps, { identifier: 'se.example.mail', name: `${mark} e-post` }]
  await post('app-sets/{id}/versions', { ...further, apps: another, basedOn: 2 }, of(set))
  await post('app-drift/put-right', { missing: true, reason: `${mark} saknas` })
  await answerAll()
  await post('app-sets/{id}/end', undefined, of(set))

  const stray = { PayloadIdentifier: 'se.example.stray', PayloadUUID: 'S', PayloadDisplayName: mark }
  const { commandUUID } = await post<{ commandUUID: string }>(
    'devices/{id}/commands',
    { requestType: 'ProfileList' },
    { id: other },
  )
  await ipads[1]?.idle()
  await ipads[1]?.report(commandUUID, 'Acknowledged', { ProfileList: [{ ...stray, IsManaged: true }] })
  const unwanted = { identifier: stray.PayloadIdentifier, reason: `${mark} hör inte hit` }
  await post('devices/{id}/unassigned-profiles/remove', unwanted, { id: other })
  await answerAll()

  // On more than one iPad a second person has to agree, who has not looked yet.
  const organisation = await call('get', 'organisations/current')
  await call('patch', 'organisations/current', {
    body: { version: organisation.version, settings: { rolloutLimit: 1 } },
  })
  const { request } = await post<{ request: Thing & { approvalId: string } }>('assignments', {
    content,
    target: { kind: 'label', label: mark },
    reason: `${mark} vill ha den igen`,
  })
  await post('approvals/{id}/withdraw', undefined, { id: request.approvalId })
  const again = await post<{ request: Thing }>('rollout-requests/{id}/ask-again', {}, of(request))
  return {
    'rollout-requests': again.request.id,
    assignments: left.assignment.id,
    rollouts: left.rollout.id,
    guides: guide.id,
    'app-sets': set.id,
  }
}

/** Deeds on many iPads at once: done and taken back, and two that wait for a second person, of which one is stopped. */
export async function bulkJobsOfADay(
  { calls }: Pick<OnIpads, 'calls'>,
  deviceIds: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const { call, post } = calls
  const ended = async (job: Thing) =>
    eventually(
      () => call<{ state: string }>('get', 'jobs/{id}', { params: of(job) }),
      ({ state }) => state === 'done',
    )
  const move = (to: string) =>
    post('devices/bulk-actions', { action: 'move', to, reason: 'Översvämning i förrådet', deviceIds })
  const broken = await move('broken')
  await ended(broken)
  await ended(await post('jobs/{id}/undo', undefined, of(broken)))
  await post('jobs/{id}/cancel', undefined, of(await move('retired')))
  await move('retired')
  return { jobs: broken.id }
}
