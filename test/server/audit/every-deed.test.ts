import test from 'ava'
import { type OpenApi } from '../../../server/api-description/openapi.ts'
import { liveAnApiDay } from '../../support/api-day.ts'
import { startTestServer } from '../../support/server.ts'
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
  const wanted = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter(method => method !== 'get')
      .map(method => `${method} ${path}`),
  )
  const tried = new Set(day.done.map(({ operation }) => operation))
  const untried = wanted.filter(operation => !tried.has(operation) && !(operation in doneElsewhere))
  t.deepEqual(untried, [], 'say in test/support/api-day.ts how these are done')

  const silent: string[] = []
  const spoke = new Set<string>()
  const wordless = new Set<string>()
  for (const { operation, path, requestId } of day.done) {
    t.not(requestId, '', path)
    const found = await auditor.get<{ items: { action: string; on: { kind: string } }[] }>(
      `/api/v1/audit?requestId=${requestId}`,
    )
    const events = found.body.items
    if (events.length === 0) silent.push(operation)
    else spoke.add(operation)
    for (const { action, on } of events)
      for (const key of [`audit.did.${action}`, `audit.kind.${on.kind}`])
        if (!(key in texts)) wordless.add(key)
  }
  t.deepEqual([...wordless], [], 'the page of the log has no words for these')
  const unexplained = [...new Set(silent)].filter(operation => !(operation in leavesNothing))
  t.deepEqual(unexplained, [], 'these changed something and left no entry')
  for (const operation of Object.keys(leavesNothing))
    t.false(spoke.has(operation), `${operation} is logged after all`)
  t.log(
    `${String(wanted.length)} operations, ${String(day.done.length)} deeds, ${String(spoke.size)} kinds logged`,
  )
})
