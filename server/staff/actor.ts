import { type Language } from '../organisations/organisation.ts'
import { type Right, type Role } from './rights.ts'

/** People, programs by a token, the product by itself, iPads. */
export const actorKinds = ['staff', 'token', 'system', 'device'] as const
export type ActorKind = (typeof actorKinds)[number]

/**
 * Who is acting, and in which organisation. Every use case that changes or shows something takes it: the organisation
 * bounds what it can reach, the name goes to the audit log as it was on that day.
 */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly roles: readonly Role[]
  /** Of a token that may do less than its roles: no more of their rights than these. */
  readonly scopes?: readonly Right[]
  /**
   * Of a token: the person who made it and is responsible for what it does. Missing for one that was made on the
   * command line.
   */
  readonly behind?: Maker
  /** Of somebody at a page: the language they read it in. Programs are answered in Swedish. */
  readonly language?: Language
}

/** Somebody who made a token, as they were called on that day. */
export type Maker = Pick<Actor, 'id' | 'name'>

/** The id of the person responsible for a deed: a person and all their tokens count as one. */
export function answerableId({ id, behind }: Pick<Actor, 'id' | 'behind'>): string {
  return behind?.id ?? id
}

/** The account that answers for what the actor does, and what the actor is called now: to be kept with the deed. */
export function accountOf(actor: Pick<Actor, 'kind' | 'id' | 'name' | 'behind'>): {
  readonly id: string
  readonly name: string
} {
  return { id: answerableId(actor), name: actor.name }
}

/** Somebody as they were called, with the rights they had: what they asked for is done later in their name. */
export type Asker = Pick<Actor, 'kind' | 'id' | 'name' | 'behind' | 'roles' | 'scopes'>

interface Asking extends Pick<Actor, 'kind' | 'id' | 'name' | 'roles'> {
  readonly scopes?: readonly Right[] | undefined
  readonly behind?: Maker | undefined
}

/** What of `asking` is kept with a thing that is done later. */
export function askerOf({ kind, id, name, behind, roles, scopes }: Asking): Asker {
  return { kind, id, name, roles, ...(scopes && { scopes }), ...(behind && { behind }) }
}

/** The product acting by itself: a reaction to an iPad, a job. */
export function systemActor(organisationId: string): Actor {
  return { kind: 'system', id: 'system', name: 'Örnkoll', organisationId, roles: [] }
}
