import { type DriftCount } from '../apps/drift-count.ts'
import { type ApprovalSubject } from '../approvals/approval.ts'
import { type Approvals } from '../approvals/approvals.ts'
import { dayOf } from '../calendar-day.ts'
import { type Clock } from '../clock.ts'
import { type Command } from '../commands/command.ts'
import { type Devices } from '../devices/devices.ts'
import { isSilent } from '../devices/silence.ts'
import { type IncidentReading } from '../incidents/incident-reading.ts'
import { type Loans } from '../loans/loans.ts'
import { type SigningStatus } from '../signing/signing.ts'
import { type PushCertificates } from '../push/push-certificates.ts'
import { type Rollouts } from '../rollouts/rollouts.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { type Webhooks } from '../webhooks/webhooks.ts'
import {
  caseVariant,
  certificateSince,
  certificateVariant,
  strayedVariant,
  weekOf,
  weekStart,
  type Notice,
} from './notice.ts'

export interface GatheringDeps {
  readonly approvals: Pick<Approvals, 'list'>
  readonly reading: Pick<IncidentReading, 'list'>
  readonly loans: Pick<Loans, 'list'>
  readonly devices: Pick<Devices, 'list' | 'many'>
  readonly rollouts: Pick<Rollouts, 'stoppedByFailures' | 'heldVersions' | 'kept' | 'strayed'>
  readonly pushCertificates: Pick<PushCertificates, 'status'>
  /** How an organisation's profiles are signed. */
  readonly signingOf: (actor: Actor) => Promise<SigningStatus>
  /** Commands that people sent and an iPad refused, the newest first. */
  readonly failedSince: (organisationId: string, since: Date, limit: number) => Promise<Command[]>
  /** Webhooks whose receiver takes nothing, or is gone. */
  readonly failingWebhooks: (organisationId: string) => ReturnType<Webhooks['failing']>
  /** How many iPads differ from their app sets. */
  readonly appDrift: DriftCount
  readonly clock: Clock
}

export type Gathering = ReturnType<typeof createGathering>

const most = 50
/** What other processes did is seen within this time; what this one did at once. */
const keptMs = 15_000
const failedDays = 7
const answeredDays = 7
const mendedDays = 7

/** All that waits for people in an organisation, looked up at most every few seconds. */
export function createGathering(deps: GatheringDeps) {
  const { clock } = deps
  const kept = new Map<string, { readonly until: number; readonly notices: Promise<readonly Notice[]> }>()

  async function gather(organisationId: string): Promise<readonly Notice[]> {
    const actor = systemActor(organisationId)
    const now = clock.now()
    return [
      ...(await approvals(actor)),
      ...(await answers(actor, now)),
      ...(await cases(actor)),
      ...(await rollouts(actor, now)),
      ...(await certificates(now)),
      ...(await signing(actor, now)),
      ...(await commands(organisationId, now)),
      ...(await overdue(actor)),
      ...(await apps(organisationId, now)),
      ...(await silent(actor, now)),
      ...(await webhooks(organisationId)),
    ]
  }

  async function approvals(actor: Actor): Promise<Notice[]> {
    const { items } = await deps.approvals.list(actor, { state: 'waiting', limit: most })
    return items.map(approval => ({
      id: `approval ${approval.id}`,
      kind: 'approval',
      variant: approval.kind,
      approval,
      label: approval.subject.label,
      href: '/approvals',
      at: approval.requestedAt,
    }))
  }

  /** What became of requests, for a week; of one that was withdrawn whoever did it knows. */
  async function answers(actor: Actor, now: Date): Promise<Notice[]> {
    const since = now.getTime() - answeredDays * 86_400_000
    const { items } = await deps.approvals.list(actor, { limit: most })
    return items.flatMap((approval): Notice[] => {
      const { id, state, subject, decidedAt } = approval
      const isAnswer = state === 'approved' || state === 'refused' || state === 'expired'
      if (!isAnswer || decidedAt === undefined || decidedAt.getTime() < since) return []
      const words = { kind: 'answer', variant: state, label: subject.label, approval } as const
      return [{ ...words, id: `answer ${id}`, href: placeOf(subject), at: decidedAt }]
    })
  }

  async function cases(actor: Actor): Promise<Notice[]> {
    const { items } = await deps.reading.list(actor, { open: true, limit: most })
    return items.flatMap((incident): Notice[] => {
      const variant = caseVariant(incident)
      if (variant === undefined) return []
      const { id, number, reportedAt, escalated } = incident
      if (variant === 'escalated' && escalated) {
        const told = { kind: 'case', variant, label: number, href: `/theft/${id}` } as const
        // Handed up once more, it is told once more.
        return [{ ...told, id: `case ${id} escalated ${escalated.at.toISOString()}`, at: escalated.at }]
      }
      const words = { kind: 'case', variant, label: number, href: `/theft/${id}` } as const
      return [{ ...words, id: `case ${id} ${variant}`, at: reportedAt }]
    })
  }

  async function rollouts(actor: Actor, now: Date): Promise<Notice[]> {
    const stopped = (await deps.rollouts.stoppedByFailures(actor)).map(({ id, name, stopped }): Notice => ({
      // Stopped once more after it went on, it is told once more.
      id: `rollout ${id} ${stopped.at.toISOString()}`,
      kind: 'rollout',
      variant: 'stopped',
      label: name,
      href: `/profiles/rollouts/${id}?state=failed`,
      at: stopped.at,
    }))
    const held = (await deps.rollouts.heldVersions(actor)).map(({ assignmentId, name, number, since }) => ({
      ...({ id: `held ${assignmentId} ${number}`, kind: 'rollout', variant: 'held-version' } as const),
      label: name,
      href: `/profiles/rollouts/assignments/${assignmentId}`,
      at: since,
      count: number,
    }))
    const kept = (await deps.rollouts.kept(actor, most)).map(({ id, tag, deviceId, changedAt }) => ({
      ...({ id: `kept ${id} ${changedAt.toISOString()}`, kind: 'rollout', variant: 'kept' } as const),
      label: tag,
      href: `/devices/${deviceId}`,
      at: changedAt,
    }))
    return [...stopped, ...held, ...kept, ...(await strayed(actor, now))]
  }

  /** Profiles that iPads do not have as they were proven; what was sent again for that is told for a week. */
  async function strayed(actor: Actor, now: Date): Promise<Notice[]> {
    const since = new Date(now.getTime() - mendedDays * 86_400_000)
    return (await deps.rollouts.strayed(actor, since, most)).map((placement): Notice => {
      const { id, tag, deviceId, mendedAt, changedAt } = placement
      const variant = strayedVariant(placement)
      const at = variant === 'mended' ? (mendedAt ?? changedAt) : changedAt
      const about = { kind: 'rollout', variant, label: tag, href: `/devices/${deviceId}`, at } as const
      return { ...about, id: `${variant} ${id} ${at.toISOString()}` }
    })
  }

  async function certificates(now: Date): Promise<Notice[]> {
    const { expiresAt, certificate, mode } = await deps.pushCertificates.status()
    const place = { kind: 'certificate', label: 'Apple Push', href: '/settings/push' } as const
    // Nobody knows since when; what is told keeps still all the same.
    const missing = { id: 'certificate push missing', variant: 'missing', at: weekStart(now) }
    if (mode === 'off') return [{ ...place, ...missing }]
    const variant = certificateVariant(expiresAt, now)
    // The stand-in of a demo renews itself.
    if (variant === undefined || certificate !== 'uploaded') return []
    const id = `certificate push ${dayOf(expiresAt)} ${variant}`
    return [{ ...place, id, variant, at: certificateSince(expiresAt, variant), on: dayOf(expiresAt) }]
  }

  /** Only of a certificate that the organisation brought itself: the server renews its own. */
  async function signing(actor: Actor, now: Date): Promise<Notice[]> {
    const { uploaded } = await deps.signingOf(actor)
    if (!uploaded) return []
    const variant = certificateVariant(uploaded.expiresAt, now)
    if (variant === undefined) return []
    const on = dayOf(uploaded.expiresAt)
    const id = `certificate signing ${on} ${variant}`
    const place = { kind: 'certificate', label: '', href: '/settings/signing' } as const
    const at = certificateSince(uploaded.expiresAt, variant)
    return [{ ...place, id, variant: `signing-${variant}`, at, on }]
  }

  async function commands(organisationId: string, now: Date): Promise<Notice[]> {
    const since = new Date(now.getTime() - failedDays * 86_400_000)
    const failed = await deps.failedSince(organisationId, since, most)
    const tags = await tagsOf(
      systemActor(organisationId),
      failed.map(({ deviceId }) => deviceId),
    )
    return failed.map(({ id, deviceId, requestType, times }) => ({
      id: `command ${id}`,
      kind: 'command',
      variant: requestType,
      label: tags.get(deviceId) ?? '',
      href: `/devices/${deviceId}`,
      at: times.finishedAt ?? times.queuedAt,
    }))
  }

  async function overdue(actor: Actor): Promise<Notice[]> {
    const { items } = await deps.loans.list(actor, { overdue: true, limit: most })
    const tags = await tagsOf(
      actor,
      items.map(({ deviceId }) => deviceId),
    )
    return items.map(({ id, deviceId, dueOn, handedOutAt }) => ({
      id: `overdue ${id} ${dueOn ?? ''}`,
      kind: 'overdue',
      variant: 'loan',
      label: tags.get(deviceId) ?? '',
      href: `/devices/${deviceId}`,
      at: handedOutAt ?? clock.now(),
      ...(dueOn && { on: dueOn }),
    }))
  }

  /** Told anew in each week that it lasts, as one: a new set is at first on no iPad that it is meant for. */
  async function apps(organisationId: string, now: Date): Promise<Notice[]> {
    const count = await deps.appDrift.of(organisationId)
    if (count === 0) return []
    const words = { variant: 'differ', label: '', count, href: '/profiles/apps/drift', at: weekStart(now) }
    return [{ id: `apps ${weekOf(now)}`, kind: 'apps', ...words }]
  }

  async function silent(actor: Actor, now: Date): Promise<Notice[]> {
    const query = { management: 'enrolled', sort: 'lastSeenAt', descending: false, limit: most } as const
    const { items } = await deps.devices.list(actor, query)
    const { length: count } = items.filter(device => isSilent(device, now))
    if (count === 0) return []
    const href = '/devices?management=enrolled&sort=lastSeenAt'
    const words = { variant: count === most ? 'many' : 'some', label: '', count, href, at: weekStart(now) }
    return [{ id: `silent ${weekOf(now)}`, kind: 'silent', ...words }]
  }

  async function webhooks(organisationId: string): Promise<Notice[]> {
    return (await deps.failingWebhooks(organisationId)).map(({ id, host, why, since }) => ({
      id: `webhook ${id} ${since.toISOString()}`,
      kind: 'webhook',
      variant: why,
      label: host,
      href: `/settings/webhooks/${id}`,
      at: since,
    }))
  }

  async function tagsOf(actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = ids.length > 0 ? await deps.devices.many(actor, [...new Set(ids)]) : []
    return new Map(found.map(({ id, assetTag }) => [id, assetTag]))
  }

  return {
    of(organisationId: string): Promise<readonly Notice[]> {
      const now = clock.now().getTime()
      const last = kept.get(organisationId)
      if (last && now < last.until) return last.notices
      const notices = gather(organisationId)
      kept.set(organisationId, { until: now + keptMs, notices })
      notices.catch(() => kept.delete(organisationId))
      return notices
    },

    /** Something has changed in the organisation; the next look is a fresh one. */
    forget(organisationId: string): void {
      kept.delete(organisationId)
    },

    /** An app set has changed, and with it what iPads lack. */
    forgetApps(organisationId: string): void {
      deps.appDrift.forget(organisationId)
      kept.delete(organisationId)
    },
  }
}

/** Where whoever asked sees what becomes of it. */
function placeOf({ kind, id }: ApprovalSubject): string {
  if (kind === 'job') return `/jobs/${id}`
  return kind === 'incident' ? `/theft/${id}` : '/approvals'
}
