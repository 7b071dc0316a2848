import test from 'ava'
import { figures, planMunicipality, workingDaysBefore } from '../../../scripts/demo/plan.ts'
import { signIns } from '../../../scripts/demo/sign-ins.ts'
import { commonPasswords } from '../../../server/staff/common-passwords.ts'
import { passwordFault } from '../../../server/staff/password-rule.ts'

const plan = planMunicipality()

test('the demo has the numbers of the source, and nothing of it is real', t => {
  t.is(plan.people.length, 520)
  t.is(plan.devices.length, 469)
  t.is(plan.bodies.filter(({ type }) => type === 'committee').length, 23)
  t.is(plan.partners.length + 1, 4)
  t.is(plan.devices.filter(({ origin }) => origin === 'reconfigured').length, 81)
  t.is(plan.devices.filter(({ bought }) => bought).length * figures.devicePriceOre, 197_972_700)
  for (const { email, phone } of plan.people) {
    t.regex(email, /^[a-z.-]+@ekvalla\.example$/)
    t.regex(phone, /^070-174 06 \d\d$/)
  }
})

test('nobody and nothing is there twice', t => {
  for (const all of [
    plan.people.map(({ email }) => email),
    plan.devices.map(({ serialNumber }) => serialNumber),
    plan.devices.map(({ assetTag }) => assetTag),
    plan.loans.map(({ device }) => device),
    plan.loans.map(({ person }) => person),
  ])
    t.is(new Set<unknown>(all).size, all.length)
  for (const { mandates } of plan.people)
    t.is(new Set(mandates.map(({ body }) => body)).size, mandates.length)
})

test('the demo is the same each time', t => {
  t.deepEqual(planMunicipality(), plan)
})

test('every committee has one chair, and every session hands out a few iPads', t => {
  const seats = plan.people.flatMap(({ mandates }) => mandates)
  for (let body = 0; body < figures.committees; body++)
    t.is(seats.filter(seat => seat.body === body && seat.role === 'chair').length, 1)
  for (let session = 0; session < figures.sessions; session++) {
    const count = plan.loans.filter(loan => loan.session === session).length
    t.true(count === 8 || count === 9, String(count))
  }
})

test('sessions are held on working days, the last one before today', t => {
  const days = workingDaysBefore(new Date('2026-11-22T09:00:00Z'), 52)
  t.is(days.length, 52)
  t.is(days.at(-1), '2026-11-20')
  t.is(days.at(0), '2026-09-10')
  for (const day of days) t.true(new Date(day).getUTCDay() % 6 !== 0, day)
})

test('the passwords of the demo are ones that the product takes', t => {
  const organisations = [plan.municipality.name, ...plan.partners.map(({ name }) => name)]
  for (const { name, email, password } of signIns)
    t.is(passwordFault(password, { name, email, organisations }, commonPasswords), undefined, email)
})
