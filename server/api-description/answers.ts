import { type DescribedRoute } from './described-route.ts'
import { listOf, reference, resources } from './resources.ts'
import { type JsonSchema } from './schema-form.ts'

export { resources }

/** What a request gets when it succeeds. */
interface Answer {
  readonly status: number
  readonly description: string
  readonly type: string
  readonly schema?: JsonSchema
  /** Where many iPads are concerned, it waits for a second person. */
  readonly mayWait: boolean
  /** The thing may have moved to another address by now. */
  readonly mayLead: boolean
  /** Somebody may have made it already; then that is answered. */
  readonly mayExist: boolean
}

/** What makes something new, by path; the rest of the deeds answers 200 with what it changed. */
const made = new Set([
  ...['allocation-keys', 'bodies', 'cost-lines', 'devices', 'devices/{id}/enrolment-link', 'imports/devices'],
  ...[
    'imports/people',
    'incidents',
    'liability-terms',
    'loans',
    'loans/{id}/sign',
    'mandates',
    'me/passkeys',
  ],
  ...[
    'me/recovery-codes',
    'people',
    'policies',
    'profiles',
    'profiles/from-template',
    'profiles/{id}/versions',
  ],
  ...['staff', 'staff/{id}/password-link', 'statements', 'tokens', 'webhooks'],
  ...['guides', 'guides/{id}/versions', 'assignments', 'assignments/{id}/roll-out', 'assignments/{id}/end'],
  ...['app-sets', 'app-sets/{id}/versions'],
  'rollout-requests/{id}/ask-again',
  ...['rollouts/{id}/roll-back', 'profile-drafts', 'profile-drafts/{id}/save'],
])
const sent = new Set([
  'devices/{id}/unassigned-profiles/remove',
  ...['devices/{id}/apps/put-right', 'app-drift/put-right'],
  ...['devices/{id}/commands', 'devices/{id}/actions/{action}', 'devices/bulk-actions', 'jobs/{id}/undo'],
])
const startsJob = new Set(['devices/bulk-actions', 'app-drift/put-right'])
const waiting = new Set([
  ...['assignments', 'assignments/{id}/roll-out', 'assignments/{id}/end'],
  'rollout-requests/{id}/ask-again',
])
const leading = new Set(['people/{id}'])
const silent = new Set([
  'post devices/{id}/contents/{kind}/{contentId}/send-again',
  ...['post cost-lines/{id}/remove', 'post me/password', 'post me/confirm', 'delete me/second-factor'],
  ...['post me/invitations/{organisationId}/accept', 'post me/invitations/{organisationId}/decline'],
  'post people/{id}/keep-apart/{otherId}',
  ...['delete organisations/current/logo', 'delete profile-drafts/{id}'],
  ...['delete me/passkeys/{id}', 'delete me/sessions/{id}', 'delete tokens/{id}'],
  ...['delete staff/{id}/second-factor', 'delete staff/{id}/sessions/{sessionId}', 'delete webhooks/{id}'],
])

/** One thing or a list of them, by its path. */
const things: Readonly<Record<string, string>> = {
  bodies: 'Body',
  people: 'Person',
  mandates: 'Mandate',
  devices: 'Device',
  loans: 'Loan',
  incidents: 'Incident',
  approvals: 'Approval',
  'cost-lines': 'CostLine',
  commands: 'Command',
  webhooks: 'Webhook',
  jobs: 'Job',
  'rollout-requests': 'RolloutRequest',
}
const lists: Readonly<Record<string, string>> = {
  audit: 'AuditEvent',
  'devices/{id}/commands': 'Command',
  'jobs/{id}/items': 'JobItem',
  'webhooks/{id}/deliveries': 'WebhookDelivery',
}

/** What a route answers. What is not described closer is an object, or a page of a list where it can be continued. */
export function answerOf({ method, path, query }: Pick<DescribedRoute, 'method' | 'path' | 'query'>): Answer {
  const rest = path.replace(/^\/api\/(v1\/)?/, '')
  const type = typeOf(rest)
  const isPage = query?.keys?.['after'] !== undefined
  const schema = type === 'application/json' ? schemaOf(method, rest, isPage) : undefined
  const mayWait = method === 'post' && waiting.has(rest)
  const mayLead = method === 'get' && leading.has(rest)
  const mayExist = method === 'post' && rest === 'incidents'
  return { ...outcomeOf(method, rest), type, mayWait, mayLead, mayExist, ...(schema && { schema }) }
}

function outcomeOf(method: string, rest: string): Pick<Answer, 'status' | 'description'> {
  if (silent.has(`${method} ${rest}`)) return { status: 204, description: 'Done.' }
  if (method === 'post' && made.has(rest)) return { status: 201, description: 'It was made.' }
  if (method === 'post' && sent.has(rest))
    return { status: 202, description: 'It is on its way; look later what became of it.' }
  return { status: 200, description: method === 'get' ? 'What was asked for.' : 'Done.' }
}

function typeOf(rest: string): string {
  if (rest.endsWith('.pdf') || rest === 'guides/{id}/versions/{number}/file') return 'application/pdf'
  if (/^profiles\/.*\/(file|reveal)$/.test(rest)) return 'application/x-apple-aspen-config'
  return rest.endsWith('.csv') ? 'text/csv' : 'application/json'
}

function schemaOf(method: string, rest: string, isPage: boolean): JsonSchema {
  const [first = '', ...more] = rest.split('/')
  const inList = method === 'get' ? lists[rest] : undefined
  if (inList) return listOf(inList)
  const thing = things[first]
  const isAll = more.length === 0
  if (thing && isAll) return method === 'get' ? listOf(thing) : one(thing)
  const isOne = more.length === 1 && more[0]?.startsWith('{') === true
  // A deed on a case or a request shows it as it is then.
  const isDeed = method === 'post' && ['incidents', 'approvals', 'jobs'].includes(first)
  if (method === 'post' && startsJob.has(rest)) return one('Job')
  if (thing && (isOne || isDeed)) return one(thing)
  return isPage ? listOf() : { type: 'object' }
}

/** A case is shown with more than its line in a list has. */
const one = (thing: string) => reference(thing === 'Incident' ? 'IncidentView' : thing)
