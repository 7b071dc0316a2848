import { type TestFn } from 'ava'
import { startTestServer, type TestServer } from '../support/server.ts'

/**
 * One server for all tests of a file, because starting one makes keys for a long time. The function it gives answers
 * with the server and an empty organisation that no other test sees.
 */
export function oneServer(test: TestFn): () => Promise<TestServer> {
  const ends: (() => unknown)[] = []
  let server: TestServer | undefined
  test.before('the server starts', async () => {
    server = await startTestServer({ teardown: end => void ends.unshift(end) })
  })
  test.after.always('the server stops', async () => {
    for (const end of ends) await end()
  })
  return async () => {
    if (!server) throw new Error('The server has not started')
    const { id } = await server.ornkoll.organisations.create({
      name: 'Norrby kommun',
      language: 'sv',
      secondFactorFor: [],
    })
    return { ...server, organisationId: id }
  }
}
