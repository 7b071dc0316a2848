import test, { type ExecutionContext } from 'ava'
import iconv from 'iconv-lite'
import { type ImportKind } from '../../../server/imports/import-plan.ts'
import { anActor, openLending } from '../../support/lending.ts'

const a = anActor('a')

async function open(t: ExecutionContext) {
  const lending = await openLending(t)
  const look = (kind: ImportKind, text: string | Buffer, actor = a) =>
    lending.imports.preview(actor, { kind, fileName: 'fil.csv', bytes: Buffer.from(text), reading: {} })
  const take = async (kind: ImportKind, text: string) => {
    const { id } = await look(kind, text)
    return lending.imports.commit(a, kind, id)
  }
  const everyone = async () => (await lending.people.list(a, { limit: 200 })).items
  const fleet = async () =>
    (await lending.devices.list(a, { sort: 'assetTag', descending: false, limit: 200 })).items
  return { ...lending, look, take, everyone, fleet }
}

const devicesFile = `Serienummer;Märkning;Modell;Inköpsdatum;Pris;Leverantör;Garanti till;Stöldmärkning;Rum
DMPXQ1ABCA;K-1;iPad (A16);2026-03-01;"5 169,00";Exempel AB;2027-03-01;ÖK-1;217
DMPXQ1ABCB;K-2;iPad (A16);2026-03-01;4995,50;Exempel AB;2027-03-01;;218
DMPXQ1ABCC;;iPad Air;;;;;;
`

test('devices are looked at without a change, then taken in whole, with prices exact to the öre', async t => {
  const { imports, look, fleet, audit } = await open(t)
  const preview = await look('devices', iconv.encode(devicesFile, 'windows-1252'))
  t.like(preview, { encoding: 'windows-1252', delimiter: ';', ignored: ['Rum'], state: 'previewed' })
  t.deepEqual(preview.counts, { create: 3, change: 0, same: 0, error: 0 })
  t.deepEqual(await fleet(), [], 'a preview changes nothing')
  t.deepEqual(await imports.commit(a, 'devices', preview.id), preview.counts)
  const devices = await fleet()
  t.deepEqual(devices.map(device => device.purchase?.priceOre).toSorted(), [499_550, 516_900, undefined])
  t.like(
    devices.find(device => device.assetTag === 'K-1'),
    {
      serialNumber: 'DMPXQ1ABCA',
      theftMark: 'ÖK-1',
      warrantyEndsOn: '2027-03-01',
      purchase: { on: '2026-03-01', supplier: 'Exempel AB' },
      lifecycle: 'in-stock',
    },
  )
  t.true((await audit.list('a', { limit: 50 })).some(event => event.action === 'imports.devices'))
})

test('the same file again changes nothing, and a changed one says what', async t => {
  const { look, take, fleet } = await open(t)
  await take('devices', devicesFile)
  const again = await look('devices', devicesFile)
  t.deepEqual(again.counts, { create: 0, change: 0, same: 3, error: 0 })
  const changed = devicesFile
    .replace('4995,50', '4995,51')
    .replace('K-1', 'K-10')
    .replace('iPad Air;', 'iPad Pro;')
  const preview = await look('devices', changed)
  t.deepEqual(
    preview.rows.map(row => [row.row, row.outcome, ...row.fields]),
    [
      [2, 'change', 'assetTag'],
      [3, 'change', 'purchase'],
      [4, 'change', 'model'],
    ],
  )
  await take('devices', changed)
  const devices = await fleet()
  t.is(devices.length, 3, 'an iPad is found again by its serial number')
  t.is(
    devices.find(device => device.assetTag === 'K-10')?.theftMark,
    'ÖK-1',
    'an empty or missing cell leaves what is',
  )
})

test('every row is judged, with its number and reasons, and nothing is taken in until it is right', async t => {
  const { imports, look, fleet, devices } = await open(t)
  await devices.register(anActor('b'), { serialNumber: 'DMPXQ1ABCF' })
  await devices.register(a, { serialNumber: 'DMPXQ1ABCG', assetTag: 'TAKEN' })
  const preview = await look(
    'devices',
    `Serienummer;Märkning;Pris;Inköpsdatum
DMPXQ1ABCA;K-1;5169;2026-03-01
DMPX;K-2;;
DMPXQ1ABCA;K-3;;
DMPXQ1ABCC;K-1;;
DMPXQ1ABCD;K-4;1,234;2026-03-01
DMPXQ1ABCE;K-5;100;
DMPXQ1ABCF;K-6;;
DMPXQ1ABCH;TAKEN;;
DMPXQ1ABCI;K-7
DMPXQ1ABCJ;K-8;100;2026-03-01;extra
;K-9;;
`,
  )
  t.deepEqual(preview.counts, { create: 1, change: 0, same: 0, error: 10 })
  const reasons = new Map(
    preview.rows.map(row => [row.row, row.reasons.map(({ message }) => message).join(' ')]),
  )
  const expected: [number, RegExp][] = [
    [3, /8–14/],
    [4, /Row 2 has the same serial/],
    [5, /Row 2 has the same tag/],
    [6, /two ways/],
    [7, /both a day and a price/],
    [8, /another organisation/],
    [9, /already on DMPXQ1ABCG/],
    [10, /2 cells and the header 4/],
    [11, /5 cells and the header 4/],
    [12, /serial number is missing/],
  ]
  for (const [row, words] of expected) t.regex(String(reasons.get(row)), words, `row ${row}`)
  await t.throwsAsync(imports.commit(a, 'devices', preview.id), { code: 'import-errors' })
  t.is((await fleet()).length, 1, 'all or nothing')
  const csv = await imports.errorRows(a, 'devices', preview.id)
  t.is(csv.split('\r\n').length, 12)
  t.regex(csv, /^\uFEFFSerienummer;Märkning;Pris;Inköpsdatum;Orsak \/ Reason\r\n/)
  t.deepEqual(await imports.commit(a, 'devices', preview.id, { skipErrors: true }), preview.counts)
  t.deepEqual(
    (await fleet()).map(device => device.assetTag),
    ['K-1', 'TAKEN'],
  )
})

const peopleFile = `Förnamn;Efternamn;E-post;Telefon;Nämnd;Roll;Från;Till;Skyddad
Anna;Berg;anna@example.se;070-123 45 67;Kulturnämnden;Ordförande;2023-01-01;2026-12-31;
Anna;Berg;anna@example.se;;Byggnämnden;;2023-01-01;;
Bo;Ek;bo@example.se;;kulturnämnden;Ersättare;2023-01-01;;
Cilla;Dal;cilla@example.se;;;;;;Ja
`

async function openWithBodies(t: ExecutionContext) {
  const opened = await open(t)
  for (const name of ['Kulturnämnden', 'Byggnämnden'])
    await opened.bodies.add(a, { name, type: 'committee', startsOn: '2015-01-01' })
  return opened
}

test('people come with their mandates, one row each, and again without a change', async t => {
  const { look, take, everyone, mandates } = await openWithBodies(t)
  t.deepEqual(await take('people', peopleFile), { create: 4, change: 0, same: 0, error: 0 })
  const people = await everyone()
  t.deepEqual(
    people.map(person => person.givenName),
    ['Anna', 'Bo', 'Skyddad person'],
  )
  const annas = await mandates.list(a, { personId: String(people[0]?.id) })
  t.deepEqual(annas.map(mandate => mandate.role).toSorted(), ['chair', 'member'])
  t.is(people[0]?.phone, '070-123 45 67')
  t.deepEqual((await look('people', peopleFile)).counts, { create: 0, change: 0, same: 4, error: 0 })
})

test('a later file changes a mandate and leaves what it does not say', async t => {
  const { take, everyone, mandates } = await openWithBodies(t)
  await take('people', peopleFile)
  const counts = await take(
    'people',
    `Förnamn;Efternamn;E-post;Nämnd;Från;Till
Anna;Berg-Ek;anna@example.se;Kulturnämnden;2023-01-01;2026-11-30
`,
  )
  t.deepEqual(counts, { create: 0, change: 1, same: 0, error: 0 })
  const [anna] = await everyone()
  t.like(anna, { familyName: 'Berg-Ek', phone: '070-123 45 67' })
  const chair = (await mandates.list(a, { personId: String(anna?.id) })).find(
    mandate => mandate.role === 'chair',
  )
  t.like(chair, { endsOn: '2026-11-30', startsOn: '2023-01-01' })
})

test('rows about people are judged against each other and against what is', async t => {
  const { imports, look, everyone, take } = await openWithBodies(t)
  await take('people', peopleFile)
  const preview = await look(
    'people',
    `Förnamn;Efternamn;E-post;Nämnd;Roll;Från;Till
Dan;Fors;dan@example.se;Fritidsnämnden;Ledamot;2023-01-01;
Eva;Gran;eva@;;;;
Fia;;fia@example.se;;;;
Gun;Hed;gun@example.se;Kulturnämnden;Ledamot;;
Hans;Is;hans@example.se;;Ledamot;;
Ida;Jul;ida@example.se;Kulturnämnden;Adjungerad;2023-01-01;
Jan;Kvist;jan@example.se;Kulturnämnden;Ledamot;2023-01-01;2022-01-01
Kia;Lo;kia@example.se;Kulturnämnden;;2023-01-01;
Kim;Lo;kia@example.se;Byggnämnden;;2023-01-01;
Leo;Moe;leo@example.se;Byggnämnden;;2023-01-01;
Leo;Moe;leo@example.se;Byggnämnden;;2024-01-01;
Anna;Berg;anna@example.se;Byggnämnden;;2024-01-01;
`,
  )
  const reasons = new Map(
    preview.rows.map(row => [row.row, row.reasons.map(({ message }) => message).join(' ')]),
  )
  const expected: [number, RegExp][] = [
    [2, /no committee or company called Fritidsnämnden/],
    [3, /e-mail address looks like/],
    [4, /Efternamn is missing/],
    [5, /first day/],
    [6, /needs its committee/],
    [7, /not one of ledamot/],
    [8, /cannot be before the first/],
    [10, /Row 9 says something else/],
    [12, /Row 11 has the same mandate/],
    [13, /another mandate there/],
  ]
  for (const [row, words] of expected) t.regex(String(reasons.get(row)), words, `row ${row}`)
  t.deepEqual(preview.counts, { create: 2, change: 0, same: 0, error: 10 })
  await t.throwsAsync(imports.commit(a, 'people', preview.id), { code: 'import-errors' })
  t.is((await everyone()).length, 3)
})

test('somebody whom another organisation knows becomes known here, unchanged', async t => {
  const { take, people, everyone } = await openWithBodies(t)
  const theirs = await people.register(anActor('b'), {
    givenName: 'Annika',
    familyName: 'Berg',
    email: 'anna@example.se',
  })
  t.is((await take('people', peopleFile)).create, 4)
  const anna = (await everyone()).find(person => person.id === theirs.id)
  t.is(anna?.givenName, 'Annika')
  t.is((await people.get(anActor('b'), theirs.id)).givenName, 'Annika')
})

test('a file changes no protected person, whoever sends it', async t => {
  const { imports, people, take } = await openWithBodies(t)
  await take('people', peopleFile)
  const clerk = anActor('a', ['handout'])
  const upload = {
    kind: 'people',
    fileName: 'fil.csv',
    bytes: Buffer.from('Förnamn;Efternamn;E-post\nCilla;Ny;cilla@example.se\n'),
    reading: {},
  } as const
  const preview = await imports.preview(clerk, upload)
  t.regex(String(preview.rows[0]?.reasons[0]?.message), /protected/)
  t.is((await imports.preview(a, upload)).counts.error, 1, 'a file gives no reason')
  t.is((await people.list(a, { limit: 10, q: 'Ny' })).items.length, 0)
})

test('a file is taken in once, by its own organisation, and as it was shown', async t => {
  const { imports, look, devices, fleet } = await open(t)
  const { id } = await look('devices', devicesFile)
  await t.throwsAsync(imports.commit(anActor('b'), 'devices', id), { code: 'import-unknown' })
  await t.throwsAsync(imports.get(anActor('b'), 'devices', id), { code: 'import-unknown' })
  await t.throwsAsync(imports.commit(a, 'people', id), { code: 'import-unknown' })
  const results = await Promise.allSettled([1, 2].map(() => imports.commit(a, 'devices', id)))
  t.is(results.filter(result => result.status === 'fulfilled').length, 1)
  await t.throwsAsync(imports.commit(a, 'devices', id), { code: 'import-committed' })
  t.is((await fleet()).length, 3)
  const next = await look('devices', 'Serienummer;Modell\nDMPXQ1ABCX;iPad\n')
  await devices.register(a, { serialNumber: 'DMPXQ1ABCX' })
  await t.throwsAsync(imports.commit(a, 'devices', next.id), { code: 'import-changed' })
})

test('as many rows of each kind are not the same plan: what has changed since is looked at again', async t => {
  const { imports, look, take, everyone, people, mandates } = await openWithBodies(t)
  await take('people', peopleFile)
  const [anna, bo] = await everyone()
  if (!anna || !bo) throw new Error('Nobody was taken in')
  const file =
    'Förnamn;Efternamn;E-post;Telefon\nAnna;Berg;anna@example.se;070-1\nBo;Ek;bo@example.se;070-2\n'
  const first = await look('people', file)
  t.deepEqual(first.counts, { create: 0, change: 2, same: 0, error: 0 })
  // A colleague has written another number meanwhile: the counts are the same, and the file would undo their work.
  await people.edit(a, anna.id, { phone: '070-3', version: anna.version })
  await t.throwsAsync(imports.commit(a, 'people', first.id), { code: 'import-changed' })
  t.is((await people.get(a, bo.id)).phone, bo.phone, 'no row is taken in')
  const again = await imports.get(a, 'people', first.id)
  t.deepEqual(again.counts, first.counts)
  t.not(again.plan, first.plan)
  await t.throwsAsync(imports.commit(a, 'people', first.id, { plan: first.plan }), { code: 'import-changed' })
  t.like(await imports.commit(a, 'people', first.id, { plan: again.plan }), { change: 2 })
  t.is((await people.get(a, anna.id)).phone, '070-1')

  const seats =
    'Förnamn;Efternamn;E-post;Nämnd;Från;Till\nBo;Ek;bo@example.se;Kulturnämnden;2023-01-01;2026-01-31\n'
  const ending = await look('people', seats)
  const [seat] = await mandates.list(a, { personId: bo.id })
  if (!seat) throw new Error('Bo has no seat')
  await mandates.edit(a, seat.id, { endsOn: '2026-06-30', version: seat.version })
  await t.throwsAsync(imports.commit(a, 'people', ending.id), { code: 'import-changed' })
})

test('the log says which rows were left out, by their numbers alone', async t => {
  const { imports, look, audit } = await openWithBodies(t)
  const { id } = await look(
    'people',
    'Förnamn;Efternamn;E-post\nAnna;;a@example.se\nBo;;b@example.se\nCia;Ek;c@example.se\nDan;;d@example.se\n',
  )
  await imports.commit(a, 'people', id, { skipErrors: true })
  const events = await audit.list('a', { limit: 50 })
  const taken = events.find(({ action }) => action === 'imports.people')
  t.like(taken?.after, { create: 1, error: 3, leftOutRows: '2-3, 5' })
  t.notRegex(JSON.stringify(taken), /Anna|example/)
})

test('a row with the address of somebody protected elsewhere, under another name, is an error and told there', async t => {
  const { people, look, take, everyone, imports, audit } = await open(t)
  const email = 'cilla.dalgren@example.se'
  await people.register(anActor('b'), {
    givenName: 'Cilla',
    familyName: 'Dalgren',
    email,
    protectedIdentity: true,
  })
  const told = async () =>
    (await audit.list('b', { limit: 20 })).filter(({ action }) => action === 'people.guessed-elsewhere')
      .length
  const file = `Förnamn;Efternamn;E-post\nEva;Ek;eva.ek@example.se\nOkänd;Person;${email}\n`
  const preview = await look('people', file)
  t.deepEqual(
    preview.rows.map(({ row, reasons }) => [row, ...reasons.map(({ code }) => code)]),
    [[2], [3, 'person-named-otherwise']],
  )
  t.is(await told(), 1)
  await t.throwsAsync(imports.commit(a, 'people', preview.id), { code: 'import-errors' })
  t.deepEqual(await everyone(), [])
  t.is((await imports.commit(a, 'people', preview.id, { skipErrors: true })).create, 1)
  t.deepEqual(
    (await everyone()).map(({ givenName }) => givenName),
    ['Eva'],
  )
  t.is((await take('people', file.replace('Okänd;Person', 'Cilla;Dalgren'))).create, 1)
  t.is((await everyone()).length, 2)
})
