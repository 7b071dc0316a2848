import { type CallOrigin } from '../call-origin.ts'
import { type Actor, type ActorKind } from '../staff/actor.ts'

/** One thing that happened, never changed afterwards. `before` and `after` hold no secrets. */
export interface AuditEvent {
  readonly id: string
  readonly organisationId: string
  readonly at: Date
  /** As they were called then; for a token also who made it. */
  readonly actor: Pick<Actor, 'kind' | 'id' | 'name' | 'behind'>
  /** Slice and deed, e.g. `loans.sign`, `incidents.report`, `wipe.approve`. */
  readonly action: string
  readonly on: { readonly kind: string; readonly id: string }
  readonly reason?: string
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
  /** The request or job that it was done for. */
  readonly from?: CallOrigin
}

/** An event with its place in the chain of its organisation; see `audit-chain.ts`. Missing for the first moments. */
export interface ListedEvent extends AuditEvent {
  readonly sequence?: number
}

/** What a use case tells the log; who, where and when are added by the log. */
export type AuditEntry = Pick<AuditEvent, 'action' | 'on' | 'reason' | 'before' | 'after'> & {
  /** Another organisation did it: from where is its own affair. */
  readonly elsewhere?: true
}

/** Writing to the log. Called inside the transaction of the change, so that neither is saved without the other. */
export interface Audit {
  record(actor: Actor, entry: AuditEntry): Promise<void>
}

/** Which events are wanted; everything that is named must hold. */
export interface AuditFilter {
  /** Id of the one who did it, or part of the name as it was. */
  readonly who?: string | undefined
  /** What sort of actor it was: a person, a program, an iPad, or the product by itself. */
  readonly by?: ActorKind | undefined
  /** The deed, or the beginning of it: `loans`, `loans.sign`. */
  readonly action?: string | undefined
  /** Any of these deeds, each by its whole name. */
  readonly actions?: readonly string[] | undefined
  readonly kind?: string | undefined
  readonly id?: string | undefined
  /** Any of these, in place of `id`. */
  readonly ids?: readonly string[] | undefined
  readonly from?: Date | undefined
  /** Not included. */
  readonly to?: Date | undefined
  readonly requestId?: string | undefined
}

export interface AuditPage extends AuditFilter {
  readonly limit: number
  /** The last event that was read. */
  readonly beyond?: Pick<AuditEvent, 'at' | 'id'> | undefined
  readonly oldestFirst?: boolean | undefined
}

/** Reading the log. */
export interface AuditReader {
  /** The newest events first, or the oldest; those that follow `beyond` when given. */
  list(organisationId: string, page: AuditPage): Promise<ListedEvent[]>
}

export interface AuditSummary {
  /** When the newest of the wanted events happened to each thing, by its id; nothing of those to which none happened. */
  latest(organisationId: string, wanted: AuditFilter): Promise<ReadonlyMap<string, Date>>
}

/** What the log stores instead of a secret that it was given by mistake. */
export const withheld = '•••'

const secretNames =
  /^(?:.*password.*|.*secret.*|.*passcode.*|.*privatekey.*|token|.*[a-z]Token|pushMagic|challenge|key|authorization|cookie|strokes|signature|recoveryCodes?)$/i

/** `fields` without what a name gives away as a secret, at any depth. A guard: callers give none in the first place. */
export function withoutSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretNames.test(name) && isContent(value) ? withheld : inner(value),
    ]),
  )
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner)
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  return isPlain ? withoutSecrets(value as Record<string, unknown>) : value
}

/** Whether it is set says nothing; what it is would. */
const isContent = (value: unknown) => value !== undefined && value !== null && typeof value !== 'boolean'
