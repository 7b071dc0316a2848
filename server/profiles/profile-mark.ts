import { createHash } from 'node:crypto'
import { isVariable, type VariableValues } from '../../profiles/variables.ts'
import { type ProfileVersion } from './profile.ts'

/**
 * The PayloadUUID under which an iPad gets this version with these values: what the list of its profiles shows then
 * proves version and values alike, also when a maker kept one UUID through all versions. In the form of a UUID
 * (RFC 9562, version 8).
 */
export function markOf(
  { id, variables }: Pick<ProfileVersion, 'id' | 'variables'>,
  values: VariableValues,
): string {
  const used = [...variables].sort().map(name => [name, isVariable(name) ? (values[name] ?? '') : ''])
  const hex = createHash('sha256')
    .update(JSON.stringify([id, used]))
    .digest('hex')
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return text.toUpperCase()
}
