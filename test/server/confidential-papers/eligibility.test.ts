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

const rules = { papersOldestSystem: '18.0', papersAnswerDays: 7 }

const right: Told = {
  securityReportedAt: now,
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
  paperConditions(facts, rules, now).flatMap(({ code, met }) => (met ? [] : [code]))
const told = (changes: Partial<Record<keyof Told, unknown>>): Facts => ({
  ...good,
  device: { ...device, information: { ...right, ...changes } as Told },
})

test('confidential papers may be read when everything is so, and each loss alone takes that away', t => {
  t.deepEqual(unmet(good), [])
  t.true(isEligible(paperConditions(good, rules, now)))
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
    t.false(isEligible(paperConditions(facts, rules, now)))
  }
  t.deepEqual(
    conditionCodes.filter(code => !losses.some(([, lost]) => lost === code)),
    [],
    'every condition is lost once above',
  )
})

test('an answer about the passcode proves something for so many days, and says when it was given', t => {
  const answered = (securityReportedAt: string | undefined, reportedAt?: string) =>
    told({
      securityReportedAt: securityReportedAt && new Date(securityReportedAt),
      reportedAt: reportedAt && new Date(reportedAt),
    })
  t.deepEqual(unmet(answered('2026-11-15T12:00:00Z')), [])
  t.deepEqual(unmet(answered('2026-11-15T11:59:59Z')), ['passcode'])
  t.deepEqual(unmet(answered(undefined)), ['passcode'])
  t.deepEqual(unmet(answered(undefined, '2026-11-20T12:00:00Z')), [], 'told before answers had a time')
  t.deepEqual(
    unmet(answered('2026-11-10T12:00:00Z', '2026-11-22T11:00:00Z')),
    ['passcode'],
    'other facts are no answer about the passcode',
  )
  const on = paperConditions(answered('2026-11-10T12:00:00Z'), rules, now).find(
    ({ code }) => code === 'passcode',
  )
  t.deepEqual(on?.answeredAt, new Date('2026-11-10T12:00:00Z'))
  const longer = { ...rules, papersAnswerDays: 12 }
  t.true(isEligible(paperConditions(answered('2026-11-10T12:00:00Z'), longer, now)))
})

test('the organisation says which iPadOS is old', t => {
  const strict = { ...rules, papersOldestSystem: '18.2' }
  t.deepEqual(
    paperConditions(good, strict, now).flatMap(({ code, met }) => (met ? [] : [code])),
    ['system'],
  )
  t.true(
    isEligible(paperConditions(told({ osVersion: '17.7.10' }), { ...rules, papersOldestSystem: '17' }, now)),
  )
})

test('what an iPad has not told is not so', t => {
  for (const fact of ['passcodePresent', 'passcodeCompliant', 'hardwareEncrypted', 'supervised', 'osVersion'])
    t.is(unmet(told({ [fact]: undefined })).length, 1, fact)
  const silent: Facts = { ...good, device: { management: 'enrolled', lifecycle: 'on-loan', lock: 'open' } }
  t.deepEqual(unmet(silent), ['passcode', 'encrypted', 'supervised', 'system', 'heard'])
})
