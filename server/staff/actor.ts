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
  /**
   * Of a token: the person who made it and is responsible for what it does. Missing for one that was made on the
   * command line.
   */
  readonly behind?: Maker
}

/** Somebody who made a token, as they were called on that day. */
export type Maker = Pick<Actor, 'id' | 'name'>

/** The id of the person responsible for a deed: a person and all their tokens count as one. */
export function answerableId({ id, behind }: Pick<Actor, 'id' | 'behind'>): string {
  return behind?.id ?? id
}

/** The product acting by itself: a reaction to an iPad, a job. */
export function systemActor(organisationId: string): Actor {
  return { kind: 'system', id: 'system', name: 'Örnkoll', organisationId, roles: [] }
}
