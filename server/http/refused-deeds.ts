import { Boom } from '@hapi/boom'
import { type Request, type Server } from '@hapi/hapi'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { faultOf } from '../fault.ts'
import { type Log } from '../log.ts'
import { answerableId, type Actor } from '../staff/actor.ts'
import { type Right } from '../staff/rights.ts'

declare module '@hapi/hapi' {
  interface RequestApplicationState {
    /** Why a form was refused whose page is shown again instead of an error. */
    refusal?: DomainError
  }
}

/**
 * Entries of one caller about one route before the rest is left out: a program that tries all day may not bury the log,
 * and nobody hides one try behind many others.
 */
const mostEntries = 10
const perSeconds = 15 * 60

/** Rights to change what cannot be undone, what reaches many iPads, or who may do what. */
const dangerousDeeds: readonly Right[] = [
  'organisation.write',
  'staff.write',
  'devices.bulk',
  'enrolment.write',
  'commands.send',
  'passcode.clear',
  'apps.install',
  'lost-mode.use',
  'incidents.decide',
  'wipe.request',
  'wipe.approve',
  'approvals.decide',
  'policies.approve',
  'profiles.write',
  'profiles.approve',
  'rollouts.write',
]

/** Rights of which reading is dangerous too: they show where somebody is, or what is protected, or many people at once. */
const dangerousLooks: readonly Right[] = [
  'people.export',
  'people.merge',
  'people.reveal',
  'profiles.reveal',
  'location.read',
  'staff.report',
  'audit.read',
]

/** Codes of refusals by use cases that mean: the caller has no right to it. */
const wantOfRight: readonly string[] = [
  'not-allowed',
  'command-not-allowed',
  'token-beyond',
  'token-roles',
  'account-shared',
]

interface RefusedDeedsNeeds {
  readonly audit: Audit
  readonly transaction: Transaction
  readonly log: Log
}

/** Notes why a form was refused, for the log: its page is no error any more when it is answered. */
export function noteRefusal(request: Pick<Request, 'app'>, thrown: unknown): void {
  if (thrown instanceof DomainError) request.app.refusal = thrown
}

/**
 * Writes to the audit log who tried something dangerous without the right to it: a wipe, a look at what is protected, a
 * change of who may do what. The entry names the route and from where, never what was sent. That the log cannot be
 * written to is logged, and the refusal stands.
 */
export function logRefusedDeeds(server: Server, { audit, transaction, log }: RefusedDeedsNeeds): void {
  const limiter = new RateLimiterMemory({ points: mostEntries, duration: perSeconds })

  async function isWithinLimit({ organisationId, ...caller }: Actor, route: string): Promise<boolean> {
    return limiter.consume(`${organisationId}/${answerableId(caller)}/${route}`).then(
      () => true,
      (full: unknown) => {
        if (full instanceof RateLimiterRes) return false
        throw full
      },
    )
  }

  server.ext('onPreResponse', async (request, h) => {
    // Hapi's types know nothing of requests that nobody has signed.
    const credentials = request.auth.credentials as typeof request.auth.credentials | null
    const actor = credentials?.app?.actor
    if (!actor || !isForWantOfRight(request) || !isDangerous(request)) return h.continue
    try {
      const tried = triedBy(request)
      if (await isWithinLimit(actor, tried.on.id)) {
        await transaction(() => audit.record(actor, { action: 'access.refused', ...tried }))
      }
    } catch (error) {
      log.error({ err: faultOf(error) }, 'refused deed not in the audit log')
    }
    return h.continue
  })
}

function isForWantOfRight({ response, app }: Request): boolean {
  const thrown: unknown = app.refusal ?? response
  if (thrown instanceof DomainError) return wantOfRight.includes(thrown.code)
  // Hapi tells what the route needs to a caller without the right to it. A form that somebody else's page sent in the
  // caller's name is refused by the same status, and is nothing that they tried.
  return response instanceof Boom && (response.data as { need?: unknown } | null)?.need !== undefined
}

function isDangerous(request: Request): boolean {
  const named = rightsNamedBy(request)
  const isLook = request.method === 'get' || request.method === 'head'
  if (named.some(right => dangerousLooks.includes(right))) return true
  if (isLook) return request.route.settings.plugins?.freshSignIn === 'export'
  // A use case asks for a right of its own only where the route's is too little.
  const asked: unknown = request.app.refusal ?? request.response
  return asked instanceof DomainError || named.some(right => dangerousDeeds.includes(right))
}

/** Hapi keeps what a route names in a form that its types do not tell. */
interface KeptAccess {
  readonly access?: readonly { readonly scope?: { readonly selection?: readonly Right[] } | false }[]
}

function rightsNamedBy({ route }: Request): readonly Right[] {
  const { access = [] } = (route.settings.auth ?? {}) as KeptAccess
  return access.flatMap(({ scope }) => (scope ? (scope.selection ?? []) : []))
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The route as it is written down, and the right that it names, by which a page says it in words. Of what stood in the
 * address only an id, since anything else can be about somebody.
 */
function triedBy(request: Request) {
  const { method, route, params } = request
  const id: unknown = params['id']
  const [right] = rightsNamedBy(request)
  return {
    on: { kind: 'route', id: `${method} ${route.path}` },
    after: {
      ...(right && { right }),
      ...(typeof id === 'string' && uuid.test(id) && { target: id.toLowerCase() }),
    },
  }
}
