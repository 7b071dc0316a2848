import { type Boom } from '@hapi/boom'
import { type Request, type Server } from '@hapi/hapi'
import { DomainError, type FieldError, type RefusalKind } from '../domain-error.ts'
import { faultOf } from '../fault.ts'
import { type Log } from '../log.ts'

export const statusOfRefusal = {
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  forbidden: 403,
  'too-many': 429,
} as const satisfies Record<RefusalKind, number>

/** What a refused or failed request says, on both doors and in pages and JSON alike. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly fields?: readonly FieldError[]
  readonly requestId: string
}

/**
 * The one place where refusals become HTTP. A `DomainError` gets the status of its kind; anything else that is thrown
 * is a fault: logged with its request id, while the caller reads only that something failed.
 */
export function answerRefusals(server: Server, log: Log): void {
  server.ext('onPreResponse', (request, h) => {
    const { response } = request
    if (!(response instanceof Error)) return h.continue
    const thrown: Error = response
    if (thrown instanceof DomainError) response.output.statusCode = statusOfRefusal[thrown.kind]
    if (response.output.statusCode >= 500) {
      log.error({ request: request.info.id, route: request.route.path, err: faultOf(response) }, 'fault')
    }
    response.output.payload = { error: refusalOf(response, request) } as never
    return h.continue
  })
}

/** The words of an error answer. A fault never shows its own message. */
export function refusalOf(error: Boom, request: Pick<Request, 'info'>): Refusal {
  const { statusCode } = error.output
  const requestId = request.info.id
  const thrown: Error = error
  if (thrown instanceof DomainError) {
    const { code, message, fields } = thrown
    return { code, message, ...(fields.length > 0 && { fields }), requestId }
  }
  if (statusCode >= 500) return { code: 'fault', message: faultWords, requestId }
  const fields = fieldsOfJoi(error)
  return {
    code: plainCodes[statusCode] ?? 'refused',
    message: fields.length > 1 ? sentences(fields) : (accessWords(error) ?? error.message),
    ...(fields.length > 0 && { fields }),
    requestId,
  }
}

const faultWords = 'Something went wrong on our side. Check whether it was done before you try again.'

const plainCodes: Readonly<Record<number, string>> = {
  400: 'bad-request',
  401: 'sign-in-needed',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'wrong-content-type',
  429: 'too-many',
}

/** What Hapi leaves out: which right is missing, and what to send. */
function accessWords({ message, data }: Boom): string | undefined {
  if (message === 'Missing authentication') return 'Send a token in the header “Authorization: Bearer …”.'
  if (message === 'Unsupported Media Type')
    return 'This content type is not read here. Send JSON (application/json), or what the description of the API names.'
  const { need } = (data ?? {}) as { need?: { selection?: string[] }[] }
  const missing = need?.flatMap(({ selection = [] }) => selection) ?? []
  if (missing.length === 0) return undefined
  return `This needs the right ${missing.join(' or ')}, which this account or token does not have.`
}

/** Whoever sends a hundred thousand wrong fields is told of the first of them. */
const mostFields = 50

function fieldsOfJoi(error: Boom): FieldError[] {
  const { details } = error as unknown as { details?: { message: string; path: (string | number)[] }[] }
  const first = (details ?? []).slice(0, mostFields)
  return first.map(({ message, path }) => ({ path: path.join('.'), message }))
}

function sentences(fields: readonly FieldError[]): string {
  return fields.map(({ message }) => (message.endsWith('.') ? message : `${message}.`)).join(' ')
}
