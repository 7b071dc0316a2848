import { approvalStates } from '../approvals/approval.ts'
import { bodyTypes } from '../bodies/body.ts'
import { bulkItemStates, bulkJobStates } from '../bulk-jobs/bulk-job.ts'
import { costCategories, costKinds } from '../costs/cost-line.ts'
import { deviceOrigins, deviceOwnerships, lifecycles, locks, managements } from '../devices/device.ts'
import { lines } from '../incidents/case-queue.ts'
import { incidentKinds, incidentStates, outcomes, reportWays } from '../incidents/incident.ts'
import { warrantyCovers } from '../incidents/warranty.ts'
import { conditions, loanStates } from '../loans/loan.ts'
import { mandateRoles } from '../mandates/mandate.ts'
import { languages } from '../organisations/organisation.ts'
import { rolloutRequestStates } from '../rollouts/rollout-request.ts'
import { eventTypes } from '../webhooks/webhook.ts'
import { commandStates } from '../../mdm/command-queue.ts'
import { type JsonSchema } from './schema-form.ts'

const text: JsonSchema = { type: 'string' }
const instant: JsonSchema = { type: 'string', format: 'date-time' }
const day: JsonSchema = { type: 'string', format: 'date' }
const whole: JsonSchema = { type: 'integer' }
const yes: JsonSchema = { type: 'boolean' }
const anything: JsonSchema = { type: 'object' }
const oneOf = (values: readonly string[]): JsonSchema => ({ type: 'string', enum: values })
const many = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

/** `required` are always there, `optional` when there is something to say. */
function thing(required: Record<string, JsonSchema>, optional: Record<string, JsonSchema> = {}): JsonSchema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } }
}

const kept = { id: text, organisationId: text, version: whole }
const who = thing({ kind: text, id: text, name: text }, { behind: anything })
const asking = thing(
  { kind: text, id: text, name: text, roles: many(text) },
  { behind: anything, scopes: many(text) },
)
const named = thing({ id: text, name: text })

const incident = {
  ...kept,
  number: text,
  kind: oneOf(incidentKinds),
  state: oneOf(incidentStates),
  deviceId: text,
  reportedAt: instant,
  reportedBy: who,
  reportedVia: oneOf(reportWays),
  description: text,
  line: oneOf(lines),
}
const incidentExtras = {
  loanId: text,
  personId: text,
  happenedAt: instant,
  policeNumber: text,
  policeNumberRaw: { ...text, description: 'As somebody typed it.' },
  placeText: text,
  lostModeWords: thing({}, { message: text, phone: text }),
  lockedAt: instant,
  confirmedAt: instant,
  wipe: thing(
    { requestedBy: who, requestedAt: instant, reason: text, papersChecked: yes, stateBefore: text },
    { approvalId: text, approvedBy: who, approvedAt: instant, erasedAt: instant },
  ),
  recoveredAt: instant,
  escalated: thing({ by: who, at: instant, reason: text }),
  taken: thing({ by: who, at: instant }),
  decision: thing({ outcome: oneOf(outcomes), reason: text, by: who, at: instant }, { amountOre: whole }),
  replacement: thing({ deviceId: text, at: instant, by: who }),
  closedAt: instant,
}
const incidentView = {
  timeline: many(anything),
  actions: many(text),
  reach: text,
  missing: many(text),
  warranty: oneOf(warrantyCovers),
  tasks: many(thing({ id: text, kind: text, state: text, askedAt: instant })),
}

/** The things that most programs come for, as they are answered. More keys may come with later versions. */
export const resources: Readonly<Record<string, JsonSchema>> = {
  Body: thing(
    { ...kept, name: text, type: oneOf(bodyTypes), costCentre: text, startsOn: day },
    { endsOn: day },
  ),
  Person: thing(
    {
      id: text,
      version: whole,
      givenName: text,
      familyName: text,
      email: text,
      language: oneOf(languages),
      protectedIdentity: yes,
      organisationIds: {
        ...many(text),
        description: 'The organisation of the caller alone, whoever else knows the person.',
      },
    },
    { phone: text },
  ),
  Mandate: thing(
    {
      ...kept,
      personId: text,
      bodyId: text,
      role: oneOf(mandateRoles),
      startsOn: day,
      costWeight: whole,
    },
    { endsOn: day },
  ),
  Device: thing(
    {
      ...kept,
      serialNumber: text,
      assetTag: text,
      model: text,
      createdAt: instant,
      origin: oneOf(deviceOrigins),
      ownership: oneOf(deviceOwnerships),
      lifecycle: oneOf(lifecycles),
      management: oneOf(managements),
      lock: oneOf(locks),
    },
    {
      theftMark: text,
      warrantyEndsOn: day,
      lastSeenAt: instant,
      information: anything,
      purchase: thing({ on: day, priceOre: whole }, { supplier: text }),
    },
  ),
  Loan: thing(
    {
      ...kept,
      deviceId: text,
      personId: text,
      bodyIds: many(text),
      accessories: many(text),
      state: oneOf(loanStates),
      reservedAt: instant,
      overdue: yes,
    },
    {
      dueOn: day,
      signedAt: instant,
      handedOutAt: instant,
      returnedAt: instant,
      closedAt: instant,
      formId: text,
      incidentId: text,
      termsId: text,
      termsShownAt: instant,
      language: oneOf(languages),
      prices: anything,
      condition: oneOf(conditions),
      returnedAccessories: many(text),
      returnNote: text,
      returnReceiptId: text,
      returnedBy: named,
      undoneReturns: many(thing({ at: instant, by: named, reason: text, receiptId: text })),
      closeReason: text,
      undoneAt: instant,
      checklist: many(thing({ line: text, by: named, at: instant })),
    },
  ),
  Incident: thing(incident, incidentExtras),
  IncidentView: thing({ ...incident, ...incidentView }, { ...incidentExtras, existing: yes }),
  Approval: thing(
    {
      ...kept,
      kind: text,
      subject: thing({ kind: text, id: text, label: text }),
      requestedBy: who,
      requestedAt: instant,
      reason: text,
      state: oneOf(approvalStates),
      expiresAt: instant,
      mayDecide: yes,
    },
    { decidedBy: who, decidedAt: instant, note: text, facts: anything },
  ),
  Command: thing(
    { commandUUID: text, deviceId: text, requestType: text, state: oneOf(commandStates), times: anything },
    {
      error: anything,
      reason: text,
      requestedBy: anything,
      result: {},
      expiresAt: instant,
      parameters: anything,
    },
  ),
  CostLine: thing(
    {
      ...kept,
      kind: oneOf(costKinds),
      fromOn: day,
      amountOre: whole,
      payer: anything,
      bearer: anything,
      text,
      category: oneOf(costCategories),
    },
    { toOn: day, vatOre: whole },
  ),
  Job: thing(
    {
      id: text,
      organisationId: text,
      work: text,
      variant: text,
      parameters: anything,
      reason: text,
      askedBy: asking,
      state: oneOf(bulkJobStates),
      createdAt: instant,
      left: whole,
      counts: thing({ total: whole, done: whole, refused: whole, failed: whole }),
    },
    {
      approval: anything,
      startedAt: instant,
      finishedAt: instant,
      endedBy: text,
      note: text,
      undoes: text,
      undoneBy: text,
    },
  ),
  RolloutRequest: thing(
    {
      ...kept,
      asked: anything,
      content: anything,
      name: text,
      count: whole,
      reason: text,
      askedBy: asking,
      askedAt: instant,
      state: oneOf(rolloutRequestStates),
      approvalId: text,
    },
    {
      lately: whole,
      to: whole,
      endedAt: instant,
      rolloutId: text,
      fault: thing({ code: text, message: text }),
    },
  ),
  JobItem: thing(
    {
      id: text,
      organisationId: text,
      jobId: text,
      number: whole,
      state: oneOf(bulkItemStates),
      subject: thing({ kind: text, id: text, label: text }),
    },
    { reason: anything, detail: anything, at: instant },
  ),
  Webhook: thing(
    { ...kept, url: text, events: many(oneOf(eventTypes)), active: yes, createdAt: instant },
    {
      secret: { ...text, description: 'Checks the signatures; in the answer that makes the webhook alone.' },
      failingSince: { ...instant, description: 'Its receiver has taken nothing since.' },
      goneSince: { ...instant, description: 'Turned off since then: its receiver answered 410.' },
      secretLost: {
        ...yes,
        description: 'Its secret cannot be opened any more: nothing is sent until it is renewed.',
      },
      formerSecretUntil: { ...instant, description: 'Until then the secret before this one signs too.' },
    },
  ),
  WebhookDelivery: thing(
    {
      id: text,
      organisationId: text,
      webhookId: text,
      event: anything,
      attempts: whole,
      state: oneOf(['waiting', 'delivered', 'failed']),
      createdAt: instant,
    },
    { nextAt: instant, triedAt: instant, outcome: anything },
  ),
  AuditEvent: thing(
    {
      id: text,
      organisationId: text,
      at: instant,
      actor: who,
      action: text,
      on: thing({ kind: text, id: text }),
    },
    { reason: text, before: anything, after: anything, from: anything, sequence: whole },
  ),
}

export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

/** A page of a list; of anything when nothing is named. */
export function listOf(name?: string): JsonSchema {
  return {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: name ? reference(name) : { type: 'object' } },
      next: { type: ['string', 'null'], description: 'Give it as `after` for what follows.' },
    },
  }
}
