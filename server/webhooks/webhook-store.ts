import { type Trouble } from './circuit.ts'
import { type Delivery } from './delivery.ts'
import { type EventType, type Webhook } from './webhook.ts'

export interface WebhookStore {
  insert(webhook: Webhook): Promise<void>
  find(organisationId: string, id: string): Promise<Webhook | undefined>
  /** Lets one transaction at a time add one: others that try run again after it. */
  hold(organisationId: string): Promise<void>
  /** The oldest first. */
  list(organisationId: string): Promise<Webhook[]>
  /** False when it was changed since `version`. */
  save(webhook: Webhook, version: number): Promise<boolean>
  /** Says how the receiver at this address does; no edit, so the version stays. Nothing where it has another by now. */
  noteTrouble(
    webhook: Pick<Webhook, 'organisationId' | 'id' | 'url'>,
    trouble: Trouble | undefined,
  ): Promise<void>
  /** With everything that was on its way. */
  remove(organisationId: string, id: string): Promise<void>
  /** The active ones that want to hear of it. */
  listening(organisationId: string, type: EventType): Promise<Webhook[]>
}

export interface DeliveryStore {
  /** One that is there already stays as it is. */
  add(delivery: Delivery): Promise<void>
  find(organisationId: string, id: string): Promise<Delivery | undefined>
  /** The newest first, older than `before`; those alone that stand as `state` says. */
  list(organisationId: string, webhookId: string, page: DeliveryPage): Promise<Delivery[]>
  /** Those whose time has come, in every organisation, to other webhooks than `without`; the longest due first. */
  due(now: Date, wanted: { readonly limit: number; readonly without: readonly string[] }): Promise<Delivery[]>
  /** Takes a due delivery until `until`; undefined when another instance was first. */
  claim(delivery: Delivery, until: Date): Promise<Delivery | undefined>
  save(delivery: Delivery): Promise<void>
  /** Saves what came of a claimed one, unless somebody has done something else with it since. */
  saveClaimed(delivery: Delivery, claimedUntil: Date): Promise<void>
  /** Makes those due that were held. */
  release(organisationId: string, webhookId: string, now: Date): Promise<void>
}

interface DeliveryPage {
  readonly limit: number
  readonly before?: Pick<Delivery, 'createdAt' | 'id'> | undefined
  readonly state?: Delivery['state'] | undefined
}
