import { DomainError } from '../domain-error.ts'
import { type MandateRole } from '../mandates/mandate.ts'
import { type ContentRef } from './content.ts'
import { type WavePlan } from './wave-plan.ts'

/** What should be on which iPads until it is ended. How it gets there is a matter of roll-outs. */
export interface Assignment {
  readonly id: string
  readonly organisationId: string
  readonly content: ContentRef
  readonly target: Target
  /** iPads that it leaves out, whatever the target says. */
  readonly excludedDeviceIds: readonly string[]
  /** Always this version; without it always the newest approved one. */
  readonly pinned?: number
  /** The version that every iPad it reaches is to have; missing until a first roll-out has opened its last wave. */
  readonly stable?: number
  /** The roll-out that is under way or stopped. */
  readonly rolloutId?: string
  /** How its versions are rolled out, unless somebody says otherwise. */
  readonly plan: WavePlan
  readonly state: 'active' | 'ended'
  readonly createdAt: Date
  readonly createdBy: { readonly id: string; readonly name: string }
  readonly version: number
}

/** Whom it is for. Body and role are those of the holder on that day. */
export type Target =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'body'; readonly bodyId: string }
  | { readonly kind: 'role'; readonly role: MandateRole }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'devices'; readonly deviceIds: readonly string[] }

/** From the widest to the narrowest: of two that reach the same iPad with the same content the narrower decides. */
export const targetKinds = ['organisation', 'body', 'role', 'label', 'devices'] as const
export type TargetKind = (typeof targetKinds)[number]

/** Where an iPad stands on a day, as far as targets look at it. */
export interface Standing {
  readonly deviceId: string
  /** The bodies it is lent for, and those in which its holder has a mandate that day. */
  readonly bodyIds: readonly string[]
  /** In which its holder sits that day. */
  readonly roles: readonly MandateRole[]
  readonly labels: readonly string[]
}

/** Whether the assignment reaches the iPad. */
export function reaches(
  { target, excludedDeviceIds }: Pick<Assignment, 'target' | 'excludedDeviceIds'>,
  standing: Standing,
): boolean {
  if (excludedDeviceIds.includes(standing.deviceId)) return false
  switch (target.kind) {
    case 'organisation':
      return true
    case 'body':
      return standing.bodyIds.includes(target.bodyId)
    case 'role':
      return standing.roles.includes(target.role)
    case 'label':
      return standing.labels.includes(target.label)
    case 'devices':
      return target.deviceIds.includes(standing.deviceId)
  }
}

/** The assignments in the order in which they are asked: the narrowest first, of two alike the newer. */
export function inOrderOfWeight<A extends Pick<Assignment, 'target' | 'createdAt'>>(
  assignments: readonly A[],
): A[] {
  const width = ({ target }: A) => targetKinds.indexOf(target.kind)
  return assignments.toSorted((a, b) => width(b) - width(a) || b.createdAt.getTime() - a.createdAt.getTime())
}

/** The assignment when it leaves out `deviceIds` and no others, and the iPads that go out or come in by it. */
export function leavingOut(
  assignment: Assignment,
  deviceIds: readonly string[],
): { readonly after: Assignment; readonly leftOut: string[]; readonly letIn: string[] } {
  const before = assignment.excludedDeviceIds
  const excludedDeviceIds = [...new Set(deviceIds)]
  return {
    after: { ...assignment, excludedDeviceIds, version: assignment.version + 1 },
    leftOut: excludedDeviceIds.filter(id => !before.includes(id)),
    letIn: before.filter(id => !excludedDeviceIds.includes(id)),
  }
}

/** What tells two targets apart. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'organisation':
      return target.kind
    case 'body':
      return `body/${target.bodyId}`
    case 'role':
      return `role/${target.role}`
    case 'label':
      return `label/${target.label}`
    case 'devices':
      return `devices/${[...target.deviceIds].sort().join(',')}`
  }
}

/**
 * The target as it is kept: no iPad twice, labels in their one form.
 * @throws {DomainError} invalid `target-empty` when no iPad is named
 */
export function normalTarget(target: Target): Target {
  if (target.kind === 'label') return { kind: 'label', label: normalLabel(target.label) }
  if (target.kind !== 'devices') return target
  const deviceIds = [...new Set(target.deviceIds)]
  if (deviceIds.length === 0)
    throw new DomainError('invalid', 'target-empty', 'Enter at least one iPad.', [
      { path: 'target', message: 'Enter at least one iPad.' },
    ])
  return { kind: 'devices', deviceIds }
}

/** A label in its one form: small letters, one blank between words. */
export function normalLabel(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLocaleLowerCase('sv')
}

/**
 * Refuses what nobody can change any more.
 * @throws {DomainError} conflict `assignment-ended`
 */
export function mustBeActive(assignment: Assignment): void {
  if (assignment.state === 'active') return
  throw new DomainError('conflict', 'assignment-ended', 'This assignment has ended. Create a new one.')
}
