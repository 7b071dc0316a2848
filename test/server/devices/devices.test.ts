import test from 'ava'
import { type DeviceQuery } from '../../../server/devices/device-search.ts'
import { aDevice, anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')
const b = anActor('b')
const query = (fields: Partial<DeviceQuery> = {}): DeviceQuery => ({
  sort: 'assetTag',
  descending: false,
  limit: 50,
  ...fields,
})

test('a registered iPad is in stock, open and unmanaged, with a tag of its own', async t => {
  const { devices, audit } = await openLending(t)
  const device = await devices.register(a, { serialNumber: 'dmpxq1abcd' })
  t.like(device, {
    serialNumber: 'DMPXQ1ABCD',
    lifecycle: 'in-stock',
    management: 'none',
    lock: 'open',
    version: 1,
  })
  t.regex(device.assetTag, /^[2-9A-HJ-NP-Z]{6}$/)
  t.deepEqual(await devices.get(a, device.id), device)
  t.like((await audit.list('a', { limit: 5 }))[0], { action: 'devices.register', on: { id: device.id } })
})

test('a serial number stands once in the installation, a tag once in an organisation', async t => {
  const { devices } = await openLending(t)
  await devices.register(a, { serialNumber: 'DMPXQ1ABCD', assetTag: 'tag-1' })
  await t.throwsAsync(devices.register(b, { serialNumber: 'dmpxq1abcd' }), { code: 'serial-taken' })
  await t.throwsAsync(devices.register(a, { serialNumber: 'DMPXQ1ABCE', assetTag: 'TAG-1' }), {
    code: 'tag-taken',
  })
  await t.notThrowsAsync(devices.register(b, { serialNumber: 'DMPXQ1ABCE', assetTag: 'TAG-1' }))
  t.is((await devices.list(a, query())).items.length, 1, 'a refused iPad leaves nothing behind')
})

test('another organisation neither sees, changes nor moves an iPad', async t => {
  const { devices } = await openLending(t)
  const { id } = await devices.register(a, { serialNumber: 'DMPXQ1ABCD', assetTag: 'TAG-1' })
  await t.throwsAsync(devices.get(b, id), { code: 'device-unknown' })
  await t.throwsAsync(devices.edit(b, id, { version: 1, model: 'theirs' }), { code: 'device-unknown' })
  await t.throwsAsync(devices.moveLifecycle(b, id, 'retired'), { code: 'device-unknown' })
  await t.throwsAsync(devices.setLock('b', id, 'wipe-pending'), { code: 'device-unknown' })
  await t.throwsAsync(devices.applyInformation('b', id, { deviceName: 'x' }), { code: 'device-unknown' })
  await devices.saw([{ organisationId: 'b', deviceId: id, at: new Date() }])
  t.deepEqual((await devices.list(b, query())).items, [])
  t.deepEqual(await devices.many(b, [id]), [])
  t.deepEqual(await devices.counts(b), [])
  await t.throwsAsync(devices.scan(b, 'TAG-1'), { code: 'device-unknown' })
  await t.throwsAsync(devices.scan(b, 'DMPXQ1ABCD'), { code: 'device-foreign' })
  t.like(await devices.get(a, id), { model: 'iPad', lifecycle: 'in-stock', lock: 'open', version: 1 })
  t.is((await devices.get(a, id)).lastSeenAt, undefined)
})

test('an edit changes what it names, empties what it empties, and a stale one changes nothing', async t => {
  const { devices, audit, time } = await openLending(t)
  const { id } = await devices.register(a, {
    serialNumber: 'DMPXQ1ABCD',
    assetTag: 'TAG-1',
    theftMark: 'M-1',
  })
  time.now = new Date('2026-11-23T09:01:00Z')
  const purchase = { on: '2026-03-01', priceOre: 516_900, supplier: 'Exempel AB' }
  const edited = await devices.edit(a, id, { version: 1, purchase, theftMark: null, model: 'iPad Air' })
  t.like(edited, { purchase, model: 'iPad Air', assetTag: 'TAG-1', version: 2 })
  t.false('theftMark' in edited)
  await t.throwsAsync(devices.edit(a, id, { version: 1, model: 'late' }), { code: 'stale' })
  t.is((await devices.get(a, id)).model, 'iPad Air')
  t.like((await audit.list('a', { limit: 1 }))[0], {
    before: { model: 'iPad', theftMark: 'M-1', purchase: null },
    after: { model: 'iPad Air', theftMark: null, purchase },
  })
  t.is((await devices.list(a, query({ q: 'M-1' }))).items.length, 0, 'the old mark is no longer found')
  t.is((await devices.list(a, query({ q: 'air' }))).items.length, 1)
})

test('the serial number of an iPad that has enrolled is not rewritten by hand', async t => {
  const { devices } = await openLending(t)
  const { id } = await devices.register(a, { serialNumber: 'DMPXQ1ABCD' })
  await devices.edit(a, id, { version: 1, serialNumber: 'DMPXQ1ABCE' })
  await devices.setManagement('a', id, 'enrolled')
  await t.throwsAsync(devices.edit(a, id, { version: 2, serialNumber: 'DMPXQ1ABCF' }), {
    code: 'device-enrolled',
  })
  t.is((await devices.bySerial('dmpxq1abce'))?.id, id)
})

test('what the iPad tells does not make the form of a person stale', async t => {
  const { devices } = await openLending(t)
  const { id } = await devices.register(a, { serialNumber: 'DMPXQ1ABCD' })
  await devices.applyInformation('a', id, { osVersion: '26.0', batteryPercent: 80 })
  await devices.applyInformation('a', id, { batteryPercent: 79, apps: [] })
  await devices.saw([{ organisationId: 'a', deviceId: id, at: new Date('2026-11-23T10:00:00Z') }])
  await devices.saw([{ organisationId: 'a', deviceId: id, at: new Date('2026-11-23T09:00:00Z') }])
  const edited = await devices.edit(a, id, { version: 1, model: 'iPad Pro' })
  const { information } = await devices.get(a, id)
  t.deepEqual(information, { osVersion: '26.0', batteryPercent: 79, apps: [] })
  t.false('apps' in (edited.information ?? {}), 'long lists come only with the whole iPad')
  t.deepEqual(edited.lastSeenAt, new Date('2026-11-23T10:00:00Z'), 'a late sighting does not move time back')
})

test('an iPad in stock is prepared when it enrols, and one on loan stays on loan', async t => {
  const { devices, deviceStore } = await openLending(t)
  const { id } = await devices.register(a, { serialNumber: 'DMPXQ1ABCD' })
  t.like(await devices.setManagement('a', id, 'pending'), { management: 'pending', lifecycle: 'in-stock' })
  t.like(await devices.setManagement('a', id, 'enrolled'), { management: 'enrolled', lifecycle: 'prepared' })
  t.like(await devices.setManagement('a', id, 'enrolled'), { management: 'enrolled', lifecycle: 'prepared' })
  const lent = aDevice({ organisationId: 'a', lifecycle: 'on-loan' })
  await deviceStore.insert(lent)
  t.is((await devices.setManagement('a', lent.id, 'enrolled')).lifecycle, 'on-loan')
})

test('of many moves at once only the allowed order stands', async t => {
  const { devices } = await openLending(t)
  const { id } = await devices.register(a, { serialNumber: 'DMPXQ1ABCD' })
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => devices.moveLifecycle(a, id, 'prepared', { reason: 'marked' })),
  )
  t.is(results.filter(result => result.status === 'fulfilled').length, 1)
  await t.throwsAsync(devices.moveLifecycle(a, id, 'on-loan'), { code: 'lifecycle-transition' })
  t.is((await devices.get(a, id)).lifecycle, 'prepared')
})

test('a scanned code names one iPad: tag, serial, box code, theft mark or label address', async t => {
  const { devices } = await openLending(t)
  const { id } = await devices.register(a, {
    serialNumber: 'DMPXQ1ABCD',
    assetTag: '7K3QF9',
    theftMark: 'Ök 42',
  })
  for (const code of ['7k3qf9', 'DMPXQ1ABCD', 'SDMPXQ1ABCD', 'ök 42', 'https://ipad.example.se/t/7K3QF9'])
    t.is((await devices.scan(a, code)).id, id, code)
  await t.throwsAsync(devices.scan(a, '7K3'), { code: 'device-unknown' }, 'a scan is no search')
  await devices.register(a, { serialNumber: 'DMPXQ1ABCE', theftMark: 'Ök 42' })
  await t.throwsAsync(devices.scan(a, 'Ök 42'), { code: 'device-ambiguous' })
})

for (const sort of ['assetTag', 'model', 'lifecycle', 'lastSeenAt'] as const)
  for (const descending of [false, true])
    test(`pages by ${sort}${descending ? ' downwards' : ''} give every iPad once and in order`, async t => {
      const { devices, deviceStore } = await openLending(t)
      const many = Array.from({ length: 23 }, (_, index) =>
        aDevice({
          organisationId: 'a',
          model: `iPad ${index % 3}`,
          lifecycle: index % 2 === 0 ? 'in-stock' : 'on-loan',
          ...(index % 4 > 0 && { lastSeenAt: new Date(Date.UTC(2026, 0, 1 + (index % 5))) }),
        }),
      )
      await deviceStore.insert(...many)
      await deviceStore.insert(aDevice({ organisationId: 'b' }))
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await devices.list(a, query({ sort, descending, limit: 5, after }))
        t.true(page.items.length <= 5)
        seen.push(...page.items.map(device => device.id))
        after = page.next ?? undefined
      } while (after)
      const key = (value: (typeof many)[number][typeof sort]) =>
        value instanceof Date ? value.getTime() : (value ?? Number.NEGATIVE_INFINITY)
      const expected = many
        .toSorted((x, y) => {
          const [kx, ky] = [key(x[sort]), key(y[sort])]
          if (kx !== ky) return kx < ky ? -1 : 1
          return x.assetTag < y.assetTag ? -1 : 1
        })
        .map(device => device.id)
      t.deepEqual(seen, descending ? expected.toReversed() : expected)
    })

test('a list is narrowed by state, model and the beginning of what one types', async t => {
  const { devices, deviceStore } = await openLending(t)
  const stolen = aDevice({ organisationId: 'a', lifecycle: 'stolen', lock: 'lost', model: 'iPad Pro' })
  const held = aDevice({ organisationId: 'a', lifecycle: 'on-loan', management: 'enrolled' })
  await deviceStore.insert(stolen, held)
  const ids = async (fields: Partial<DeviceQuery>) =>
    (await devices.list(a, query(fields))).items.map(device => device.id)
  t.deepEqual(await ids({ lifecycle: 'stolen' }), [stolen.id])
  t.deepEqual(await ids({ lock: 'lost' }), [stolen.id])
  t.deepEqual(await ids({ management: 'enrolled' }), [held.id])
  t.deepEqual(await ids({ model: 'iPad Pro' }), [stolen.id])
  t.deepEqual(await ids({ q: held.serialNumber.slice(0, 7).toLowerCase() }), [held.id])
  t.deepEqual(await ids({ q: held.serialNumber.slice(-6) }), [held.id])
  t.deepEqual(await ids({ q: held.serialNumber.slice(-4), lifecycle: 'stolen' }), [])
  t.deepEqual(await devices.counts(a).then(counts => counts.reduce((sum, { count }) => sum + count, 0)), 2)
})

test('conditions, text and order go together page by page, also in a fleet where none of them is rare', async t => {
  const { devices, deviceStore } = await openLending(t)
  const many = Array.from({ length: 2300 }, (_, index) =>
    aDevice({
      organisationId: 'a',
      assetTag: `K-${String((index * 7919) % 2300).padStart(5, '0')}`,
      model: `iPad ${['Air', 'Pro'][index % 2]}`,
      lifecycle: index % 3 === 0 ? 'in-stock' : 'on-loan',
      management: index % 5 === 0 ? 'none' : 'enrolled',
      lock: index === 1150 ? 'lost' : 'open',
    }),
  )
  await deviceStore.insert(...many)
  const tagsOf = async (fields: Partial<DeviceQuery>) => {
    const tags: string[] = []
    let after: string | undefined
    do {
      const page = await devices.list(a, query({ limit: 200, after, ...fields }))
      tags.push(...page.items.map(device => device.assetTag))
      after = page.next ?? undefined
    } while (after !== undefined)
    return tags
  }
  const expected = (
    fits: (device: (typeof many)[number]) => boolean,
    key: (device: (typeof many)[number]) => string,
  ) =>
    many
      .filter(fits)
      .toSorted((one, other) => (key(one) + one.assetTag < key(other) + other.assetTag ? -1 : 1))
      .map(device => device.assetTag)
  t.deepEqual(
    await tagsOf({ q: 'ipad', lifecycle: 'on-loan', management: 'enrolled', sort: 'model' }),
    expected(
      device => device.lifecycle === 'on-loan' && device.management === 'enrolled',
      device => device.model,
    ),
  )
  t.deepEqual(
    await tagsOf({ q: 'k-000', sort: 'model' }),
    expected(
      device => device.assetTag.startsWith('K-000'),
      device => device.model,
    ),
  )
  t.deepEqual(
    await tagsOf({ model: 'iPad Pro', lock: 'open', sort: 'serialNumber', descending: true }),
    expected(
      device => device.model === 'iPad Pro' && device.lock === 'open',
      device => device.serialNumber,
    ).toReversed(),
  )
  t.deepEqual(await tagsOf({ lock: 'lost', q: 'ipad', sort: 'lastSeenAt' }), [many[1150]?.assetTag])
  t.deepEqual(await tagsOf({ q: '.*' }), [], 'what one types is text, not a pattern')
})
