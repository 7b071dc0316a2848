import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import { conformance, type World } from './servers.ts'

const check = conformance()

/** After its last job an Agenda keeps a timer for as long as a lock lives, so the locks here are short. */
function agendaOn({ db, atEnd }: World): Agenda {
  const backend = new MongoBackend({ mongo: db })
  const agenda = new Agenda({ backend, processEvery: 50, defaultLockLifetime: 2000 })
  atEnd(() => agenda.stop())
  return agenda
}

/** Waits for something that another loop does; the limit is what a failing test costs. */
async function until(fulfilled: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await fulfilled())) {
    if (Date.now() > deadline) throw new Error('It did not happen in twenty seconds')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** Holds whoever awaits `opened` until it is opened. */
function aGate() {
  let open = (): void => undefined
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open: () => open() }
}

check('a job that is due now runs once with its data', async (t, world) => {
  const agenda = agendaOn(world)
  const seen: unknown[] = []
  agenda.define('greet', job => {
    seen.push(job.attrs.data)
  })
  await agenda.start()
  await agenda.now('greet', { name: 'Åsa' })
  await until(() => seen.length > 0)
  await agenda.drain()
  t.deepEqual(seen, [{ name: 'Åsa' }])
})

check('every keeps one job however often it is asked, and runs it again', async (t, world) => {
  const agenda = agendaOn(world)
  let runs = 0
  agenda.define('tick', () => {
    runs++
  })
  await agenda.start()
  await agenda.every('1 second', 'tick')
  await agenda.every('1 second', 'tick')
  await until(() => runs >= 2)
  const { jobs } = await agenda.queryJobs({ name: 'tick' })
  t.is(jobs.length, 1)
  await agenda.drain()
})

check('no more jobs of a kind run at once than allowed', async (t, world) => {
  const agenda = agendaOn(world)
  const gate = aGate()
  let running = 0
  let most = 0
  let done = 0
  agenda.define(
    'work',
    async () => {
      most = Math.max(most, ++running)
      await gate.opened
      running--
      done++
    },
    { concurrency: 2 },
  )
  let passing = 0
  agenda.define('pass', () => {
    passing++
  })
  await agenda.start()
  await Promise.all(Array.from({ length: 8 }, (_, n) => agenda.now('work', { n })))
  await until(() => running === 2)
  // What came later has been fetched and done, so the other six would have been too.
  await agenda.now('pass', {})
  await until(() => passing === 1)
  t.is(running, 2)
  gate.open()
  await until(() => done === 8)
  t.is(most, 2)
  await agenda.drain()
})

check('two schedulers share the work and none is done twice', async (t, world) => {
  const done: number[] = []
  const agendas = [agendaOn(world), agendaOn(world)]
  for (const agenda of agendas) {
    agenda.define('share', job => {
      done.push((job.attrs.data as { n: number }).n)
    })
  }
  const [first] = agendas
  for (let n = 0; n < 20; n++) await first?.now('share', { n })
  for (const agenda of agendas) await agenda.start()
  await until(() => done.length >= 20)
  for (const agenda of agendas) await agenda.drain()
  t.deepEqual(
    [...done].sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, n) => n),
  )
})

check('a lock that outlived its holder is taken over', async (t, world) => {
  const dead = agendaOn(world)
  dead.define('orphan', () => undefined)
  await dead.now('orphan', {})
  const jobs = world.db.collection('agendaJobs')
  await jobs.updateOne(
    { name: 'orphan' },
    { $set: { lockedAt: new Date(Date.now() - 60_000), nextRunAt: new Date(Date.now() - 60_000) } },
  )
  const agenda = agendaOn(world)
  let runs = 0
  agenda.define('orphan', () => {
    runs++
  })
  await agenda.start()
  await until(() => runs > 0)
  await agenda.drain()
  t.is(runs, 1)
})

check('draining waits for the job that runs', async (t, world) => {
  const agenda = agendaOn(world)
  const gate = aGate()
  let started = false
  let ended = false
  agenda.define('slow', async () => {
    started = true
    await gate.opened
    ended = true
  })
  await agenda.start()
  await agenda.now('slow', {})
  await until(() => started)
  let drained = false
  const draining = agenda.drain().then(() => (drained = true))
  const slow = () => world.db.collection('agendaJobs').find({ name: 'slow' }).toArray()
  await slow()
  t.false(drained)
  gate.open()
  await draining
  t.true(ended)
  const jobs = await slow()
  t.is(jobs[0]?.['lockedAt'] ?? null, null)
})
