import test from 'ava'
import { startTestServer } from '../../support/server.ts'
import { apiClient } from '../../support/api-client.ts'

const password = 'en lång mening som lösenord'
const input = {
  name: 'Asta Lind',
  email: 'Asta.Lind@Example.se',
  password,
  language: 'sv',
  organisationName: 'Ekeby',
} as const

test('the set-up link makes one administrator and is spent', async t => {
  const server = await startTestServer(t)
  const { staff, signIn, organisations } = server.ornkoll
  const secret = server.setUpSecret ?? ''
  t.true(await staff.isSetUpLink(secret))
  await staff.setUp(secret, input)
  t.false(await staff.isSetUpLink(secret))
  await t.throwsAsync(staff.setUp(secret, { ...input, email: 'other@example.se' }), {
    message: /has been used/,
  })
  const session = await signIn.signIn({ email: 'asta.lind@example.se', password })
  const known = await signIn.whoHas(session)
  t.deepEqual(known?.actor.roles, ['admin'])
  t.is((await organisations.byId(server.organisationId)).name, 'Ekeby')
})

test('a short password is refused and spends nothing', async t => {
  const server = await startTestServer(t)
  const secret = server.setUpSecret ?? ''
  await t.throwsAsync(server.ornkoll.staff.setUp(secret, { ...input, password: 'kort' }), {
    message: /at least 12/,
  })
  t.true(await server.ornkoll.staff.isSetUpLink(secret))
})

test('five wrong passwords lock the account, also for the right one, and one that does not exist is answered alike', async t => {
  const server = await startTestServer(t)
  const { staff, signIn } = server.ornkoll
  await staff.setUp(server.setUpSecret ?? '', input)
  for (const email of [input.email, ' Nobody@example.se']) {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await t.throwsAsync(signIn.signIn({ email, password: 'fel fel fel fel' }), { code: 'wrong-password' })
    }
    await t.throwsAsync(signIn.signIn({ email: email.trim(), password }), {
      message: 'Too many wrong passwords or codes. Wait 1 min and try again.',
    })
  }
  await t.throwsAsync(signIn.signIn({ email: 'somebody.else@example.se', password }), {
    code: 'wrong-password',
  })
  const kept = await server.ornkoll.connected.db.collection('unknownTries').find({}).toArray()
  t.deepEqual(kept.map(({ failedAttempts }) => Number(failedAttempts)).toSorted(), [1, 5])
  t.notRegex(JSON.stringify(kept), /nobody|somebody|example/i, 'who was tried is not written down')
  for (const { _id } of kept) t.true(Number(_id) < 2 ** 18, 'made-up addresses fill no disk')
  t.is(await signIn.whoHas('made-up-secret-of-nobody'), undefined)
})

test('twenty wrong passwords at one moment are twenty tries, not one', async t => {
  const server = await startTestServer(t)
  const { staff, signIn } = server.ornkoll
  await staff.setUp(server.setUpSecret ?? '', input)
  for (const email of [input.email, 'nobody@example.se']) {
    const guesses = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => signIn.signIn({ email, password: `fel fel fel ${index}` })),
    )
    const judged = guesses.filter(
      guess => guess.status === 'rejected' && (guess.reason as { code?: string }).code === 'wrong-password',
    )
    t.is(judged.length, 5, email)
    await t.throwsAsync(signIn.signIn({ email, password }), { message: /Too many/ })
  }
})

test('the right password forgets the wrong ones before it', async t => {
  const server = await startTestServer(t)
  const { staff, signIn } = server.ornkoll
  await staff.setUp(server.setUpSecret ?? '', input)
  for (let round = 0; round < 2; round += 1) {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await t.throwsAsync(signIn.signIn({ email: input.email, password: 'fel fel fel fel' }))
    }
    t.truthy(await signIn.signIn({ email: input.email, password }))
  }
})

test('of two who use the set-up link at once, one becomes the administrator', async t => {
  const server = await startTestServer(t)
  const { staff } = server.ornkoll
  const tries = await Promise.allSettled(
    ['one', 'two'].map(who =>
      staff.setUp(server.setUpSecret ?? '', { ...input, email: `${who}@example.se` }),
    ),
  )
  t.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const admin = await server.as('admin')
  const { body } = await admin.get<{ items: unknown[] }>('/api/v1/staff')
  t.is(body.items.length, 1)
})

test('a signed-out session opens nothing', async t => {
  const server = await startTestServer(t)
  const { staff, signIn } = server.ornkoll
  await staff.setUp(server.setUpSecret ?? '', input)
  const session = await signIn.signIn(input)
  await signIn.signOut(session)
  t.is(await signIn.whoHas(session), undefined)
})

test('a token reaches what its role may and nothing else', async t => {
  const server = await startTestServer(t)
  const finance = await server.as('finance')
  t.is((await finance.get('/api/v1/staff')).status, 403)
  const admin = await server.as('admin')
  t.is((await admin.get('/api/v1/staff')).status, 200)
  const closed = await fetch(`${server.url}/api/v1/staff`)
  t.is(closed.status, 401)
  t.regex(closed.headers.get('www-authenticate') ?? '', /Bearer/)
  t.regex(await closed.text(), /Send a token in the header/)
  t.is((await apiClient(server.url, 'orn_made-up-token-that-nobody-issued').get('/api/v1/staff')).status, 401)
})

test('a revoked token is refused at once', async t => {
  const server = await startTestServer(t)
  const admin = await server.as('admin')
  const { body } = await admin.post<{ token: string }>('/api/v1/tokens', {
    name: 'label printer',
    roles: ['handout'],
  })
  const printer = apiClient(server.url, body.token)
  t.is((await printer.get('/api/v1/me')).status, 200)
  const { body: list } = await admin.get<{ items: { id: string; name: string }[] }>('/api/v1/tokens')
  const id = list.items.find(one => one.name === 'label printer')?.id ?? ''
  t.is((await admin.delete(`/api/v1/tokens/${id}`)).status, 204)
  t.is((await printer.get('/api/v1/me')).status, 401)
})
