import { type Audit } from '../audit/audit.ts'
import { dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Device } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type OrganisationSettings } from '../organisations/organisation.ts'
import { type Actor } from '../staff/actor.ts'
import { moveDevice, type IncidentDevices, type IncidentLoans } from './case-ports.ts'
import {
  caseNumber,
  claimOf,
  doerOf,
  lifecycleOfKind,
  type Incident,
  type LostModeWords,
} from './incident.ts'
import { type IncidentEffects } from './incident-effects.ts'
import { type IncidentStore } from './incident-store.ts'
import { lostModeWords } from './lost-mode-words.ts'
import { checkReport, openIncident, reportedAgain, type Report } from './report.ts'

interface ReportingDeps {
  readonly incidents: IncidentStore
  readonly devices: IncidentDevices
  readonly loans: IncidentLoans
  /** Keeps the person from being merged away before the case is saved. */
  readonly holdPerson: (actor: Actor, personId: string) => Promise<unknown>
  readonly effects: Pick<IncidentEffects, 'advanceQuietly' | 'change'>
  readonly settingsOf: (organisationId: string) => Promise<OrganisationSettings>
  readonly audit: Audit
  readonly clock: Clock
  readonly newId: NewId
  readonly transaction: Transaction
}

/** A report of one iPad, named by its loan or by itself. */
export type ReportInput = Report & {
  readonly deviceId?: string
  readonly loanId?: string
  /** In place of what the organisation has decided. */
  readonly lostMode?: LostModeWords
}

interface Reported {
  readonly incident: Incident
  /** The same was reported before; nothing more was done to the iPad. */
  readonly existing: boolean
}

export type Reporting = ReturnType<typeof createReporting>

/** The way into a case: one form, one case per iPad, and a missing iPad is locked by it. */
export function createReporting(deps: ReportingDeps) {
  const { incidents, devices, loans, holdPerson, effects, settingsOf, audit, clock, newId, transaction } =
    deps

  async function subjectOf(actor: Actor, { deviceId, loanId }: ReportInput): Promise<Device> {
    if (deviceId !== undefined) return devices.get(actor, deviceId)
    if (loanId !== undefined) return devices.get(actor, (await loans.get(actor, loanId)).deviceId)
    const message = 'Choose which loan or which iPad it is about.'
    throw new DomainError('invalid', 'report-subject', message, [{ path: 'deviceId', message }])
  }

  async function again(actor: Actor, input: ReportInput, claim: string): Promise<Reported | undefined> {
    const { organisationId } = actor
    const open = await incidents.findByClaim(organisationId, claim)
    if (!open) return undefined
    const now = clock.now()
    const incident = await effects.change({ organisationId, id: open.id }, async current => {
      await audit.record(actor, {
        action: 'incidents.report-again',
        on: { kind: 'incident', id: open.id },
        after: { kind: input.kind },
      })
      return reportedAgain(current, input, doerOf(actor), now)
    })
    return incident && { incident, existing: true }
  }

  async function open(actor: Actor, input: ReportInput, device: Device): Promise<Incident> {
    const { organisationId } = actor
    const now = clock.now()
    const year = Number(dayOf(now).slice(0, 4))
    const number = caseNumber(year, await incidents.nextCount(organisationId, year))
    const [id, lockId] = [newId(), newId()]
    const words = lostModeWords(input.lostMode ?? {}, await settingsOf(organisationId))
    return transaction(async () => {
      const loan = await loans.openLoanOf(organisationId, device.id)
      if (loan) await holdPerson(actor, loan.personId)
      const facts = { id, organisationId, number, deviceId: device.id, words, by: doerOf(actor), lockId }
      const incident = openIncident(input, { ...facts, ...(loan && { loan }) }, now)
      await incidents.insert(incident)
      const to = lifecycleOfKind[input.kind]
      if (to) await moveDevice(devices, actor, device.id, { to, reason: number })
      if (loan?.state === 'active') await loans.dispute(actor, loan.id, id)
      await audit.record(actor, {
        action: 'incidents.report',
        on: { kind: 'incident', id },
        after: { number, kind: input.kind, deviceId: device.id, ...(loan && { loanId: loan.id }) },
      })
      return incident
    })
  }

  return {
    /**
     * A new case, or the open one when the same was reported before. A lost or stolen iPad goes into lost mode: that is
     * saved with the case and queued before this returns, or later when the channel fails.
     * @throws {DomainError} invalid `report-subject`, `police-number`, `happened-later`; conflict `device-gone`;
     * not-found for an unknown loan or iPad
     */
    async report(actor: Actor, input: ReportInput): Promise<Reported> {
      checkReport(input, clock.now())
      const device = await subjectOf(actor, input)
      if (device.lifecycle === 'retired' || device.lifecycle === 'handed-over') {
        throw new DomainError('conflict', 'device-gone', 'This iPad no longer belongs to the organisation.')
      }
      const claim = claimOf(input.kind, device.id)
      const known = await again(actor, input, claim)
      if (known) return known
      try {
        const opened = await open(actor, input, device)
        await effects.advanceQuietly(actor.organisationId, opened.id)
        return {
          incident: (await incidents.find(actor.organisationId, opened.id)) ?? opened,
          existing: false,
        }
      } catch (error) {
        // Two desks were told at the same moment: the other one has opened the case.
        const opened = isClaimed(error) ? await again(actor, input, claim) : undefined
        if (opened) return opened
        throw error
      }
    },
  }
}

function isClaimed(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'incident-claimed'
}
