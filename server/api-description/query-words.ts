import { type Described, UnknownSchema } from './schema-form.ts'

/**
 * Sentences about which query parameters go together: OpenAPI has no other place for them.
 * @throws {UnknownSchema} for a rule it has no words for
 */
export function wordsOf(query: Described | undefined): string[] {
  return (query?.dependencies ?? []).map(({ rel, peers }) => {
    const names = peers.map(peer => `\`${peer}\``).join(', ')
    if (rel === 'or') return `Give at least one of ${names}.`
    if (rel === 'xor') return `Give exactly one of ${names}.`
    if (rel === 'and') return `Give all of ${names} or none.`
    throw new UnknownSchema(`a query with ${rel}`)
  })
}
