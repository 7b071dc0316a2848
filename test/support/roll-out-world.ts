import anyTest, { type TestFn } from 'ava'
import { type ApiClient } from './api-client.ts'
import { clipIdentifier, profileDesk, webClip, type ProfileDesk } from './approved-profile.ts'
import { eventually } from './eventually.ts'
import { created } from './hand-out.ts'
import {
  anEnrolled,
  contentsOf,
  type BegunAnswer,
  type ContentAnswer,
  type RegisteredIpad,
} from './roll-out.ts'
import { fewKeys, startSimulation, type Simulation } from './simulation.ts'

export interface Refusal {
  readonly error: { readonly code: string; readonly message: string }
}

interface RollOutWorld {
  readonly simulation: Simulation
  readonly desk: ProfileDesk
  readonly admin: ApiClient
  readonly enrolled: (options?: Parameters<Simulation['ipad']>[1]) => Promise<RegisteredIpad>
  /** An approved profile with an identifier of its own. */
  readonly profile: (title?: string) => Promise<{ id: string; identifier: string }>
  readonly assign: (id: string, ipads: readonly RegisteredIpad[], more?: object) => Promise<BegunAnswer>
}

/** Every wave at once. */
export const alone = { waves: [] }

/** What the one content of the iPad has come to. */
export const only = async (
  admin: ApiClient,
  { deviceId }: RegisteredIpad,
): Promise<ContentAnswer | undefined> => (await contentsOf(admin, deviceId))[0]

export const onceIs = (admin: ApiClient, ipad: RegisteredIpad, state: string) =>
  eventually(
    () => only(admin, ipad),
    content => content?.state === state,
  )

/** Tests of one file on one server, with iPads that enrol as they are needed. */
export function rollOutTests(): TestFn<RollOutWorld> {
  const test = anyTest as TestFn<RollOutWorld>
  const ends: (() => unknown)[] = []

  test.before(async t => {
    const simulation = await startSimulation({ teardown: end => void ends.push(end) })
    const desk = await profileDesk(simulation.server)
    const { admin } = desk
    let made = 0
    t.context = {
      simulation,
      desk,
      admin,
      enrolled: options =>
        anEnrolled(simulation, admin, `DMPR${String((made += 1)).padStart(8, '0')}`, {
          keys: fewKeys,
          ...options,
        }),
      profile: async (title = 'Intranät') => {
        const identifier = `${clipIdentifier}.${(made += 1)}`
        return { id: await desk.profile(title, webClip(title, identifier)), identifier }
      },
      assign: (id, ipads, more = {}) =>
        created<BegunAnswer>(admin, '/api/v1/assignments', {
          content: { id },
          target: { kind: 'devices', deviceIds: ipads.map(({ deviceId }) => deviceId) },
          plan: alone,
          ...more,
        }),
    }
  })
  test.after.always(async () => {
    for (const end of ends.reverse()) await end()
  })
  return test
}
