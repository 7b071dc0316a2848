import test from 'ava'
import { SimulationError } from '../../../scripts/simulate/simulation-error.ts'
import { created } from '../../support/hand-out.ts'
import { enrolByLink, startSimulation } from '../../support/simulation.ts'

interface CommandView {
  readonly state: string
  readonly result?: Record<string, unknown>
  readonly error?: { readonly words: string }
}

test('a simulated iPad enrols over the real protocol, and answers what it is woken for', async t => {
  const { server, apns, ipad } = await startSimulation(t)
  const admin = await server.as('admin')
  const serialNumber = 'SIMTEST00001'
  const one = ipad(serialNumber)
  const { id } = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber })
  await enrolByLink(admin, id, one)
  t.is(one.management(), 'enrolled')
  t.is(one.state().profiles.length, 1)

  const send = async (requestType: string, parameters: object = {}) => {
    const path = `/api/v1/devices/${id}/commands`
    const { commandUUID } = await created<{ commandUUID: string }>(admin, path, {
      requestType,
      ...parameters,
    })
    await one.answered(({ uuid }) => uuid === commandUUID)
    return (await admin.get<CommandView>(`/api/v1/commands/${commandUUID}`)).body
  }
  const pushesBefore = apns.requests.length
  const told = await send('DeviceInformation', { Queries: ['SerialNumber'] })
  t.like(told, { state: 'acknowledged', result: { QueryResponses: { SerialNumber: serialNumber } } })
  t.true(apns.requests.length > pushesBefore, 'it was woken by a push')
  t.like(await send('PlayLostModeSound'), {
    state: 'failed',
    error: { words: 'The iPad is not in lost mode.' },
  })

  await one.become('broken')
  t.is((await send('SecurityInfo')).state, 'failed')

  // A lost answer is repeated, and what comes next is not lost with it.
  await one.become('awake')
  one.loseNextAnswer()
  t.is((await send('SecurityInfo')).state, 'acknowledged')
  t.is((await send('ProfileList')).state, 'acknowledged')
  t.deepEqual(one.faults, [])
})

test('behind its passcode it puts an app off, and fetches it by itself once unlocked', async t => {
  const { server, ipad } = await startSimulation(t)
  const admin = await server.as('admin')
  const one = ipad('SIMTEST00002')
  const { id } = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber: one.serialNumber })
  await enrolByLink(admin, id, one)
  await one.become('locked')
  const { commandUUID } = await created<{ commandUUID: string }>(admin, `/api/v1/devices/${id}/commands`, {
    requestType: 'InstallApplication',
    Identifier: 'se.example.papers',
  })
  await one.answered(({ uuid, status }) => uuid === commandUUID && status === 'NotNow')
  t.is((await admin.get<CommandView>(`/api/v1/commands/${commandUUID}`)).body.state, 'not-now')
  t.deepEqual(one.state().apps, [])
  await one.become('awake')
  await one.answered(({ uuid, status }) => uuid === commandUUID && status === 'Acknowledged')
  t.is((await admin.get<CommandView>(`/api/v1/commands/${commandUUID}`)).body.state, 'acknowledged')
  t.like(one.state().apps, [{ identifier: 'se.example.papers', managed: true }])
})

test('without a good link it stays outside of management', async t => {
  const { server, ipad } = await startSimulation(t)
  const one = ipad('SIMTEST00003')
  const refused = await t.throwsAsync(one.enrol(`${server.url}/enroll/nonsense`), {
    instanceOf: SimulationError,
  })
  t.regex(refused.message, /404/)
  t.is(one.management(), 'new')
  t.deepEqual(one.state().profiles, [])
})

test('its user can remove the management, and the server is told once', async t => {
  const { server, ipad } = await startSimulation(t)
  const admin = await server.as('admin')
  const one = ipad('SIMTEST00004')
  const { id } = await created<{ id: string }>(admin, '/api/v1/devices', { serialNumber: one.serialNumber })
  await enrolByLink(admin, id, one)
  await one.removeManagement()
  t.is(one.management(), 'removed')
  t.like((await admin.get<object>(`/api/v1/devices/${id}`)).body, { management: 'unenrolled' })
  t.deepEqual(one.faults, [])
})
