import test from 'ava'
import {
  conditionCodes,
  isEligible,
  paperConditions,
  type ConditionCode,
} from '../../../server/confidential-papers/eligibility.ts'

const now = new Date('2026-11-22T12:00:00Z')
type Facts = Parameters<typeof paperConditions>[0]
type Told = NonNullable<Facts['device']['information']>

const right: Told = {
  ...{ osVersion: '18.1', supervised: true, hardwareEncrypted: true, lostModeEnabled: false },
  ...{ passcodePresent: true, passcodeCompliant: true },
}
const device: Facts['device'] = {
  management: 'enrolled',
  lifecycle: 'on-loan',
  lock: 'open',
  lastSeenAt: now,
  information: right,
}
const good: Facts = {
  device,
  loan: { state: 'active', formId: 'form' },
  secured: { demandsPasscode: true, hasFaults: false },
}

const unmet = (facts: Facts): ConditionCode[] =>
  paperConditions(facts, now).flatMap(({ code, met }) => (met ? [] : [code]))
const told = (changes: Partial<Record<keyof Told, unknown>>): Facts => ({
  ...good,
  device: { ...device, information: { ...right, ...changes } as Told },
})

test('confidential papers may be read when everything is so, and each loss alone takes that away', t => {
  t.deepEqual(unmet(good), [])
  t.true(isEligible(paperConditions(good, now)))
  const losses: [Facts, ConditionCode][] = [
    [{ ...good, device: { ...device, management: 'unenrolled' } }, 'enrolled'],
    [told({ passcodePresent: false }), 'passcode'],
    [told({ passcodeCompliant: false }), 'passcode'],
    [{ ...good, loan: undefined }, 'borrower'],
    [{ ...good, loan: { state: 'reserved' } }, 'borrower'],
    [{ ...good, loan: { state: 'disputed', formId: 'form' } }, 'no-case'],
    [{ ...good, device: { ...device, lifecycle: 'stolen' } }, 'not-lost'],
    [told({ hardwareEncrypted: false }), 'encrypted'],
    [told({ supervised: false }), 'supervised'],
    [told({ osVersion: '17.7.10' }), 'system'],
    [{ ...good, device: { ...device, lock: 'lost-mode-pending' } }, 'not-lost'],
    [told({ lostModeEnabled: true }), 'not-lost'],
    [{ ...good, device: { ...device, lastSeenAt: new Date('2026-11-01T12:00:00Z') } }, 'heard'],
    [{ ...good, secured: { demandsPasscode: false, hasFaults: false } }, 'security-profile'],
    [{ ...good, secured: { demandsPasscode: true, hasFaults: true } }, 'profiles-right'],
  ]
  for (const [facts, code] of losses) {
    t.deepEqual(unmet(facts), [code])
    t.false(isEligible(paperConditions(facts, now)))
  }
  t.deepEqual(
    conditionCodes.filter(code => !losses.some(([, lost]) => lost === code)),
    [],
    'every condition is lost once above',
  )
})

test('what an iPad has not told is not so', t => {
  for (const fact of ['passcodePresent', 'passcodeCompliant', 'hardwareEncrypted', 'supervised', 'osVersion'])
    t.is(unmet(told({ [fact]: undefined })).length, 1, fact)
  const silent: Facts = { ...good, device: { management: 'enrolled', lifecycle: 'on-loan', lock: 'open' } }
  t.deepEqual(unmet(silent), ['passcode', 'encrypted', 'supervised', 'system', 'heard'])
})
