import test, { type ExecutionContext } from 'ava'
import { createHash } from 'node:crypto'
import { type Device } from '../../../server/devices/device.ts'
import { type Signature } from '../../../server/liability/signature.ts'
import { type Loan } from '../../../server/loans/loan.ts'
import { aDevice, anActor, openLending } from '../../support/lending.ts'

/** Somebody at the desk who has just proved who they are. */
const staff = { prove: () => undefined }

const a = anActor('a', ['handout'])
const signature: Signature = {
  kind: 'drawn',
  width: 600,
  height: 200,
  strokes: [
    {
      points: [
        { x: 10, y: 20 },
        { x: 300, y: 150 },
      ],
    },
  ],
}

/** A desk of organisation `a` with Anna, her committee and one prepared iPad. */
async function openDesk(t: ExecutionContext) {
  const lending = await openLending(t)
  const { bodies, people, mandates, organisations, deviceStore, loans, terms } = lending
  const { id: organisationId } = await organisations.create({ name: 'Exempelby kommun', language: 'sv' })
  const desk = anActor(organisationId, ['handout'])
  const admin = anActor(organisationId)
  const body = await bodies.add(admin, { name: 'Kulturnämnden', type: 'committee', startsOn: '2015-01-01' })
  const anna = await people.register(admin, {
    givenName: 'Anna',
    familyName: 'Berg',
    email: 'anna@example.se',
  })
  const bo = await people.register(admin, { givenName: 'Bo', familyName: 'Ek', email: 'bo@example.se' })
  await mandates.add(admin, { personId: anna.id, bodyId: body.id, startsOn: '2023-01-01' })
  const another = async (fields: Partial<Device> = {}) => {
    const device = aDevice({ organisationId, lifecycle: 'prepared', ...fields })
    await deviceStore.insert(device)
    return device
  }
  const device = await another()
  const { sha256: termsSha256 } = await terms.current(desk)
  const signing = (attemptId: string) => ({
    attemptId,
    termsSha256,
    signature,
    identityCheck: 'id-shown' as const,
  })
  const handedOut = async () => {
    const loan = await loans.reserve(desk, {
      deviceId: device.id,
      personId: anna.id,
      accessories: ['charger', 'case'],
    })
    await loans.showTerms(desk, loan.id, 'sv')
    return (await loans.sign(desk, loan.id, signing('attempt-1'))).loans[0] ?? loan
  }
  return { ...lending, organisationId, desk, admin, body, anna, bo, device, another, signing, handedOut }
}

test('an iPad is on loan only when it is signed for', async t => {
  const { loans, devices, desk, device, anna, body, signing } = await openDesk(t)
  const lifecycle = async () => (await devices.get(desk, device.id)).lifecycle
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  t.like(loan, { state: 'reserved', bodyIds: [body.id] })
  t.is(await lifecycle(), 'reserved')
  await t.throwsAsync(loans.sign(desk, loan.id, signing('attempt-1')), { code: 'terms-not-shown' })
  const { terms } = await loans.showTerms(desk, loan.id, 'sv')
  t.regex(terms.texts.sv.body, /kommunen/)
  t.is(await lifecycle(), 'reserved')
  const { form, loans: signed } = await loans.sign(desk, loan.id, signing('attempt-1'))
  t.like(signed[0], { state: 'active', formId: form.id })
  t.is(await lifecycle(), 'on-loan')
  t.is(form.receiptNumber, '2026-000001')
})

test('form, receipt, loan, iPad and log stand together, and the receipt is kept byte for byte', async t => {
  const { loans, papers, audit, desk, organisationId, handedOut } = await openDesk(t)
  const loan = await handedOut()
  const form = await papers.get(desk, String(loan.formId))
  t.like(form, {
    loanIds: [loan.id],
    signedBy: 'drawn',
    identityCheck: 'id-shown',
    staff: { name: 'Disa Desk' },
  })
  t.false('signature' in form)
  const first = await papers.receipt(desk, form.id, staff)
  const second = await papers.receipt(desk, form.id, staff)
  t.true(first.bytes.equals(second.bytes))
  t.is(createHash('sha256').update(first.bytes).digest('hex'), form.pdfSha256)
  t.is(first.bytes.subarray(0, 5).toString(), '%PDF-')
  t.is(first.fileName, 'kvittens-2026-000001.pdf')
  const deeds = (await audit.list(organisationId, { limit: 50 })).map(event => event.action)
  t.true(deeds.includes('loans.sign') && deeds.includes('loans.reserve') && deeds.includes('devices.move'))
  t.is((await loans.openLoanOf(organisationId, loan.deviceId))?.id, loan.id)
})

test('the same attempt sent again, also at once, signs once and gets the same form', async t => {
  const { loans, papers, desk, anna, device, signing } = await openDesk(t)
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  await loans.showTerms(desk, loan.id, 'sv')
  const answers = await Promise.all([1, 2, 3].map(() => loans.sign(desk, loan.id, signing('attempt-1'))))
  t.is(new Set(answers.map(answer => answer.form.id)).size, 1)
  t.is((await loans.sign(desk, loan.id, signing('attempt-1'))).form.id, String(answers[0]?.form.id))
  t.is((await papers.ofPerson(desk, anna.id)).length, 1)
  await t.throwsAsync(loans.sign(desk, loan.id, signing('attempt-2')), { code: 'already-signed' })
})

test('an attempt that signed one loan does not sign another', async t => {
  const { loans, desk, bo, another, handedOut, signing } = await openDesk(t)
  await handedOut()
  const loan = await loans.reserve(desk, { deviceId: (await another()).id, personId: bo.id })
  await loans.showTerms(desk, loan.id, 'sv')
  await t.throwsAsync(loans.sign(desk, loan.id, signing('attempt-1')), { code: 'attempt-reused' })
  t.is((await loans.get(desk, loan.id)).state, 'terms-shown')
})

test('of two desks that hand out one iPad at once, one succeeds and one is told why not', async t => {
  const { loans, desk, device, anna, bo } = await openDesk(t)
  for (let round = 0; round < 5; round++) {
    const results = await Promise.allSettled([
      loans.reserve(desk, { deviceId: device.id, personId: anna.id }),
      loans.reserve(desk, { deviceId: device.id, personId: bo.id }),
    ])
    const won = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
    const lost = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason as { code: string }] : [],
    )
    t.is(won.length, 1)
    t.deepEqual(
      lost.map(error => error.code),
      ['device-taken'],
    )
    const { items } = await loans.list(desk, { limit: 10, open: true })
    t.deepEqual(
      items.map(loan => loan.id),
      won.map(loan => loan.id),
    )
    await loans.callOff(desk, String(won[0]?.id), 'next round')
  }
})

test('a second iPad for one person is asked about once more', async t => {
  const { loans, desk, anna, another, handedOut } = await openDesk(t)
  await handedOut()
  const deviceId = (await another()).id
  await t.throwsAsync(loans.reserve(desk, { deviceId, personId: anna.id }), { code: 'person-has-loan' })
  const second = await loans.reserve(desk, { deviceId, personId: anna.id, confirmSecond: true })
  t.is(second.state, 'reserved')
  t.is((await loans.openOfPerson(desk, anna.id)).length, 2)
})

const refusals = {
  stolen: 'device-stolen',
  lost: 'device-lost',
  retired: 'device-retired',
  'on-loan': 'device-taken',
} as const
for (const [lifecycle, code] of Object.entries(refusals) as [keyof typeof refusals, string][])
  test(`an iPad that is ${lifecycle} is not reserved`, async t => {
    const { loans, devices, desk, anna, another } = await openDesk(t)
    const device = await another({ lifecycle })
    await t.throwsAsync(loans.reserve(desk, { deviceId: device.id, personId: anna.id }), { code })
    t.is((await devices.get(desk, device.id)).lifecycle, lifecycle)
    t.deepEqual((await loans.list(desk, { limit: 10 })).items, [])
  })

test('another organisation’s iPad, person and loan are out of reach', async t => {
  const { loans, papers, people, deviceStore, desk, device, anna, handedOut } = await openDesk(t)
  const theirs = aDevice({ organisationId: 'other', lifecycle: 'prepared' })
  await deviceStore.insert(theirs)
  await t.throwsAsync(loans.reserve(desk, { deviceId: theirs.id, personId: anna.id }), {
    code: 'device-unknown',
  })
  await t.throwsAsync(loans.reserve(desk, { deviceId: 'none', personId: anna.id }), {
    code: 'device-unknown',
  })
  const loan = await handedOut()
  const other = anActor('other')
  await people.register(other, { givenName: 'Anna', familyName: 'Berg', email: 'anna@example.se' })
  await t.throwsAsync(loans.get(other, loan.id), { code: 'loan-unknown' })
  await t.throwsAsync(loans.giveBack(other, loan.id, { condition: 'A', accessories: [] }), {
    code: 'loan-unknown',
  })
  await t.throwsAsync(loans.dispute(other, loan.id, 'i1'), { code: 'loan-unknown' })
  await t.throwsAsync(papers.receipt(other, String(loan.formId), staff), { code: 'form-unknown' })
  t.deepEqual(await papers.ofPerson(other, anna.id), [])
  t.deepEqual((await loans.list(other, { limit: 10 })).items, [])
  t.deepEqual(await loans.openOfPerson(other, anna.id), [], 'a shared person’s loans elsewhere stay unseen')
  t.is(await loans.openLoanOf('other', device.id), undefined)
})

test('other terms than were read are not signed', async t => {
  const { loans, terms, devices, admin, desk, device, anna, signing } = await openDesk(t)
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  await loans.showTerms(desk, loan.id, 'sv')
  const stale = signing('attempt-1')
  const words = { title: 'Nytt', body: 'Nytt.' }
  await terms.publish(admin, { kind: 'agreement', texts: { sv: words, en: words } })
  await t.throwsAsync(loans.sign(desk, loan.id, stale), { code: 'terms-changed' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'reserved')
  const { terms: shown } = await loans.showTerms(desk, loan.id, 'en')
  const { form } = await loans.sign(desk, loan.id, { ...stale, termsSha256: shown.sha256 })
  t.like(form, { termsNumber: 2, language: 'en' })
})

test('an iPad stolen between the terms and the signature is not handed out, and nothing is kept', async t => {
  const { loans, devices, papers, desk, device, anna, signing } = await openDesk(t)
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  await loans.showTerms(desk, loan.id, 'sv')
  await devices.moveLifecycle(desk, device.id, 'stolen')
  await t.throwsAsync(loans.sign(desk, loan.id, signing('attempt-1')), { code: 'lifecycle-transition' })
  t.is((await loans.get(desk, loan.id)).state, 'terms-shown')
  t.deepEqual(await papers.ofPerson(desk, anna.id), [])
})

test('one signature covers several iPads of one person, and not those of another', async t => {
  const { loans, devices, desk, device, anna, bo, another, signing } = await openDesk(t)
  const second = await another()
  const first = await loans.reserve(desk, { deviceId: device.id, personId: anna.id, accessories: ['case'] })
  const also = await loans.reserve(desk, { deviceId: second.id, personId: anna.id, confirmSecond: true })
  const bos = await loans.reserve(desk, { deviceId: (await another()).id, personId: bo.id })
  for (const { id } of [first, also, bos]) await loans.showTerms(desk, id, 'sv')
  const wrong = { ...signing('attempt-1'), alsoLoanIds: [also.id, bos.id] }
  await t.throwsAsync(loans.sign(desk, first.id, wrong), { code: 'other-person' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'reserved')
  const till = { deviceId: (await another()).id, personId: anna.id, dueOn: '2027-06-30', confirmSecond: true }
  const other = await loans.reserve(desk, till)
  await loans.showTerms(desk, other.id, 'sv')
  const apart = { ...signing('attempt-2'), alsoLoanIds: [other.id] }
  await t.throwsAsync(loans.sign(desk, first.id, apart), { code: 'loans-differ' }, 'one paper, one last day')
  const { form } = await loans.sign(desk, first.id, { ...signing('attempt-2'), alsoLoanIds: [also.id] })
  t.is(form.devices.length, 2)
  t.is((await loans.get(desk, also.id)).formId, form.id)
  t.is((await devices.get(desk, second.id)).lifecycle, 'on-loan')
  t.is((await loans.get(desk, bos.id)).state, 'terms-shown')
})

test('a typed name signs as well as a drawn one; a touch by mistake does not', async t => {
  const { loans, devices, desk, device, anna, signing } = await openDesk(t)
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  await loans.showTerms(desk, loan.id, 'sv')
  const touch: Signature = { kind: 'drawn', width: 600, height: 200, strokes: [{ points: [{ x: 1, y: 1 }] }] }
  await t.throwsAsync(loans.sign(desk, loan.id, { ...signing('attempt-1'), signature: touch }), {
    code: 'signature-empty',
  })
  const another: Signature = { kind: 'typed', name: 'Bo Ek' }
  await t.throwsAsync(loans.sign(desk, loan.id, { ...signing('attempt-1'), signature: another }), {
    code: 'signature-other-name',
  })
  t.is((await devices.get(desk, device.id)).lifecycle, 'reserved')
  const typed: Signature = { kind: 'typed', name: 'berg, a.' }
  const { form } = await loans.sign(desk, loan.id, { ...signing('attempt-1'), signature: typed })
  t.deepEqual(form.signature, typed)
})

test('a called-off reservation frees the iPad, and what is signed cannot be called off', async t => {
  const { loans, devices, desk, device, anna, handedOut } = await openDesk(t)
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  t.like(await loans.callOff(desk, loan.id, 'did not come'), { state: 'closed', closeReason: 'did not come' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'prepared')
  const signed = await handedOut()
  await t.throwsAsync(loans.callOff(desk, signed.id, 'no'), { code: 'loan-transition' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'on-loan')
})

test('an iPad from the shelf is prepared on its way to the reservation', async t => {
  const { loans, devices, desk, anna, another } = await openDesk(t)
  const device = await another({ lifecycle: 'in-stock' })
  await loans.reserve(desk, { deviceId: device.id, personId: anna.id })
  t.is((await devices.get(desk, device.id)).lifecycle, 'reserved')
})

test('a return keeps condition and accessories with the loan and gives a receipt; returning twice is refused', async t => {
  const { loans, devices, desk, device, handedOut, time } = await openDesk(t)
  const loan = await handedOut()
  await t.throwsAsync(loans.giveBack(desk, loan.id, { condition: 'B', accessories: ['keyboard'] }), {
    code: 'accessories-unknown',
  })
  await t.throwsAsync(loans.returnReceiptOf(desk, loan.id, staff), { code: 'paper-unknown' })
  time.now = new Date('2026-12-01T08:00:00Z')
  const back = await loans.giveBack(desk, loan.id, {
    condition: 'C',
    accessories: ['charger'],
    note: 'Scratched',
  })
  t.like(back, {
    state: 'returned',
    condition: 'C',
    returnedAccessories: ['charger'],
    returnNote: 'Scratched',
  })
  t.is((await devices.get(desk, device.id)).lifecycle, 'returned')
  const receipt = await loans.returnReceiptOf(desk, loan.id, staff)
  t.true(receipt.equals(await loans.returnReceiptOf(desk, loan.id, staff)))
  await t.throwsAsync(loans.giveBack(desk, loan.id, { condition: 'A', accessories: [] }), {
    code: 'loan-transition',
  })
  t.is((await loans.get(desk, loan.id)).condition, 'C')
  await t.throwsAsync(loans.reserve(desk, { deviceId: device.id, personId: loan.personId }), {
    code: 'device-not-checked',
  })
  t.is((await loans.close(desk, loan.id)).state, 'closed')
  t.is((await loans.get(desk, loan.id)).formId, loan.formId, 'a closed loan keeps what was signed')
})

test('an incident keeps the loan open: it is neither returned nor lent again until it is settled', async t => {
  const { loans, desk, organisationId, device, anna, handedOut } = await openDesk(t)
  const loan = await handedOut()
  await loans.dispute(desk, loan.id, 'incident-1')
  t.like(await loans.openLoanOf(organisationId, device.id), {
    id: loan.id,
    state: 'disputed',
    incidentId: 'incident-1',
  })
  await t.throwsAsync(loans.giveBack(desk, loan.id, { condition: 'A', accessories: [] }), {
    code: 'loan-transition',
  })
  await t.throwsAsync(loans.dispute(desk, loan.id, 'incident-2'), { code: 'loan-transition' })
  t.is((await loans.openOfPerson(desk, anna.id)).length, 1)
  t.is((await loans.settle(desk, loan.id, { to: 'active', reason: 'found' })).state, 'active')
  await loans.dispute(desk, loan.id, 'incident-2')
  t.like(await loans.settle(desk, loan.id, { to: 'closed', reason: 'no charge' }), {
    state: 'closed',
    closeReason: 'no charge',
  })
  t.is(await loans.openLoanOf(organisationId, device.id), undefined)
  await t.throwsAsync(loans.settle(desk, loan.id, { to: 'active', reason: 'again' }), {
    code: 'loan-transition',
  })
})

test('overdue loans are those past their last day, and today is not past', async t => {
  const { loans, desk, device, anna, signing, time } = await openDesk(t)
  await t.throwsAsync(loans.reserve(desk, { deviceId: device.id, personId: anna.id, dueOn: '2026-11-22' }), {
    code: 'loan-invalid',
  })
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: anna.id, dueOn: '2026-11-24' })
  await loans.showTerms(desk, loan.id, 'sv')
  await loans.sign(desk, loan.id, signing('attempt-1'))
  const overdue = async () => (await loans.list(desk, { limit: 10, overdue: true })).items.length
  time.now = new Date('2026-11-24T22:59:00Z')
  t.is(await overdue(), 0, 'one minute before midnight in Sweden')
  time.now = new Date('2026-11-24T23:01:00Z')
  t.is(await overdue(), 1)
})

test('loans are listed newest first, page by page, by person, body and state', async t => {
  const { loans, desk, anna, bo, body, another, time } = await openDesk(t)
  const made: string[] = []
  for (let index = 0; index < 5; index++) {
    time.now = new Date(Date.UTC(2026, 10, 23, 10, index))
    const personId = index % 2 === 0 ? anna.id : bo.id
    const { id } = await loans.reserve(desk, {
      deviceId: (await another()).id,
      personId,
      confirmSecond: true,
    })
    made.unshift(id)
  }
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await loans.list(desk, { limit: 2, after })
    seen.push(...page.items.map(loan => loan.id))
    after = page.next ?? undefined
  } while (after !== undefined)
  t.deepEqual(seen, made)
  t.is((await loans.list(desk, { limit: 10, personId: bo.id })).items.length, 2)
  t.is((await loans.list(desk, { limit: 10, bodyId: body.id })).items.length, 3)
  t.is((await loans.list(desk, { limit: 10, state: 'active' })).items.length, 0)
  t.deepEqual(await loans.counts(desk), [{ state: 'reserved', count: 5 }])
})

test('the paper of someone with a protected identity is for those who may know it', async t => {
  const { loans, papers, people, admin, desk, device, signing } = await openDesk(t)
  const hidden = await people.register(admin, {
    givenName: 'Cilla',
    familyName: 'Dal',
    email: 'cilla@example.se',
    protectedIdentity: true,
  })
  const loan = await loans.reserve(desk, { deviceId: device.id, personId: hidden.id })
  await loans.showTerms(desk, loan.id, 'sv')
  const { form } = await loans.sign(desk, loan.id, signing('attempt-1'))
  t.notRegex(JSON.stringify(await papers.ofPerson(desk, hidden.id)), /cilla|dal/i)
  await t.throwsAsync(papers.receipt(desk, form.id, staff), { code: 'person-protected' })
  t.true((await papers.receipt(admin, form.id, staff)).bytes.length > 1000)
})

test('the actor named a stranger reaches no loan', async t => {
  const { loans } = await openLending(t)
  await t.throwsAsync(loans.get(a, 'none'), { code: 'loan-unknown' })
})

test('a hand-out is undone within a minute by the one who made it: the iPad is free, the paper kept and void', async t => {
  const { loans, papers, devices, handedOut, desk, device, time, audit } = await openDesk(t)
  const loan = await handedOut()
  const before = await papers.receipt(desk, loan.formId ?? '', staff)
  const [undoable] = await loans.undoable(desk)
  t.is(undoable?.loan.id, loan.id)
  time.now = new Date(time.now.getTime() + 59_000)
  const [undone] = await loans.undo(desk, loan.id, 'Wrong person')
  t.like(undone, { state: 'closed', closeReason: 'Wrong person' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'prepared')
  t.is(await loans.openLoanOf(desk.organisationId, device.id), undefined)
  const form = await papers.get(desk, loan.formId ?? '')
  t.like(form.voided, { reason: 'Wrong person', by: { id: desk.id, name: desk.name } })
  t.deepEqual((await papers.receipt(desk, loan.formId ?? '', staff)).bytes, before.bytes)
  const deeds = await audit.list(desk.organisationId, { limit: 50 })
  t.true(deeds.some(({ action, on }) => action === 'loans.undo' && on.id === loan.id))
  t.deepEqual(await loans.undoable(desk), [])
  await t.throwsAsync(loans.undo(desk, loan.id, 'Again'), { code: 'undo-overtaken' })
})

test('a hand-out is not undone late, by another, or after something else has happened', async t => {
  const { loans, devices, handedOut, desk, device, time } = await openDesk(t)
  const loan = await handedOut()
  const other = { ...desk, id: 'another desk' }
  await t.throwsAsync(loans.undo(other, loan.id, 'Mine'), { code: 'undo-other' })
  t.deepEqual(await loans.undoable(other), [])
  await loans.dispute(desk, loan.id, 'incident-1')
  await loans.settle(desk, loan.id, { to: 'active', reason: 'Found in the bag' })
  await t.throwsAsync(loans.undo(desk, loan.id, 'Wrong person'), { code: 'undo-overtaken' })
  t.deepEqual(await loans.undoable(desk), [])
  time.now = new Date(time.now.getTime() + 61_000)
  await t.throwsAsync(loans.undo(desk, loan.id, 'Wrong person'), { code: 'undo-overtaken' })
  t.is((await devices.get(desk, device.id)).lifecycle, 'on-loan')
})

test('a minute later a hand-out is taken back as a return only', async t => {
  const { loans, papers, handedOut, desk, time } = await openDesk(t)
  const loan = await handedOut()
  time.now = new Date(time.now.getTime() + 61_000)
  t.deepEqual(await loans.undoable(desk), [])
  await t.throwsAsync(loans.undo(desk, loan.id, 'Wrong person'), { code: 'undo-late' })
  t.is((await loans.get(desk, loan.id)).state, 'active')
  t.is((await papers.get(desk, loan.formId ?? '')).voided, undefined)
})

test('a return is undone within a minute by the one who took it in: the loan goes on, the receipt stays and is void', async t => {
  const { loans, papers, devices, handedOut, desk, device, anna, time, audit } = await openDesk(t)
  const loan = await handedOut()
  const back = await loans.giveBack(desk, loan.id, { condition: 'C', accessories: ['case'], note: 'Repad' })
  const receipt = await loans.returnReceiptOf(desk, loan.id, staff)
  const other = { ...desk, id: 'another desk' }
  await t.throwsAsync(loans.undoReturn(other, loan.id, 'Mine'), { code: 'return-undo-other' })
  t.is(await loans.undoReturnUntil(other, back), undefined)
  time.now = new Date(time.now.getTime() + 59_000)
  t.deepEqual(await loans.undoReturnUntil(desk, back), new Date(time.now.getTime() + 1000))
  t.is((await loans.undoReturn(desk, loan.id, 'Wrong iPad')).state, 'active')
  const going = await loans.get(desk, loan.id)
  const { undoneReturns } = going
  const plain = (one: Loan) => ({ ...one, version: 0, undoneReturns: undefined })
  t.deepEqual(plain(going), plain(loan), 'nothing is left of the return but that it was undone')
  const [undone] = undoneReturns ?? []
  t.like(undone, {
    by: { id: desk.id, name: desk.name },
    reason: 'Wrong iPad',
    receiptId: back.returnReceiptId,
  })
  t.is((await devices.get(desk, device.id)).lifecycle, 'on-loan')
  t.is((await loans.openOfPerson(desk, anna.id))[0]?.id, loan.id)
  t.deepEqual(await papers.paper(desk, back.returnReceiptId ?? '', anna.id, staff), receipt)
  const deeds = await audit.list(desk.organisationId, { limit: 50 })
  const told = deeds.find(({ action }) => action === 'loans.undo-return')
  t.like(told, { on: { id: loan.id }, before: { condition: 'C', receiptId: back.returnReceiptId } })
  await t.throwsAsync(loans.undoReturn(desk, loan.id, 'Again'), { code: 'undo-overtaken' })
  t.is((await loans.giveBack(desk, loan.id, { condition: 'A', accessories: [] })).condition, 'A')
})

test('a return is not undone late, nor when the iPad has gone on, is erased or has another loan', async t => {
  const { loans, devices, deviceStore, handedOut, desk, device, bo, organisationId, time } = await openDesk(t)
  const loan = await handedOut()
  await loans.giveBack(desk, loan.id, { condition: 'A', accessories: [] })
  await deviceStore.change(organisationId, device.id, {}, { set: { lock: 'wipe-pending' } })
  await t.throwsAsync(loans.undoReturn(desk, loan.id, 'Wrong iPad'), { code: 'undo-overtaken' })
  await deviceStore.change(organisationId, device.id, {}, { set: { lock: 'open' } })
  time.now = new Date(time.now.getTime() + 61_000)
  await t.throwsAsync(loans.undoReturn(desk, loan.id, 'Wrong iPad'), { code: 'return-undo-late' })
  time.now = new Date(time.now.getTime() - 30_000)
  await devices.moveLifecycle(desk, device.id, 'in-stock')
  await devices.moveLifecycle(desk, device.id, 'prepared')
  await loans.reserve(desk, { deviceId: device.id, personId: bo.id, accessories: [] })
  await t.throwsAsync(loans.undoReturn(desk, loan.id, 'Wrong iPad'), { code: 'undo-overtaken' })
  t.is((await loans.get(desk, loan.id)).state, 'returned')
  t.is((await devices.get(desk, device.id)).lifecycle, 'reserved')
})
