import { execFile } from 'node:child_process'
import { join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import { readConfig } from '../../server/config.ts'
import { enrolFleet, simulatedSerials } from './fleet.ts'
import { ownKeys, sharedKeys } from './identity-keys.ts'
import { type SimulatedIpad } from './simulated-ipad.ts'
import { staffApi } from './staff-api.ts'
import { summaryOf } from './summary.ts'
import { startTrialApns } from './trial-apns.ts'

const usage = `Usage: npm run simulate -- [options]

Simulated iPads that enrol with a running server and answer its commands until Ctrl-C.

  --devices N        how many (default 10)
  --server URL       where the server is (default http://127.0.0.1:8080)
  --token TOKEN      bearer token of role admin or handout (default: a new one for the data folder, ORNKOLL_DATA)
  --apns-port PORT   be the push service on this port as well, so that commands arrive at once; start the server with
                     the settings that are printed. Without it the iPads ask by themselves
  --poll-seconds S   how often they ask then (default 5)
  --refusing P       how many in a hundred refuse what is to be installed on them (default 0)
  --own-keys         a key of its own for each iPad, as real ones have; a sixth of a second more for each
`

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '10' },
    server: { type: 'string', default: 'http://127.0.0.1:8080' },
    token: { type: 'string' },
    'apns-port': { type: 'string' },
    'poll-seconds': { type: 'string', default: '5' },
    refusing: { type: 'string', default: '0' },
    'own-keys': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const count = Number(values.devices)
const pollSeconds = Number(values['poll-seconds'])
const refusing = Number(values.refusing)
if (values.help || !Number.isInteger(count) || count < 1 || !(pollSeconds > 0) || !(refusing >= 0)) {
  console.error(usage)
  process.exit(values.help ? 0 : 2)
}

/** Differing keys that the iPads of one run take turns with. */
const keysMade = 8
/** Somewhere in the forest, far from anybody. */
const home = { latitude: 59.62, longitude: 14.87 }

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())

const config = readConfig(process.env)
const apns =
  values['apns-port'] === undefined
    ? undefined
    : await startTrialApns(join(config.dataFolder, 'simulate'), Number(values['apns-port']))
if (apns) {
  const env = { ...apns.env, APNS_CA: relative(process.cwd(), apns.env.APNS_CA) }
  console.log('Push service of this machine. Start the server with:')
  console.log(
    `  ${Object.entries(env)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')} npm start\n`,
  )
}

const ipads: SimulatedIpad[] = []
await serverIsReady()
const api = staffApi(values.server, values.token ?? (await newToken()))
const startedAt = performance.now()
let refusals = 0
await enrolFleet(simulatedSerials(count), {
  api,
  keys: values['own-keys'] ? ownKeys : sharedKeys(keysMade),
  pushes: apns,
  home,
  // Spread over the fleet, and always the same ones.
  refusedBy: index => ((index * 37) % 100 < refusing ? ['InstallProfile', 'InstallMedia'] : []),
  atOnce: 8,
  onEnrolled: ipad => {
    ipads.push(ipad)
    progress()
  },
  onRefused: (serialNumber, fault) => {
    refusals += 1
    console.error(
      `${serialNumber} could not enrol: ${fault instanceof Error ? fault.message : String(fault)}`,
    )
  },
})
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
console.log(`${ipads.length} iPads enrolled in ${seconds} s${refusals > 0 ? `, ${refusals} could not` : ''}.`)
console.log(apns ? 'They wait for pushes.' : `They ask for commands every ${pollSeconds} s.`)
console.log('Ctrl-C stops them.')

await (apns ? untilStopped() : pollUntilStopped())
await Promise.all(ipads.map(ipad => ipad.stop()))
await apns?.close()
console.log(`\n${summaryOf(ipads.flatMap(({ answers }) => answers))}`)
const faults = ipads.flatMap(ipad => ipad.faults)
if (faults.length > 0)
  console.log(`${faults.length} times something went wrong, at last: ${faults.at(-1)?.message ?? ''}`)
process.exitCode = ipads.length > 0 ? 0 : 1

/** Says now and then how far it is. */
function progress(): void {
  const step = Math.max(1, Math.ceil(count / 10))
  if (ipads.length % step === 0 && ipads.length < count) console.log(`  ${ipads.length} of ${count} …`)
}

async function serverIsReady(): Promise<void> {
  for (let tries = 0; !stopped.signal.aborted; tries++) {
    const ready = await fetch(new URL('/health/ready', values.server)).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    if (tries === 0) console.log(`Waiting for the server at ${values.server} …`)
    await delay(500, undefined, { signal: stopped.signal }).catch(() => undefined)
  }
  process.exit(1)
}

/** A token for the data folder in use, as `npm run token` prints it. */
async function newToken(): Promise<string> {
  const script = join(import.meta.dirname, '..', 'token.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--role', 'admin'])
  return stdout.trim()
}

function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    if (stopped.signal.aborted) resolve()
    // A timer keeps the process alive while nobody speaks.
    const alive = setInterval(() => undefined, 60_000)
    stopped.signal.addEventListener('abort', () => {
      clearInterval(alive)
      resolve()
    })
  })
}

/** Everybody asks once in each round, spread over it, so that the server sees no bursts. */
async function pollUntilStopped(): Promise<void> {
  const { signal } = stopped
  const isOver = () => signal.aborted || ipads.length === 0
  for (let turn = 0; !isOver(); turn++) {
    // A server that is away for a while is no reason to stop.
    void ipads[turn % ipads.length]?.poll().catch(() => undefined)
    await delay((pollSeconds * 1000) / ipads.length, undefined, { signal }).catch(() => undefined)
  }
}
