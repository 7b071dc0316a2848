import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import { createApnsPusher } from '../../mdm/apns-pusher.ts'
import { makeTrialPush } from '../../mdm/certificates/trial-push.ts'
import { type PushTarget } from '../../mdm/push.ts'
import { startLocalApns } from '../../scripts/simulate/local-apns.ts'

const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const trial = makeTrialPush({ authority: ec(), push: rsa(), server: ec() }, 'com.apple.mgmt.External.7d1c', {
  now: new Date(Date.now()),
  randomBytes,
})
const pem = (key: ReturnType<typeof ec>) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

async function service(t: ExecutionContext, { inFlight = 100, answerTimeoutMs = 5000 } = {}) {
  const apns = await startLocalApns({
    certificate: trial.server.certificate.toString(),
    key: pem(trial.server.key),
  })
  const waits: number[] = []
  const pusher = createApnsPusher({
    certificate: trial.push.certificate.toString(),
    key: pem(trial.push.key),
    topic: trial.push.topic,
    host: apns.host,
    port: apns.port,
    authority: trial.authority.toString(),
    inFlight,
    answerTimeoutMs,
    now: () => new Date('2026-11-22T08:00:00Z'),
    newId: randomUUID,
    random: () => 0,
    wait: ms => {
      waits.push(ms)
      return Promise.resolve()
    },
  })
  t.teardown(() => pusher.close())
  t.teardown(() => apns.close())
  return { apns, pusher, waits }
}

const target = (enrolmentId: string, token = randomBytes(32)): PushTarget => ({
  enrolmentId,
  token,
  pushMagic: `MAGIC-${enrolmentId}`,
})
const hex = ({ token }: PushTarget) => Buffer.from(token).toString('hex')

test('a push carries the magic and nothing else, for a day, under the topic of the certificate', async t => {
  const { apns, pusher } = await service(t)
  const ipad = target('a')
  t.deepEqual([...(await pusher.wake([ipad]))], [['a', { kind: 'sent' }]])
  const [request] = apns.requests
  t.is(request?.body, '{"mdm":"MAGIC-a"}')
  t.is(request?.token, hex(ipad))
  t.is(request?.topic, trial.push.topic)
  t.is(request?.pushType, 'mdm')
  t.is(request?.priority, '10')
  t.is(request?.expiration, Date.parse('2026-11-23T08:00:00Z') / 1000)
})

test('an iPad that listens gets the push, and one that comes later the newest', async t => {
  const { apns, pusher } = await service(t)
  const ipad = target('a')
  const heard: string[] = []
  await pusher.wake([ipad])
  await pusher.wake([{ ...ipad, pushMagic: 'SECOND' }])
  const stop = apns.subscribe(hex(ipad), push => heard.push(push.magic))
  t.deepEqual(heard, ['SECOND'])
  await pusher.wake([ipad])
  t.deepEqual(heard, ['SECOND', 'MAGIC-a'])
  stop()
  await pusher.wake([ipad])
  t.deepEqual(heard, ['SECOND', 'MAGIC-a'])
})

for (const kind of ['unregistered', 'bad-device-token'] as const)
  test(`a token that Apple calls ${kind} is dead at once, and the others are woken`, async t => {
    const { apns, pusher, waits } = await service(t)
    const [gone, well] = [target('gone'), target('well')]
    apns.misbehave({ kind }, { token: hex(gone) })
    const outcomes = await pusher.wake([gone, well])
    t.deepEqual(outcomes.get('gone'), { kind: 'unregistered' })
    t.deepEqual(outcomes.get('well'), { kind: 'sent' })
    t.deepEqual(waits, [])
    t.is(apns.requests.length, 2)
  })

test('a busy service is asked again no sooner than it said', async t => {
  const { apns, pusher, waits } = await service(t)
  apns.misbehave({ kind: 'too-many-requests', retryAfterSeconds: 7 }, { times: 1 })
  t.deepEqual((await pusher.wake([target('a')])).get('a'), { kind: 'sent' })
  t.deepEqual(waits, [7000])
  t.deepEqual(
    apns.requests.map(({ status }) => status),
    [429, 200],
  )
})

test('a service that asks for minutes is left to the queue', async t => {
  const { apns, pusher, waits } = await service(t)
  apns.misbehave({ kind: 'too-many-requests', retryAfterSeconds: 600 })
  const outcome = (await pusher.wake([target('a')])).get('a')
  t.deepEqual(outcome, { kind: 'retry', afterSeconds: 600, reason: 'TooManyRequests' })
  t.deepEqual(waits, [])
  t.is(apns.requests.length, 1)
})

test('a service that is down is asked four times, each time later', async t => {
  const { apns, pusher, waits } = await service(t)
  apns.misbehave({ kind: 'unavailable' })
  t.is((await pusher.wake([target('a')])).get('a')?.kind, 'retry')
  t.deepEqual(waits, [500, 1000, 2000])
  t.is(apns.requests.length, 4)
  t.is(new Set(apns.requests.map(({ id }) => id)).size, 1, 'and every time under the same id')
})

test('a push that a closing session took down is sent again', async t => {
  const { apns, pusher } = await service(t)
  apns.misbehave({ kind: 'goaway' }, { times: 1 })
  t.deepEqual((await pusher.wake([target('a')])).get('a'), { kind: 'sent' })
  t.deepEqual(
    apns.requests.map(({ status }) => status),
    [0, 200],
  )
})

test('silence ends after the time allowed', async t => {
  const { apns, pusher } = await service(t, { answerTimeoutMs: 1000 })
  apns.misbehave({ kind: 'silence' }, { times: 1 })
  t.deepEqual((await pusher.wake([target('a')])).get('a'), { kind: 'sent' })
  t.true(apns.requests.length > 1, 'asked again, on a busy machine more than once')
})

test('a service that cannot be reached is a reason to try again, not a fault', async t => {
  const { apns, pusher } = await service(t)
  await apns.close()
  apns.close = () => Promise.resolve()
  t.is((await pusher.wake([target('a')])).get('a')?.kind, 'retry')
})

test("another topic than the certificate's is our mistake and not tried again", async t => {
  const apns = await startLocalApns({
    certificate: trial.server.certificate.toString(),
    key: pem(trial.server.key),
  })
  t.teardown(() => apns.close())
  const pusher = createApnsPusher({
    certificate: trial.push.certificate.toString(),
    key: pem(trial.push.key),
    topic: 'com.apple.mgmt.External.other',
    host: apns.host,
    port: apns.port,
    authority: trial.authority.toString(),
    inFlight: 1,
    answerTimeoutMs: 5000,
    now: () => new Date('2026-11-22T08:00:00Z'),
    newId: randomUUID,
    random: () => 0,
    wait: () => t.fail('it waited'),
  })
  t.teardown(() => pusher.close())
  t.deepEqual((await pusher.wake([target('a')])).get('a'), { kind: 'refused', reason: 'TopicDisallowed' })
})

test('three thousand pushes at once all go out', async t => {
  const { apns, pusher } = await service(t, { inFlight: 200 })
  const outcomes = await pusher.wake(Array.from({ length: 3000 }, (_, index) => target(String(index))))
  t.is([...outcomes.values()].filter(({ kind }) => kind === 'sent').length, 3000)
  t.is(apns.requests.length, 3000)
})

test('no more pushes are under way than allowed', async t => {
  const { apns, pusher } = await service(t, { inFlight: 1, answerTimeoutMs: 1500 })
  apns.misbehave({ kind: 'silence' }, { times: 1 })
  await pusher.wake([target('a'), target('b')])
  const [first, second] = apns.requests
  t.true((second?.at.getTime() ?? 0) - (first?.at.getTime() ?? 0) >= 500)
})
