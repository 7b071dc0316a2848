import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { cryptoRandomBytes, newUuid } from '../../server/ids.ts'
import { startServer } from '../../server/start.ts'
import { asked } from '../asked.ts'
import { type SimulatedIpad } from '../simulate/simulated-ipad.ts'
import { table } from '../simulate/summary.ts'
import { startTrialApns } from '../simulate/trial-apns.ts'
import { writeAppSets } from './app-sets.ts'
import { tellPastCases, tellThefts } from './cases.ts'
import { addCosts } from './costs.ts'
import { fillRegisters, readDeviceIds } from './fill-registers.ts'
import { lendAll } from './lend.ts'
import { enrolTheRest, livePlaces, startLive, thiefsWay } from './live-ipads.ts'
import { createPastClock } from './past.ts'
import { writeProfiles } from './profiles.ts'
import { askForEverybody, rollOut } from './roll-outs.ts'
import { figures, planMunicipality, workingDaysBefore } from './plan.ts'
import { readStaff, signIns } from './sign-ins.ts'

const { values } = asked(
  {
    options: { keep: { type: 'boolean', default: false }, port: { type: 'string' } },
  },
  'Usage: npm run demo -- [--keep] [--port N]',
)

const folder = join(import.meta.dirname, '..', '..', 'data-demo')
const completeMark = join(folder, 'demo-is-complete')
/** Days between the purchase and the first session. */
const leadDays = 30

const kept = values.keep && existsSync(completeMark)
if (!kept) await rm(folder, { recursive: true, force: true })
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())

const clock = createPastClock(systemClock)
const apns = await startTrialApns(join(folder, 'simulate'), 0)
const config = readConfig({
  ORNKOLL_LOG: 'error',
  ...process.env,
  ...(values.port !== undefined && { PORT: values.port }),
  ...apns.env,
  // The demo is always by itself.
  MONGODB_URI: '',
  ORNKOLL_DATA: folder,
})
const ports = { clock, newId: newUuid, randomBytes: cryptoRandomBytes }
const server = await startServer(config, ports).catch((error: unknown) => {
  console.error(`The demo could not start: ${error instanceof Error ? error.message : 'unknown fault'}`)
  process.exit(1)
})
const { ornkoll } = server
const plan = planMunicipality()

try {
  console.log(`Örnkoll, demo of ${plan.municipality.name}: everybody and everything in it is invented.`)
  const live = await (kept ? goOn() : tellEverything())
  if (!stopped.signal.aborted) console.log('Everything is in. The demo runs until Ctrl-C.')
  await untilStopped()
  await Promise.all([...live.values()].map(ipad => ipad.stop()))
} catch (error) {
  if (!stopped.signal.aborted) throw error
} finally {
  await server.stop()
  await apns.close()
}

/** The data of the last demo, with its iPads enrolled anew: they forgot who they were when they were switched off. */
async function goOn(): Promise<Map<number, SimulatedIpad>> {
  printSignIns('Sign in now. This is the demo as it was left.')
  const staff = await readStaff(ornkoll)
  const registers = { staff, deviceIds: await readDeviceIds(ornkoll, staff.admin, plan), personIds: [] }
  const live = await startLive({ ornkoll, plan, registers, apns })
  console.log(`${live.size} iPads answer over the real protocol.`)
  return live
}

async function tellEverything(): Promise<Map<number, SimulatedIpad>> {
  const now = clock.now()
  const today = now.toISOString().slice(0, 10)
  const sessions = workingDaysBefore(now, figures.sessions)
  const firstSession = new Date(`${sessions[0] ?? today}T00:00:00Z`)
  const boughtOn = new Date(firstSession.getTime() - leadDays * 86_400_000).toISOString().slice(0, 10)
  const registers = await fillRegisters(ornkoll, plan, { clock, boughtOn })
  await addCosts(ornkoll, registers.staff.finance, Number(today.slice(0, 4)))
  printSignIns('Sign in now. Loans, cases and iPads are still coming in; Ctrl-C ends it.')

  const enrolling = { ornkoll, plan, registers, apns }
  const live = await startLive(enrolling)
  console.log(`${live.size} iPads answer over the real protocol.`)
  let told = 0
  await lendAll(ornkoll, plan, registers, {
    clock,
    sessions,
    onLent: count => {
      stopped.signal.throwIfAborted()
      if (count - told >= 100 || count === figures.loans)
        console.log(`${(told = count)} of ${figures.loans} iPads handed out …`)
    },
  })
  await tellPastCases(ornkoll, registers, { clock, now })
  const [moving = 0, waiting = 1] = livePlaces(plan)
  live.get(moving)?.steal(thiefsWay(clock.now()))
  await tellThefts(ornkoll, registers, [
    registers.deviceIds[moving] ?? '',
    registers.deviceIds[waiting] ?? '',
  ])
  console.log(
    'The cases are told: a stolen iPad is on the move in lost mode, a wipe waits for a second person.',
  )
  const rolling = { ornkoll, plan, registers, live }
  const guide = await rollOut(rolling, await writeProfiles(ornkoll, registers, { clock, now }))
  await writeAppSets(ornkoll, registers)
  console.log(
    'Profiles and a guide are on the live iPads: one roll-out has stopped, one waits for its next wave.',
  )
  const rest = plan.devices.map((_, place) => place).filter(place => !live.has(place))
  await enrolTheRest(rest, enrolling, {
    signal: stopped.signal,
    onEnrolled: count => {
      if (count % 100 === 0) console.log(`${count + live.size} of ${figures.devices} iPads enrolled …`)
    },
  })
  if (!stopped.signal.aborted) await askForEverybody(rolling, guide)
  if (!stopped.signal.aborted) await writeFile(completeMark, `${now.toISOString()}\n`)
  return live
}

function printSignIns(invitation: string): void {
  const rows = signIns.map(({ roles, email, password }) => [roles.join(), email, password])
  console.log(
    `\n  ${server.publicUrl}\n\n${table([['role', 'e-mail', 'password'], ...rows])}\n\n${invitation}`,
  )
}

function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    if (stopped.signal.aborted) resolve()
    else stopped.signal.addEventListener('abort', () => resolve())
  })
}
