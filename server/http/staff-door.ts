import crumb from '@hapi/crumb'
import Hapi, {
  type Plugin,
  type Request,
  type ResponseObject,
  type ResponseToolkit,
  type Server,
} from '@hapi/hapi'
import Joi from 'joi'
import { type Clock } from '../clock.ts'
import { type Log } from '../log.ts'
import { answerRefusals, refusalOf, type Refusal } from './domain-errors.ts'
import { lingerMs, refuseLargeBodies } from './body-limit.ts'
import { noteWhereFrom } from './came-from.ts'
import { wantFreshSignIn } from './fresh-sign-in.ts'
import { answerOtherMethods } from './known-methods.ts'
import { limitAttempts, longestWaitMs } from './attempt-limit.ts'
import { keepToOwnLoan } from './lent-screen.ts'
import { logAnswers } from './request-log.ts'
import { type TrustedProxies } from './trusted-proxies.ts'
import { refuseForeignOrigins } from './same-origin.ts'
import { protectAnswers } from './security-headers.ts'
import { wantWellFormed } from './well-formed.ts'
import { closeStaffDoor, type StaffAuthDeps } from './staff-auth.ts'

interface StaffDoorOptions extends StaffAuthDeps {
  readonly publicUrl: string
  readonly clock: Clock
  readonly trustedProxies: TrustedProxies
  readonly log: Log
  readonly plugins: readonly Plugin<void>[]
  /** Remembers answers by `Idempotency-Key`. */
  readonly rememberAnswers: (server: Server) => void
  /** Notes who tried what they have no right to. */
  readonly logRefusals: (server: Server) => void
  /** Shows a refusal as a page, in the reader's language. */
  readonly errorPage: (
    request: Request,
    h: ResponseToolkit,
    refusal: Refusal & { readonly statusCode: number },
  ) => Promise<ResponseObject>
}

/**
 * The door of people and programs: pages under `/`, JSON under `/api`. Closed by default, CSRF tokens in page forms,
 * strict headers. Refusals become JSON for programs and pages for people.
 */
export async function createStaffDoor(options: StaffDoorOptions): Promise<Server> {
  const server = Hapi.server({
    autoListen: false,
    // Hapi would print faults with their words, which can quote what people typed.
    debug: false,
    // The front ends the connections; Hapi has seen none of them begin.
    operations: { cleanStop: false },
    router: { stripTrailingSlash: true },
    routes: {
      security: {
        hsts: options.secure && { maxAge: 31_536_000, includeSubDomains: true },
        noSniff: true,
        xframe: 'deny',
        referrer: 'same-origin',
      },
      validate: {
        options: { abortEarly: false },
        failAction: (_request, _h, error) => {
          throw error ?? new Error('Validation failed without a reason')
        },
      },
      payload: { maxBytes: 1_048_576, timeout: 30_000 },
      // Whatever another product on the same domain has set may not lock anybody out of this one.
      state: { failAction: 'ignore' },
    },
  })
  server.validator(Joi)
  noteWhereFrom(server, options.trustedProxies)
  logAnswers(server, options.log.child({ door: 'staff' }))
  refuseLargeBodies(server, lingerMs)
  await closeStaffDoor(server, options)
  refuseForeignOrigins(server, options.publicUrl)
  await server.register({
    plugin: crumb,
    options: {
      cookieOptions: { isSecure: options.secure, isHttpOnly: true, isSameSite: 'Lax', path: '/' },
      skip: (request: Request) => request.path.startsWith('/api/'),
    },
  } as never)
  wantWellFormed(server)
  keepToOwnLoan(server)
  wantFreshSignIn(server, options.clock)
  // Extensions run in this order: what was thrown becomes a refusal, then a page for people, then gets its headers.
  readAbsentBodyAsEmpty(server)
  options.rememberAnswers(server)
  options.logRefusals(server)
  answerOtherMethods(server)
  answerRefusals(server, options.log)
  limitAttempts(server, {
    forms: ['/sign-in'],
    // What comes back from a provider is refused like a wrong password, and each refusal asks the provider and is logged.
    links: ['/set-up/', '/choose-password/', '/sign-in/single-sign-on/'],
    trustedProxies: options.trustedProxies,
    publicUrl: options.publicUrl,
    longestWaitMs,
  })
  showRefusalsAsPages(server, options.errorPage)
  protectAnswers(server)
  for (const plugin of options.plugins) await server.register(plugin)
  return server
}

/** A deed that needs no word more is done without a body; elsewhere the fields that are missing are named. */
function readAbsentBodyAsEmpty(server: Server): void {
  server.ext('onPostAuth', (request, h) => {
    const absent = (request.payload as unknown) === null && request.route.settings.validate?.payload
    if (absent && request.path.startsWith('/api/')) Object.assign(request, { payload: {} })
    return h.continue
  })
}

/** Whether refusals on this path are read by programs; what is said about the API is for people. */
function isForPrograms(path: string): boolean {
  const isApi = path.startsWith('/api/') && !/^\/api\/docs(\/|$)/.test(path)
  return isApi || path.startsWith('/health/')
}

function showRefusalsAsPages(server: Server, errorPage: StaffDoorOptions['errorPage']): void {
  server.ext('onPreResponse', async (request, h) => {
    const { response } = request
    if (!(response instanceof Error) || isForPrograms(request.path)) return h.continue
    const { statusCode, headers } = response.output
    if (statusCode === 401 && request.method === 'get') {
      const wanted = request.url.pathname + request.url.search
      return h.redirect(wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`)
    }
    const page = await errorPage(request, h, { ...refusalOf(response, request), statusCode })
    const wait = headers['retry-after']
    return wait === undefined ? page : page.header('retry-after', String(wait))
  })
}
