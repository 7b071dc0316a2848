import { type OpenApi, type Operation } from '../../server/api-description/openapi.ts'
import { faultsOf } from './schema-check.ts'

type Schema = Readonly<Record<string, unknown>>

/** What came back from one request. */
export interface GivenAnswer {
  readonly status: number
  /** The header as it is; empty without one. */
  readonly contentType: string
  readonly text: string
}

interface Judgement {
  /** Whether there was a schema to hold the body against. */
  readonly isHeldToSchema: boolean
  /** In what the answer is not as it is described; empty when nothing is. */
  readonly faults: readonly string[]
}

/** Holds an answer against what the description of the API says of its operation: status, content type and body. */
export function judgeAnswer(document: OpenApi, operation: Operation, answer: GivenAnswer): Judgement {
  const { status, text } = answer
  const told = operation.responses[String(status)]
  if (!told) return { isHeldToSchema: false, faults: [`${String(status)} is not described: ${text}`] }
  const content = contentOf(told, document)
  const type = answer.contentType.split(';')[0] ?? ''
  if (!content) {
    const isBare = text === '' || status === 302
    return { isHeldToSchema: false, faults: isBare ? [] : [`is described without a body and has ${text}`] }
  }
  const described = content[type]
  if (!described) return { isHeldToSchema: false, faults: [`answers ${type || 'no type'}, not as described`] }
  if (!described.schema) return { isHeldToSchema: false, faults: text === '' ? ['is empty'] : [] }
  return { isHeldToSchema: true, faults: faultsOf(JSON.parse(text), described.schema, document) }
}

function contentOf(told: Schema, document: OpenApi): Record<string, { schema?: Schema }> | undefined {
  const { $ref } = told
  if (typeof $ref !== 'string') return told['content'] as Record<string, { schema?: Schema }> | undefined
  const { responses } = document['components'] as { responses: Record<string, Schema> }
  return contentOf(responses[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}, document)
}
