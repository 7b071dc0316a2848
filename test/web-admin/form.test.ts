import test from 'ava'
import Joi from 'joi'
import { DomainError } from '../../server/domain-error.ts'
import { formView, readForm, refusalErrors, withPrefix } from '../../web-admin/form.ts'
import { deviceFields, deviceInput, deviceSchema } from '../../web-admin/devices/device-form.ts'
import { sayIn } from '../../web-admin/language.ts'
import { signInFields, signInSchema } from '../../web-admin/sign-in/sign-in-form.ts'

const say = sayIn('en')

test('what was typed stays in the form, and a password does not', t => {
  const { fields } = formView(signInFields, { email: 'a@b.se', password: 'secret' }, say)
  t.is(fields.email.value, 'a@b.se')
  t.is(fields.password.value, '')
})

test('an error stands at its field and leads there from the summary', t => {
  const { fields, errors } = formView(signInFields, {}, say, [{ path: 'email', message: 'Wrong.' }])
  t.is(fields.email.error, 'Wrong.')
  t.is(fields.email.describedBy, 'field-email-error')
  t.is(fields.password.error, undefined)
  t.deepEqual(errors, [{ message: 'Wrong.', href: '#field-email' }])
})

test('two forms of one page share no id', t => {
  const form = withPrefix(formView(signInFields, {}, say, [{ path: 'email', message: 'Wrong.' }]), 'wipe')
  t.is(form.fields.email.id, 'wipe-email')
  t.is(form.fields.email.describedBy, 'wipe-email-error')
  t.is(form.errors[0]?.href, '#wipe-email')
})

test('an empty field is told once, in the words of its label', t => {
  const read = readForm(signInSchema, { email: '' }, signInFields, say)
  t.deepEqual(read, {
    errors: [
      { path: 'email', message: 'Fill in “E-mail address”.' },
      { path: 'password', message: 'Fill in “Password”.' },
    ],
  })
})

test('what nobody asked for is not taken in', t => {
  const read = readForm(Joi.object({ name: Joi.string() }), { name: 'Anna', role: 'admin' }, {}, say)
  t.deepEqual(read, { value: { name: 'Anna' } })
})

test('a refusal stands at its field in the language of the reader', t => {
  const reason = { code: 'serial-form', message: 'A serial number has 8–14 letters and digits.' }
  const field = { path: 'serialNumber', ...reason }
  const refusal = new DomainError('invalid', 'device-invalid', 'Some fields are not right.', [field])
  t.deepEqual(refusalErrors(refusal, sayIn('sv')), [
    { path: 'serialNumber', message: 'Ett serienummer har 8–14 bokstäver och siffror.' },
  ])
})

test('a fault is not dressed up as a mistake of the person', t => {
  const fault = new Error('the disk is full')
  t.is(
    t.throws(() => refusalErrors(fault, say)),
    fault,
  )
})

test('an iPad is read from its form: öre, days, and what was left empty is emptied', t => {
  const typed = {
    serialNumber: ' f9fdw123 ',
    assetTag: '',
    theftMark: '',
    origin: 'new',
    price: '4 995,00',
    purchasedOn: '2026-09-01',
  }
  const read = readForm(deviceSchema, typed, deviceFields(say), say)
  if ('errors' in read) return t.fail(JSON.stringify(read.errors))
  t.deepEqual(deviceInput(read.value), {
    serialNumber: 'f9fdw123',
    origin: 'new',
    ownership: 'organisation',
    theftMark: null,
    warrantyEndsOn: null,
    purchase: { on: '2026-09-01', priceOre: 499_500 },
  })
})

test('a price without its day, a day that does not exist and a strange amount are each told', t => {
  const errorsOf = (typed: object) => {
    const read = readForm(
      deviceSchema,
      { serialNumber: 'F9FDW123', origin: 'new', ...typed },
      deviceFields(say),
      say,
    )
    return 'errors' in read ? read.errors.map(({ path }) => path) : []
  }
  t.deepEqual(errorsOf({ price: '100' }), ['purchasedOn'])
  t.deepEqual(errorsOf({ purchasedOn: '2026-02-30' }), ['purchasedOn'])
  t.deepEqual(errorsOf({ purchasedOn: '2026-02-28', price: '1.234' }), ['price'])
})
