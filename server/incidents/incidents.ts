import { type ApprovalKind, type ApprovalRequest } from '../approvals/approvals.ts'
import { type Approval } from '../approvals/approval.ts'
import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { mustBeErasable } from '../devices/device.ts'
import { type NewId } from '../ids.ts'
import { type OrganisationSettings } from '../organisations/organisation.ts'
import { type Actor } from '../staff/actor.ts'
import { rightsHeld } from '../staff/rights.ts'
import { moveDevice, type IncidentDevices, type IncidentLoans } from './case-ports.ts'
import { createCaseQueues } from './case-queues.ts'
import { close, confirm, decide, recover, replace, withPoliceNumber } from './case-work.ts'
import { doerOf, type Incident, type Liability } from './incident.ts'
import { type IncidentEffects } from './incident-effects.ts'
import { type IncidentStore } from './incident-store.ts'
import { mustBeLocked, mustBeMissing, mustHoldSomething, withTask, type TaskKind } from './incident-task.ts'
import { type PositionStore } from './position.ts'
import { approveWipe, askForWipe, dropWipe } from './wipe.ts'

interface IncidentApprovals {
  register(kind: ApprovalKind): void
  request(actor: Actor, request: ApprovalRequest): Promise<Pick<Approval, 'id'>>
  dropFor(actor: Actor, kind: string, subjectId: string): Promise<void>
}

interface IncidentsDeps {
  readonly incidents: IncidentStore
  readonly positions: PositionStore
  readonly devices: IncidentDevices
  readonly loans: IncidentLoans
  readonly approvals: IncidentApprovals
  readonly effects: Pick<IncidentEffects, 'advanceQuietly' | 'change'>
  readonly settingsOf: (organisationId: string) => Promise<OrganisationSettings>
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
}

export type Incidents = ReturnType<typeof createIncidents>

const wipeHours = 72

/** The fields of a case that the log holds before and after. */
const told = ['state', 'policeNumber'] as const

function withChanges(
  entry: Omit<AuditEntry, 'on'>,
  before: Incident,
  after: Incident,
): Omit<AuditEntry, 'on'> {
  const changed = told.filter(key => before[key] !== after[key])
  if (changed.length === 0) return entry
  const of = (incident: Incident) =>
    Object.fromEntries(changed.flatMap(key => (incident[key] === undefined ? [] : [[key, incident[key]]])))
  return {
    ...entry,
    before: { ...of(before), ...entry.before },
    after: { ...of(after), ...entry.after },
  }
}

/** Theft, loss, damage and faults, from the report (`reporting.ts`) to the end of the case. */
export function createIncidents(deps: IncidentsDeps) {
  const { incidents, positions, devices, loans, approvals, effects, settingsOf } = deps
  const { audit, clock, newId } = deps

  async function get(actor: Actor, id: string): Promise<Incident> {
    return (await incidents.find(actor.organisationId, id)) ?? unknown()
  }

  /** The incident after `work`, saved together with its line in the log. Work that changes nothing writes nothing. */
  async function work(
    actor: Actor,
    id: string,
    {
      entry,
      ...doing
    }: { entry: Omit<AuditEntry, 'on'>; change: (current: Incident) => Incident | Promise<Incident> },
  ): Promise<Incident> {
    const incident = await effects.change({ organisationId: actor.organisationId, id }, async current => {
      const next = await doing.change(current)
      if (next !== current)
        await audit.record(actor, { ...withChanges(entry, current, next), on: { kind: 'incident', id } })
      return next
    })
    return incident ?? unknown()
  }

  /** As `work`, and then what it asks of the iPad is brought to it. */
  async function workAndAct(...[actor, id, doing]: Parameters<typeof work>): Promise<Incident> {
    await work(actor, id, doing)
    await effects.advanceQuietly(actor.organisationId, id)
    return get(actor, id)
  }

  /** One more thing to do with an iPad in lost mode, or a new try to get it there. */
  function ask(actor: Actor, id: string, kind: TaskKind): Promise<Incident> {
    const [now, taskId] = [clock.now(), newId()]
    return workAndAct(actor, id, {
      entry: { action: `incidents.${kind}` },
      change(current) {
        mustBeMissing(current)
        if (kind === 'lock') mustHoldSomething(current)
        else mustBeLocked(current)
        return withTask(current, { id: taskId, kind, cause: `asked:${taskId}`, by: doerOf(actor) }, now)
      },
    })
  }

  /** The loan goes on when the iPad is back, and is over when it stays away. */
  async function settleLoan(
    actor: Actor,
    { loanId, deviceId, recoveredAt, number: reason }: Incident,
  ): Promise<void> {
    if (loanId === undefined || (await loans.get(actor, loanId)).state !== 'disputed') return
    await loans.settle(actor, loanId, { to: recoveredAt ? 'active' : 'closed', reason })
    if (recoveredAt) await moveDevice(devices, actor, deviceId, { to: 'on-loan', reason })
  }

  /** The case at its end, with what ends with it. */
  async function closed(actor: Actor, current: Incident, now: Date): Promise<Incident> {
    const ended = close(current, doerOf(actor), now)
    await positions.removeAll(actor.organisationId, current.id)
    await settleLoan(actor, ended)
    return ended
  }

  approvals.register({
    kind: 'wipe',
    mayAsk: 'wipe.request',
    mayDecide: 'wipe.approve',
    hours: wipeHours,
    async ended({ subject, state, note }, actor) {
      const [by, now, eraseId] = [doerOf(actor), clock.now(), newId()]
      await effects.change({ organisationId: actor.organisationId, id: subject.id }, current => {
        if (state === 'waiting') return current
        if (state === 'approved') return approveWipe(current, { by, eraseId, alone: false }, now)
        return dropWipe(current, { by, how: state, ...(note && { note }) }, now)
      })
    },
    afterwards: ({ organisationId, subject }) => effects.advanceQuietly(organisationId, subject.id),
  })

  return {
    ...createCaseQueues({ work, clock }),

    /** @throws {DomainError} not-found `incident` */
    get,

    /** Second line believes it. */
    confirm(actor: Actor, id: string): Promise<Incident> {
      const now = clock.now()
      return work(actor, id, {
        entry: { action: 'incidents.confirm' },
        change: current => confirm(current, doerOf(actor), now),
      })
    },

    /** @throws {DomainError} invalid `police-number` */
    addPoliceNumber(actor: Actor, id: string, typed: string): Promise<Incident> {
      const now = clock.now()
      return work(actor, id, {
        entry: { action: 'incidents.police-number' },
        change: current => withPoliceNumber(current, typed, doerOf(actor), now),
      })
    },

    /** Tries lost mode again, after a failure. @throws {DomainError} conflict `not-missing`, `erased-already` */
    lockAgain: (actor: Actor, id: string) => ask(actor, id, 'lock'),
    /** Fetches the position once more. @throws {DomainError} conflict `not-missing`, `not-in-lost-mode` */
    locate: (actor: Actor, id: string) => ask(actor, id, 'locate'),
    /** @throws {DomainError} conflict `not-missing`, `not-in-lost-mode` */
    playSound: (actor: Actor, id: string) => ask(actor, id, 'sound'),

    /**
     * Asks for the erase. Another person has to approve it, unless the organisation lets one decide.
     * @throws {DomainError} forbidden `not-allowed`; conflict `not-missing`, `wipe-asked`, `erased-already`,
     * `personal-ipad`
     */
    async requestWipe(
      actor: Actor,
      id: string,
      { reason, papersChecked }: { reason: string; papersChecked: boolean },
    ): Promise<Incident> {
      if (!rightsHeld(actor).includes('wipe.request')) {
        throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
      }
      const { fourEyes } = await settingsOf(actor.organisationId)
      const [by, now, eraseId] = [doerOf(actor), clock.now(), newId()]
      return workAndAct(actor, id, {
        entry: { action: 'incidents.wipe', reason, after: { fourEyes, papersChecked } },
        async change(current) {
          mustBeErasable(await devices.get(actor, current.deviceId))
          const request = { reason, papersChecked, by }
          if (!fourEyes)
            return approveWipe(askForWipe(current, request, now), { by, eraseId, alone: true }, now)
          const asked = askForWipe(current, request, now)
          const subject = { kind: 'incident', id, label: current.number }
          const { id: approvalId } = await approvals.request(actor, { kind: 'wipe', subject, reason })
          return { ...asked, ...(asked.wipe && { wipe: { ...asked.wipe, approvalId } }) }
        },
      })
    },

    /**
     * The iPad is back: lost mode ends and nothing is erased that can still be stopped. With `close` the case ends in the
     * same act, so that its loan goes on and the iPad can be handed in.
     * @throws {DomainError} forbidden `not-allowed` to close it; conflict `incident-transition`
     */
    async recover(
      actor: Actor,
      id: string,
      { note, close: ends = false }: { note?: string; close?: boolean },
    ): Promise<Incident> {
      if (ends && !rightsHeld(actor).includes('incidents.decide'))
        throw new DomainError('forbidden', 'not-allowed', 'Your role does not allow this.')
      const [now, unlockId] = [clock.now(), newId()]
      return workAndAct(actor, id, {
        entry: {
          action: 'incidents.recover',
          ...(note && { reason: note }),
          ...(ends && { after: { closed: true } }),
        },
        async change(current) {
          const recovered = recover(current, { by: doerOf(actor), unlockId, ...(note && { note }) }, now)
          await approvals.dropFor(actor, 'wipe', id)
          await moveDevice(devices, actor, current.deviceId, { to: 'recovered', reason: current.number })
          return ends ? closed(actor, recovered, now) : recovered
        },
      })
    },

    /** @throws {DomainError} as `decide` of the rules */
    decide(
      actor: Actor,
      id: string,
      input: Pick<Liability, 'outcome' | 'amountOre' | 'reason'>,
    ): Promise<Incident> {
      const decision: Liability = { ...input, by: doerOf(actor), at: clock.now() }
      return work(actor, id, {
        entry: {
          action: 'incidents.decide',
          reason: input.reason,
          after: {
            outcome: input.outcome,
            ...(input.amountOre !== undefined && { amountOre: input.amountOre }),
          },
        },
        change: async current => decide(current, decision, await devices.get(actor, current.deviceId)),
      })
    },

    /** Another iPad takes its place; handing that one out is a loan of its own. */
    replace(actor: Actor, id: string, deviceId: string): Promise<Incident> {
      const now = clock.now()
      return work(actor, id, {
        entry: { action: 'incidents.replace', after: { deviceId } },
        async change(current) {
          const replacement = await devices.get(actor, deviceId)
          const next = replace(current, replacement.id, doerOf(actor), now)
          if (next !== current)
            await moveDevice(devices, actor, current.deviceId, { to: 'replaced', reason: current.number })
          return next
        },
      })
    },

    /** Ends the case: positions are removed, and the loan goes on or ends. @throws {DomainError} conflict `still-open` */
    close(actor: Actor, id: string): Promise<Incident> {
      const now = clock.now()
      return workAndAct(actor, id, {
        entry: { action: 'incidents.close' },
        change: current => closed(actor, current, now),
      })
    },
  }
}

function unknown(): never {
  throw new DomainError('not-found', 'incident', 'There is no such case.')
}
