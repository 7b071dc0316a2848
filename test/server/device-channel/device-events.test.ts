import test from 'ava'
import { createDeviceEvents } from '../../../server/device-channel/device-events.ts'
import { createMongoDeviceEventStore } from '../../../server/device-channel/mongo-device-event-store.ts'
import { newUuid } from '../../../server/ids.ts'
import { openTestDatabase } from '../../support/database.ts'

const now = new Date('2026-03-02T12:00:00Z')
const enrolled = { organisationId: 'o', deviceId: 'd', at: now, kind: 'enrolled' } as const

async function twoLives(t: Parameters<typeof openTestDatabase>[0]) {
  const { tables } = await openTestDatabase(t)
  const store = createMongoDeviceEventStore(tables)
  await tables.prepare()
  const heard: string[] = []
  const deeds: string[] = []
  const faults: string[] = []
  const life = (name: string, works: () => boolean = () => true) => {
    const events = createDeviceEvents({
      store,
      audit: {
        record: ({ kind, id }, { action, after }) => {
          const { requestType = '' } = (after ?? {}) as { requestType?: string }
          deeds.push(`${kind} ${id} ${action} ${requestType}`.trim())
          return Promise.resolve()
        },
      },
      clock: { now: () => now },
      newId: newUuid,
      noteFault: (_error, _event, subscriber) => faults.push(subscriber),
    })
    for (const subscriber of ['apply', 'lock'])
      events.subscribe(subscriber, event => {
        if (!works()) return Promise.reject(new Error('not now'))
        heard.push(`${name} ${subscriber} ${event.kind}`)
        return Promise.resolve()
      })
    return events
  }
  return { life, heard, deeds, faults, pending: () => store.pending(new Date(now.getTime() + 1), 10) }
}

test('what a crash left untold a moment ago is told at the next start, and then never again', async t => {
  const { life, heard, pending } = await twoLives(t)
  await life('first').record(enrolled)
  const second = life('second')
  // The round of each minute leaves it to the one who may just be telling it.
  await second.resume()
  t.deepEqual(heard, [])
  await second.resume('all')
  t.deepEqual(heard, ['second apply enrolled', 'second lock enrolled'])
  t.deepEqual(await pending(), [])
  await second.resume('all')
  t.is(heard.length, 2)
})

test('what fails at the start stays for later, and the end waits for what is being told', async t => {
  const { life, heard, faults, pending } = await twoLives(t)
  await life('first').record(enrolled)
  const second = life('second', () => false)
  void second.resume('all')
  await second.idle()
  t.deepEqual(heard, [])
  t.deepEqual(faults, ['apply', 'lock'])
  t.deepEqual((await pending())[0]?.pendingFor, ['apply', 'lock'])
})

test('the log is told who came and went and what became of a lock, once each, and nothing of other answers', async t => {
  const { life, deeds } = await twoLives(t)
  const events = life('first')
  const at = { organisationId: 'o', deviceId: 'd', at: now }
  const answer = (requestType: string, outcome: 'acknowledged' | 'failed' | 'cancelled' | 'expired') =>
    ({ ...at, kind: 'command-finished', commandId: 'c', requestType, outcome }) as const
  await events.record(enrolled)
  await events.record(answer('EnableLostMode', 'acknowledged'))
  await events.record(answer('EraseDevice', 'failed'))
  await events.record(answer('EraseDevice', 'cancelled'))
  await events.record(answer('DeviceInformation', 'acknowledged'))
  await events.record({ ...at, kind: 'authenticated' })
  await events.record({ ...at, kind: 'checked-out' })
  await life('second').resume('all')
  t.deepEqual(deeds, [
    'device d devices.enrolled',
    'device d devices.obeyed EnableLostMode',
    'device d devices.refused EraseDevice',
    'device d devices.checked-out',
  ])
})
