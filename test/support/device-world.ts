import { type ExecutionContext, type TestFn } from 'ava'
import { type ApiClient } from './api-client.ts'
import { anEnrolledIpad, aProtocolIpad, type ProtocolIpad } from './protocol-ipad.ts'
import { startTestServer, type TestServer } from './server.ts'
import { startTestApns } from './simulation.ts'

interface DeviceWorld {
  readonly server: TestServer
  readonly apns: Awaited<ReturnType<typeof startTestApns>>
  /** An administrator's program. */
  readonly desk: ApiClient
  /** A registered iPad of its own for each call, with an identity, that has said nothing. */
  readonly newIpad: () => Promise<ProtocolIpad>
  /** One that has enrolled. */
  readonly enrolledIpad: (written?: { readonly ownership: 'personal' }) => Promise<ProtocolIpad>
  /** The pushes that went out to an iPad, answered or not; one that a busy machine made go twice is one. */
  readonly pushesTo: (ipad: ProtocolIpad) => number
}

/**
 * One server and push service for the tests of a file: starting them costs more than a test. Each test has iPads of its
 * own, and nothing that it does to them reaches the others.
 */
export function deviceWorld(test: TestFn): () => DeviceWorld {
  let world: DeviceWorld | undefined
  const ends: (() => unknown)[] = []
  test.before('a server and a push service', async () => {
    world = await startDeviceWorld({ teardown: end => void ends.push(end) })
  })
  test.after.always('and they stop', async () => {
    for (const end of ends.reverse()) await end()
  })
  return () => {
    if (!world) throw new Error('The server has not started')
    return world
  }
}

export async function startDeviceWorld(
  t: Pick<ExecutionContext, 'teardown'>,
  options: Parameters<typeof startTestServer>[1] = {},
): Promise<DeviceWorld> {
  const apns = await startTestApns(t)
  const server = await startTestServer(t, { ...options, env: { ...apns.env, ...options.env } })
  const desk = await server.as('admin')
  let made = 0
  const serialNumber = () => `DMPZ${String((made += 1)).padStart(8, '0')}`
  return {
    server,
    apns,
    desk,
    newIpad: () => aProtocolIpad(server.url, desk, { serialNumber: serialNumber() }),
    enrolledIpad: written => anEnrolledIpad(server.url, desk, { serialNumber: serialNumber(), ...written }),
    pushesTo: ipad => {
      const token = ipad.token.toString('hex')
      return new Set(apns.requests.filter(each => each.token === token).map(({ id }) => id)).size
    },
  }
}

/** Waits until `done` says so; fails after half a minute, for busy machines. For effects that come after the answer. */
export async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await done())) {
    if (Date.now() > end) throw new Error('It did not happen within half a minute')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
