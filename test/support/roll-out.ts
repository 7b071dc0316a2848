import { type SimulatedIpad } from '../../scripts/simulate/simulated-ipad.ts'
import { type ApiClient } from './api-client.ts'
import { eventually } from './eventually.ts'
import { created } from './hand-out.ts'
import { enrolByLink, type Simulation } from './simulation.ts'

export interface RolloutAnswer {
  readonly id: string
  readonly assignmentId: string
  readonly state: string
  readonly kind: string
  readonly to?: number
  readonly from?: number
  readonly wave: number
  readonly waves: number
  readonly stopped?: { readonly because: string }
  readonly figures: Readonly<Record<string, number>>
}

export interface BegunAnswer {
  readonly assignment: { readonly id: string; readonly version: number; readonly pinned?: number }
  readonly rollout: RolloutAnswer
}

export interface ContentAnswer {
  readonly deviceId: string
  readonly assetTag: string
  readonly assignmentId: string
  readonly content: { readonly kind: string; readonly id: string }
  readonly keeps?: string
  readonly state: string
  readonly want: string
  readonly number: number
  readonly has?: { readonly number: number; readonly since: string }
  readonly commandId?: string
  readonly mendedAt?: string
  readonly hindrance?: { readonly code: string; readonly missing?: readonly string[] }
  readonly fault?: { readonly code: string; readonly words?: string }
}

export interface RegisteredIpad {
  readonly deviceId: string
  readonly ipad: SimulatedIpad
}

/** A registered iPad that has enrolled and waits for pushes. */
export async function anEnrolled(
  simulation: Simulation,
  desk: ApiClient,
  serialNumber: string,
  options: Parameters<Simulation['ipad']>[1] = {},
): Promise<RegisteredIpad> {
  const { id } = await created<{ id: string }>(desk, '/api/v1/devices', { serialNumber })
  const ipad = simulation.ipad(serialNumber, options)
  await enrolByLink(desk, id, ipad)
  return { deviceId: id, ipad }
}

/** The roll-out as soon as it is as wanted. */
export const rolloutOnce = (
  client: ApiClient,
  id: string,
  isGood: (rollout: RolloutAnswer) => boolean,
): Promise<RolloutAnswer> =>
  eventually(async () => (await client.get<RolloutAnswer>(`/api/v1/rollouts/${id}`)).body, isGood)

/** What is meant for an iPad. */
export async function contentsOf(client: ApiClient, deviceId: string): Promise<readonly ContentAnswer[]> {
  const answer = await client.get<{ items: ContentAnswer[] }>(`/api/v1/devices/${deviceId}/contents`)
  return answer.body.items
}

/** Label of the web clip that the iPad has, if it has the profile. */
export const has = ({ ipad }: RegisteredIpad, identifier: string): boolean =>
  ipad.state().profiles.some(profile => profile.identifier === identifier)
