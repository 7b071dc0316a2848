import test, { type ExecutionContext } from 'ava'
import { cameFromNowhere } from '../../../server/staff/session.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { codeAt, stepOf } from '../../../server/staff/totp.ts'
import { startTestServer } from '../../support/server.ts'

const password = 'fyra korta vanliga ord'
const email = 'asta@example.se'

/** Asta with an app, on a server whose clock the test moves. */
async function astaWithApp(t: ExecutionContext) {
  const time = { now: new Date('2026-11-22T09:00:05Z') }
  const server = await startTestServer(t, { clock: { now: () => time.now } })
  const { staff, signIn, secondFactor, secondStep } = server.ornkoll
  const actor = systemActor(server.organisationId)
  const wanted = { name: 'Asta Lind', email, password, language: 'sv', roles: ['admin'] } as const
  const { id } = await staff.add(actor, wanted)
  const offer = await secondFactor.offer(id)
  const secret = fromBase32(offer.key)
  const codes = await secondFactor.accept(id, {
    sealed: offer.sealed,
    code: codeAt(secret, stepOf(time.now)),
  })
  const later = (seconds: number) => (time.now = new Date(time.now.getTime() + seconds * 1000))
  return {
    server,
    id,
    actor,
    codes,
    signIn,
    secondFactor,
    later,
    now: () => codeAt(secret, stepOf(time.now)),
    begin: () => signIn.begin({ email, password }, cameFromNowhere),
    answer: (waiting: string, code: string) => secondStep.answer(waiting, code, cameFromNowhere),
  }
}

async function code(t: ExecutionContext, work: Promise<unknown>): Promise<string> {
  const error = await t.throwsAsync(work)
  return (error as { code?: string } | undefined)?.code ?? ''
}

test('a password alone opens nothing where there is an app; the code opens it once', async t => {
  const { signIn, begin, answer, later, now } = await astaWithApp(t)
  const { secret, waitsFor } = await begin()
  t.is(waitsFor, 'second-factor')
  t.is(await signIn.whoHas(secret), undefined)
  t.is(await code(t, answer(secret, now())), 'wrong-code', 'the code that set the app up is used')
  later(30)
  const used = now()
  const opened = await answer(secret, used)
  t.deepEqual((await signIn.whoHas(opened))?.session.methods, ['password', 'code'])
  t.is(await signIn.whoHas(secret), undefined, 'the waiting session does not become the open one')
  t.is(await code(t, answer(secret, now())), 'sign-in-over')
  const again = await begin()
  t.is(await code(t, answer(again.secret, used)), 'wrong-code')
})

test('of the same code at one moment twice, one opens', async t => {
  const { begin, answer, later, now } = await astaWithApp(t)
  later(30)
  const [first, second] = [await begin(), await begin()]
  const tries = await Promise.allSettled([answer(first.secret, now()), answer(second.secret, now())])
  t.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

test('wrong codes lock the account as wrong passwords do, and a right password in between does not help', async t => {
  const { begin, answer } = await astaWithApp(t)
  const seen: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const { secret } = await begin()
    for (let number = 0; number < 2; number += 1) {
      seen.push(await code(t, answer(secret, String(100_000 + number))))
      if (seen.at(-1) === 'account-locked') break
    }
    if (seen.length >= 5) break
  }
  t.deepEqual(
    seen,
    Array.from({ length: 5 }, () => 'wrong-code')
      .concat('account-locked')
      .slice(0, seen.length),
  )
  t.is(await code(t, begin()), 'account-locked')
})

test('a waiting session is over after ten minutes', async t => {
  const { begin, answer, later, now } = await astaWithApp(t)
  const { secret } = await begin()
  later(600)
  t.is(await code(t, answer(secret, now())), 'sign-in-over')
})

test('each of ten recovery codes opens once, however it is typed', async t => {
  const { begin, answer, codes, secondFactor, id } = await astaWithApp(t)
  t.is(new Set(codes).size, 10)
  const [one = '', two = ''] = codes
  const { secret } = await begin()
  t.truthy(await answer(secret, ` ${one.toUpperCase().replaceAll('-', ' ')} `))
  t.is(await code(t, answer((await begin()).secret, one)), 'wrong-code')
  t.truthy(await answer((await begin()).secret, two))
  t.is((await secondFactor.state(id)).codesLeft, 8)
  const fresh = await secondFactor.newCodes(id)
  t.is(await code(t, answer((await begin()).secret, codes[2] ?? '')), 'wrong-code')
  t.truthy(await answer((await begin()).secret, fresh[0] ?? ''))
})

test('an administrator takes the second step away, and every session ends', async t => {
  const { server, actor, id, signIn, begin, answer, later, now, secondFactor } = await astaWithApp(t)
  later(30)
  const opened = await answer((await begin()).secret, now())
  await secondFactor.removeOf(actor, id)
  t.is(await signIn.whoHas(opened), undefined)
  t.is((await begin()).waitsFor, undefined)
  const { body } = await (await server.as('admin')).get<{ items: { action: string }[] }>('/api/v1/audit')
  t.true(body.items.some(({ action }) => action === 'staff.second-factor-remove'))
})

test('an offer of somebody else, a forged and an old one set nothing up', async t => {
  const { server, actor, secondFactor, later, id } = await astaWithApp(t)
  const wanted = { name: 'Bo', email: 'bo@example.se', password, language: 'sv', roles: ['admin'] } as const
  const { id: other } = await server.ornkoll.staff.add(actor, wanted)
  const { sealed, key } = await secondFactor.offer(other)
  const right = codeAt(fromBase32(key), stepOf(new Date('2026-11-22T09:00:05Z')))
  t.is(await code(t, secondFactor.accept(id, { sealed, code: right })), 'offer-over')
  t.is(
    await code(t, secondFactor.accept(other, { sealed: `${sealed.slice(0, -2)}AA`, code: right })),
    'offer-over',
  )
  t.is(await code(t, secondFactor.accept(other, { sealed, code: '000000' })), 'first-code-wrong')
  later(16 * 60)
  t.is(await code(t, secondFactor.accept(other, { sealed, code: right })), 'offer-over')
  t.is((await secondFactor.state(other)).since, undefined)
})

test('where the organisation asks for it, a password leads to setting an app up and nowhere else', async t => {
  const server = await startTestServer(t)
  const { staff, signIn, secondStep, organisations, secondFactor, passkeys } = server.ornkoll
  const actor = { ...systemActor(server.organisationId), roles: ['admin'] as const }
  const wanted = { name: 'Asta', email, password, language: 'sv', roles: ['second-line'] } as const
  const { id } = await staff.add(actor, wanted)
  await organisations.edit(actor, { version: 1, settings: { secondFactorFor: ['second-line'] } })
  const begun = await signIn.begin({ email, password }, cameFromNowhere)
  t.is(begun.waitsFor, 'second-factor-set-up')
  t.is(await signIn.whoHas(begun.secret), undefined)
  t.is(await code(t, secondStep.answer(begun.secret, '123456', cameFromNowhere)), 'sign-in-over')
  const offer = await secondStep.offer(begun.secret)
  const typed = { sealed: offer.sealed, code: codeAt(fromBase32(offer.key), stepOf(new Date(Date.now()))) }
  const { secret, codes } = await secondStep.accept(begun.secret, typed, cameFromNowhere)
  t.is(codes.length, 10)
  t.is((await signIn.whoHas(secret))?.actor.id, id)
  t.is(await code(t, secondFactor.remove(id)), 'second-factor-needed')
  const accounts = server.ornkoll.connected.db.collection<{ _id: string }>('staff')
  const passkey = { id: 'pk', name: 'Nyckel', createdAt: new Date('2026-11-22T12:00:00Z'), transports: [] }
  await accounts.updateOne({ _id: id }, { $set: { passkeys: [passkey] } })
  const both = await Promise.allSettled([secondFactor.remove(id), passkeys.remove(id, 'pk')])
  t.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'both at once leave one')
  t.true((await secondFactor.state(id)).isOn)
})

test('a session that waits to set an app up sets none up once the account has one', async t => {
  const server = await startTestServer(t)
  const { staff, signIn, secondStep, secondFactor, passkeys } = server.ornkoll
  const actor = { ...systemActor(server.organisationId), roles: ['admin'] as const }
  await server.ornkoll.organisations.edit(actor, {
    version: 1,
    settings: { secondFactorFor: ['second-line'] },
  })
  const wanted = { name: 'Asta', email, password, language: 'sv', roles: ['second-line'] } as const
  const { id } = await staff.add(actor, wanted)
  const begin = () => signIn.begin({ email, password }, cameFromNowhere)
  const typedFor = async (secret: string) => {
    const { sealed, key } = await secondStep.offer(secret)
    return { sealed, code: codeAt(fromBase32(key), stepOf(new Date(Date.now()))) }
  }
  const [owner, thief, other] = [await begin(), await begin(), await begin()]
  const [own, stolen] = [await typedFor(owner.secret), await typedFor(thief.secret)]
  const tries = await Promise.allSettled([
    secondStep.accept(owner.secret, own, cameFromNowhere),
    secondStep.accept(other.secret, await typedFor(other.secret), cameFromNowhere),
  ])
  t.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'one of two at a moment')
  const since = (await secondFactor.state(id)).since
  t.is(await code(t, secondStep.accept(thief.secret, stolen, cameFromNowhere)), 'sign-in-over')
  t.is(await code(t, secondStep.passkeyOptions(thief.secret)), 'sign-in-over')
  t.is(await secondStep.waiting(thief.secret), undefined)
  // And where the session got past the first look: inside the transaction it is asked again.
  t.is(await code(t, secondFactor.accept(id, stolen, { isFirst: true })), 'sign-in-over')
  t.deepEqual((await secondFactor.state(id)).since, since)
  t.is((await secondFactor.state(id)).codesLeft, 10)
  t.deepEqual(await passkeys.list(id), [])
  const answers = await begin()
  t.is(answers.waitsFor, 'second-factor')
  await secondFactor.accept(id, own)
  t.is(await secondStep.waiting(answers.secret), undefined, 'a new app ends what waits for the old one')
})

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text, letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
}
