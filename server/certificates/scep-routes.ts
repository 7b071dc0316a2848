import { type Plugin, type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { ScepMessageError } from '../../mdm/scep/scep-request.ts'
import { answerPkiOperation, type ScepAnswer, type ScepNeeds } from '../../mdm/scep/scep-server.ts'
import {
  authorityAnswer,
  capabilitiesAnswer,
  messageAnswer,
  messageParameter,
  queryParameter,
  type ScepHttpAnswer,
} from '../../mdm/scep/scep-http.ts'
import { type Clock } from '../clock.ts'
import { type Certificates } from './open-certificates.ts'

/** One line of the log per answered or refused request; it never holds the challenge. */
export type ScepLogEntry =
  | { readonly event: 'scep-bad-request'; readonly reason: string }
  | {
      readonly event: 'scep-issued'
      readonly transactionId: string
      readonly serialNumber: string
      readonly fingerprint: string
      readonly kind: 'pkcsReq' | 'renewalReq'
    }
  | {
      readonly event: 'scep-refused'
      readonly transactionId: string
      readonly failInfo: string
      readonly reason: string
    }

interface ScepRoutesNeeds extends Pick<ScepNeeds, 'challenges' | 'renewals' | 'singleDes' | 'randomBytes'> {
  readonly certificates: Pick<Certificates, 'issuing'>
  readonly clock: Clock
  readonly log: (entry: ScepLogEntry) => void
}

const maxMessageBytes = 262_144

/**
 * `GET` and `POST /scep` for the device door (RFC 8894 section 4): GetCACaps, GetCACert, PKIOperation. What is no SCEP
 * message gets 400 with a line of text, everything else SCEP's own answer. Needs no sign-in: the challenge and the
 * certificate inside the message are the proof.
 */
export function scepRoutes(needs: ScepRoutesNeeds): Plugin<void> {
  return {
    name: 'scep',
    register(server) {
      server.route({
        method: 'GET',
        path: '/scep',
        options: { auth: false },
        handler: (request, h) => answer(needs, request, h, message(request)),
      })
      server.route({
        method: 'POST',
        path: '/scep',
        options: { auth: false, payload: { parse: false, output: 'data', maxBytes: maxMessageBytes } },
        handler: (request, h) => answer(needs, request, h, body(request)),
      })
    },
  }
}

class BadRequest extends Error {}

const query = (request: Request): string => request.raw.req.url?.split('?').slice(1).join('?') ?? ''

function message(request: Request): () => Uint8Array {
  return () => {
    const value = queryParameter(query(request), 'message')
    const bytes = value === undefined ? undefined : messageParameter(value)
    if (bytes === undefined) throw new BadRequest('The message parameter must be base64.')
    return bytes
  }
}

function body(request: Request): () => Uint8Array {
  return () => {
    if (!Buffer.isBuffer(request.payload)) throw new BadRequest('The body must be a SCEP message.')
    return request.payload
  }
}

async function answer(
  needs: ScepRoutesNeeds,
  request: Request,
  h: ResponseToolkit,
  read: () => Uint8Array,
): Promise<ResponseObject> {
  try {
    return ok(h, await operate(needs, queryParameter(query(request), 'operation'), read))
  } catch (cause) {
    if (!(cause instanceof BadRequest || cause instanceof ScepMessageError)) throw cause
    needs.log({ event: 'scep-bad-request', reason: cause.message })
    return h.response(`${cause.message}\n`).code(400).type('text/plain')
  }
}

async function operate(
  needs: ScepRoutesNeeds,
  operation: string | undefined,
  read: () => Uint8Array,
): Promise<ScepHttpAnswer> {
  const { certificates, clock, log } = needs
  const authority = certificates.issuing
  switch (operation) {
    case 'GetCACaps':
      return capabilitiesAnswer()
    case 'GetCACert':
      return authorityAnswer(authority.certificate)
    case 'PKIOperation': {
      const given = await answerPkiOperation(read(), { ...needs, authority, now: clock.now() })
      log(logEntry(given))
      return messageAnswer(given.reply)
    }
    default:
      throw new BadRequest('The operation must be GetCACaps, GetCACert or PKIOperation.')
  }
}

function logEntry(given: ScepAnswer): ScepLogEntry {
  const { transactionId } = given
  if (given.outcome === 'refused') {
    return { event: 'scep-refused', transactionId, failInfo: given.failInfo, reason: given.reason }
  }
  const { serialNumber, fingerprint, kind } = given
  return { event: 'scep-issued', transactionId, serialNumber, fingerprint, kind }
}

/** Clients compare the content type whole, and Hapi would add a charset. */
function ok(h: ResponseToolkit, { contentType, body: bytes }: ScepHttpAnswer): ResponseObject {
  const response = h.response(Buffer.from(bytes)).type(contentType)
  response.charset('')
  return response
}
