import { type Request } from '@hapi/hapi'
import { actorOf } from '../server/http/credentials.ts'
import { type Language } from '../server/organisations/organisation.ts'
import { type Actor } from '../server/staff/actor.ts'
import { type Right } from '../server/staff/rights.ts'
import { languageOf, sayIn, type Say } from './language.ts'

/** Who reads a closed page: in which language, and what they may do. */
export interface Reader {
  readonly actor: Actor
  readonly language: Language
  readonly say: Say
  readonly may: (right: Right) => boolean
}

/** Only for closed pages: an open one has no reader that is known. */
export function readerOf(request: Request): Reader {
  const language = languageOf(request)
  const held = request.auth.credentials.app?.rights ?? []
  const actor = { ...actorOf(request), language }
  return { actor, language, say: sayIn(language), may: right => held.includes(right) }
}

/** What a form or an address sent, before anything is known about it. */
export type Typed = Readonly<Record<string, unknown>>

/** A text that a form or an address sent; empty when it sent none. */
export function textOf(sent: unknown): string {
  return typeof sent === 'string' ? sent.trim() : ''
}
