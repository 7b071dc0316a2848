import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import { createCallOrigins } from '../../../server/call-origin.ts'
import { createJobs, type JobRun } from '../../../server/jobs/agenda.ts'
import { connectTestDatabase } from '../../support/database.ts'

async function jobsWith(t: ExecutionContext, run: () => Promise<void>) {
  const { db } = await connectTestDatabase(t)
  const lines = new PassThrough()
  let log = ''
  lines.on('data', (piece: Buffer) => (log += piece.toString()))
  const origins = createCallOrigins()
  const ended = new Promise<JobRun>(resolve => {
    const jobs = createJobs(
      db,
      [
        {
          name: 'test.job',
          every: '1 hour',
          run: async () => {
            seen = origins.current().job
            await run()
          },
        },
      ],
      { log: pino(lines), origins, ended: resolve },
    )
    t.teardown(() => jobs.drain())
    void jobs.start()
  })
  let seen: string | undefined
  return { ended, seen: () => seen, log: () => log, lines }
}

test('a job that fails is logged with its kind and place, without the words of the fault', async t => {
  const jobs = await jobsWith(t, () => Promise.reject(new TypeError('Åsa Ek cannot be read')))
  const written = once(jobs.lines, 'data')
  t.like(await jobs.ended, { job: 'test.job', outcome: 'failed' })
  await written
  t.regex(jobs.log(), /"job":"test\.job"/)
  t.regex(jobs.log(), /TypeError/)
  t.regex(jobs.log(), /agenda\.test\.ts/)
  t.notRegex(jobs.log(), /Åsa/)
})

test('a job that works is counted and logs nothing, and what it does carries its name', async t => {
  const jobs = await jobsWith(t, () => Promise.resolve())
  t.like(await jobs.ended, { job: 'test.job', outcome: 'done' })
  t.is(jobs.seen(), 'test.job')
  t.is(jobs.log(), '')
})
