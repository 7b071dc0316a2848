import { type Server } from '@hapi/hapi'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { type JobRun } from '../jobs/agenda.ts'

/** How many of what there are, by a word that says which: read from the database when somebody asks. */
export type Counts = () => Promise<readonly { readonly which: string; readonly count: number }[]>

interface MetricsNeeds {
  readonly commands: Counts
  readonly devices: Counts
}

export interface Metrics {
  /** Everything as Prometheus reads it, and its content type. */
  read(): Promise<{ readonly text: string; readonly type: string }>
  watch(door: 'device' | 'staff', server: Server): void
  readonly pushed: (outcome: string) => void
  readonly jobEnded: (run: JobRun) => void
}

/** The figures of this process and of the database that it works on. They name no organisation and nobody. */
export function createMetrics({ commands, devices }: MetricsNeeds): Metrics {
  const register = new Registry()
  // Event loop, garbage collection, memory and handles of the process.
  collectDefaultMetrics({ register })
  const registers = [register]
  const requests = new Counter({
    name: 'ornkoll_requests_total',
    help: 'Requests that were answered, by door, route and status',
    labelNames: ['door', 'method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'ornkoll_request_seconds',
    help: 'Time from a request to its answer, by door',
    labelNames: ['door'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const pushes = new Counter({
    name: 'ornkoll_pushes_total',
    help: 'Pushes to iPads by what the push service said',
    labelNames: ['outcome'],
    registers,
  })
  const jobs = new Counter({
    name: 'ornkoll_job_runs_total',
    help: 'Recurring work that has ended',
    labelNames: ['job', 'outcome'],
    registers,
  })
  const jobSeconds = new Gauge({
    name: 'ornkoll_job_seconds',
    help: 'How long the work took the last time',
    labelNames: ['job'],
    registers,
  })
  const counted = (name: string, help: string, label: string, counts: Counts) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const now = await counts()
        this.reset()
        for (const { which, count } of now) this.set({ [label]: which }, count)
      },
    })
  counted('ornkoll_open_commands', 'Commands that have not ended, by state', 'state', commands)
  counted('ornkoll_devices', 'iPads by whether they are managed', 'management', devices)

  return {
    read: async () => ({ text: await register.metrics(), type: register.contentType }),
    watch(door, server) {
      server.events.on('response', request => {
        const { response } = request
        const status = response instanceof Error ? response.output.statusCode : response.statusCode
        const { method } = request
        requests.inc({ door, method, route: request.route.path, status: String(status) })
        seconds.observe({ door }, (request.info.responded - request.info.received) / 1000)
      })
    },
    pushed: outcome => pushes.inc({ outcome }),
    jobEnded({ job, outcome, seconds: took }) {
      jobs.inc({ job, outcome })
      jobSeconds.set({ job }, took)
    },
  }
}
