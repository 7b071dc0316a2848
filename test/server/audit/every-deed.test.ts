import test from 'ava'
import { type OpenApi } from '../../../server/api-description/openapi.ts'
import { judgeAnswer } from '../../support/answer-check.ts'
import { aSignedInAdministrator, liveAnApiDay } from '../../support/api-day.ts'
import { lookAtAll } from '../../support/api-looks.ts'
import { startTestServer, type TestServer } from '../../support/server.ts'
import { startTestApns } from '../../support/simulation.ts'
import { texts } from '../../../web-admin/texts/texts.ts'
import { aReceiver } from '../../support/webhook-receiver.ts'

/** Deeds that change nothing which anybody could ask about later, each with the reason. */
const leavesNothing: Readonly<Record<string, string>> = {
  'post /api/v1/profiles/check': 'looks at a file and keeps nothing',
  'put /api/v1/profile-drafts/{id}':
    'a draft is nobody’s word yet; that it was begun, kept, saved or thrown away is logged',
  'post /api/v1/me/second-factor/offer': 'shows a secret that nothing stores; taking it into use is logged',
  'post /api/v1/me/notices/read': 'one’s own mark that one has seen it; it waits all the same',
}

/** Deeds that cannot be done here, each with where they are done. */
const doneElsewhere: Readonly<Record<string, string>> = {
  'post /api/v1/me/invitations/{organisationId}/accept':
    'needs another organisation: test/server/staff/staff-editing.test.ts',
  'post /api/v1/me/invitations/{organisationId}/decline': 'needs another organisation, as accepting does',
  'post /api/v1/me/passkeys': 'needs an authenticator: test/journeys/passkeys-in-browser.test.ts',
  'post /api/v1/me/passkeys/options': 'asks the browser a question, on an address with TLS',
  'delete /api/v1/me/passkeys/{id}': 'needs a passkey: test/journeys/passkeys-in-browser.test.ts',
}

/** Looks that show nothing here, each with the reason. */
const notToSee: Readonly<Record<string, string>> = {}

/** Looks that leave an entry, with its deed; what is not named leaves none. */
const looksThatAreLogged: Readonly<Record<string, readonly string[]>> = {
  'get /api/v1/incidents/{id}': ['incidents.read'],
  'get /api/v1/incidents/{id}/positions': ['incidents.look-at-positions'],
  'get /api/v1/liability-forms/{id}/receipt.pdf': ['papers.read'],
  'get /api/v1/loans/{id}/return-receipt.pdf': ['papers.read'],
  'get /api/v1/people/{id}': ['people.read'],
  'get /api/v1/people/{id}/merge/{otherId}': ['people.read'],
  'get /api/v1/profiles/{id}/versions/{number}/file': ['profiles.export'],
  'get /api/v1/rights-report': ['staff.report'],
}

interface Entry {
  readonly action: string
  readonly on: { readonly kind: string }
}

/** What stands in the log, by the request that it was done for. */
async function entriesByRequest({ ornkoll }: TestServer): Promise<Map<string, Entry[]>> {
  const rows = ornkoll.connected.db.collection<Entry & { from?: { requestId?: string } }>('audit')
  const found = new Map<string, Entry[]>()
  for await (const { action, on, from } of rows.find()) {
    const requestId = from?.requestId ?? ''
    found.set(requestId, [...(found.get(requestId) ?? []), { action, on }])
  }
  return found
}

test('every operation that changes something is done once, and each leaves its entry in the log', async t => {
  t.timeout(300_000)
  const apns = await startTestApns(t)
  const env = { ...apns.env, ORNKOLL_PRIVATE_WEBHOOKS: 'accepted' }
  const server = await startTestServer(t, { env })
  const receiver = await aReceiver(t)
  const { organisationId } = server
  const day = await liveAnApiDay(t, {
    server,
    organisationId,
    mark: 'Ekeby',
    receiverUrl: receiver.url,
  })
  const auditor = await server.as('auditor')
  const { body: document } = await auditor.get<OpenApi>('/api/openapi.json')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  const wanted = operations.filter(operation => !operation.startsWith('get '))
  const tried = new Set(day.done.map(({ operation }) => operation))
  const untried = wanted.filter(operation => !tried.has(operation) && !(operation in doneElsewhere))
  t.deepEqual(untried, [], 'say in test/support/api-day.ts how these are done')

  const looker = await aSignedInAdministrator({ server, organisationId, mark: 'Tittar' })
  const looked = await lookAtAll(server, document, day, looker.cookie)
  const unseen = looked.filter(({ operation, answer }) => answer.status !== 200 && !(operation in notToSee))
  t.deepEqual(
    unseen.map(({ path, answer }) => `${path} ${answer.text}`),
    [],
    'every look has to show something',
  )

  // Each answer, of deeds and looks, is what the description says of it.
  const faults: string[] = []
  let held = 0
  for (const { operation, answer } of [...day.done, ...looked]) {
    const [method = '', template = ''] = operation.split(' ')
    const described = document.paths[template]?.[method]
    if (!described) {
      faults.push(`${operation} is not described`)
      continue
    }
    const judged = judgeAnswer(document, described, answer)
    if (judged.isHeldToSchema) held += 1
    faults.push(
      ...judged.faults.map(
        fault => `${operation} ${String(answer.status)} ${fault.replace(/\[\d+\]/g, '[]')}`,
      ),
    )
  }
  t.deepEqual([...new Set(faults)], [], 'these answers are not as the description says')
  t.true(held > 200)

  const events = await entriesByRequest(server)
  const silent: string[] = []
  const spoke = new Set<string>()
  const wordless = new Set<string>()
  for (const { operation, path, requestId } of day.done) {
    t.not(requestId, '', path)
    const entries = events.get(requestId) ?? []
    if (entries.length === 0) silent.push(operation)
    else spoke.add(operation)
    for (const { action, on } of entries)
      for (const key of [`audit.did.${action}`, `audit.kind.${on.kind}`])
        if (!(key in texts)) wordless.add(key)
  }
  t.deepEqual([...wordless], [], 'the page of the log has no words for these')
  const unexplained = [...new Set(silent)].filter(operation => !(operation in leavesNothing))
  t.deepEqual(unexplained, [], 'these changed something and left no entry')
  for (const operation of Object.keys(leavesNothing))
    t.false(spoke.has(operation), `${operation} is logged after all`)

  const told = Object.fromEntries(
    looked
      .map(
        ({ operation, requestId }) =>
          [operation, (events.get(requestId) ?? []).map(({ action }) => action)] as const,
      )
      .filter(([, actions]) => actions.length > 0),
  )
  t.deepEqual(told, looksThatAreLogged)
  t.log(
    `${String(wanted.length)} operations, ${String(day.done.length)} deeds, ${String(spoke.size)} kinds logged, ` +
      `${String(looked.length)} looks, ${String(held)} bodies held to their schema`,
  )
})
