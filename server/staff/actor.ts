import { type Role } from './rights.ts'

/**
 * Who is acting, and in which organisation. Every use case that changes or shows something takes it: the organisation
 * bounds what it can reach, the name goes to the audit log as it was on that day.
 */
export interface Actor {
  readonly kind: 'staff' | 'token' | 'system' | 'device'
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly roles: readonly Role[]
}

/** The product acting by itself: a reaction to an iPad, a job. */
export function systemActor(organisationId: string): Actor {
  return { kind: 'system', id: 'system', name: 'Örnkoll', organisationId, roles: [] }
}
