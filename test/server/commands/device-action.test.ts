import test from 'ava'
import { enrolmentProfileIdentifier } from '../../../profiles/enrolment-profile.ts'
import {
  commandsOf,
  deviceActions,
  fitsAction,
  rightForAction,
} from '../../../server/commands/device-action.ts'
import { type Device } from '../../../server/devices/device.ts'

const ipad = (fields: Partial<Device> = {}) =>
  ({
    lifecycle: 'in-stock',
    management: 'enrolled',
    lock: 'open',
    ownership: 'organisation',
    ...fields,
  }) as const

test('every action takes a command, and the right of what it does to the iPad', t => {
  for (const action of deviceActions) t.true(commandsOf(action, {}, {}).length > 0, action)
  t.is(rightForAction('refresh'), 'commands.send')
  t.is(rightForAction('lost-mode'), 'lost-mode.use')
  t.is(rightForAction('locate'), 'location.read')
  t.is(rightForAction('clear-passcode'), 'passcode.clear')
  t.is(rightForAction('install-app'), 'apps.install')
  t.is(rightForAction('remove-profile'), 'rollouts.write')
  t.is(rightForAction('remove-management'), 'enrolment.write', 'not that of any profile')
})

test('lost mode says the words of the organisation only where the caller has none', t => {
  const settings = { lostModeMessage: 'Lämna in mig', lostModePhone: '08-123' }
  const said = (input: Parameters<typeof commandsOf>[1]) =>
    commandsOf('lost-mode', input, settings)[0]?.parameters
  t.like(said({}), { Message: 'Lämna in mig', PhoneNumber: '08-123' })
  t.like(said({ message: 'Ring oss' }), { Message: 'Ring oss', PhoneNumber: '08-123' })
  t.deepEqual(commandsOf('remove-management', {}, settings), [
    { requestType: 'RemoveProfile', parameters: { Identifier: enrolmentProfileIdentifier } },
  ])
})

test('an action fits an iPad that it does something to', t => {
  const fitting = (device: Parameters<typeof fitsAction>[1]) =>
    ['lock', 'lost-mode', 'end-lost-mode', 'play-sound', 'remove-management', 'refresh'].filter(action =>
      fitsAction(action as (typeof deviceActions)[number], device),
    )
  t.deepEqual(fitting(ipad()), ['lock', 'lost-mode', 'refresh'])
  t.deepEqual(fitting(ipad({ lock: 'lost' })), ['end-lost-mode', 'play-sound', 'refresh'])
  t.deepEqual(
    fitting(ipad({ lock: 'lost', lifecycle: 'stolen' })),
    ['play-sound', 'refresh'],
    'its case ends it',
  )
  t.deepEqual(fitting(ipad({ lock: 'lost-mode-pending' })), ['end-lost-mode', 'refresh'])
  t.deepEqual(fitting(ipad({ ownership: 'personal' })), ['lock', 'lost-mode', 'remove-management', 'refresh'])
  t.deepEqual(fitting(ipad({ management: 'unenrolled', ownership: 'personal' })), [])
})
