import { DomainError } from '../domain-error.ts'

/** What the product calls itself where it acts, and what it is taken for, in letters alone. */
const ofTheProduct: readonly string[] = [
  'ornkoll',
  'system',
  'systemet',
  'thesystem',
  'commandline',
  'thecommandline',
  'kommandoraden',
]

/** Whether people would take this name for the product acting by itself. */
export function looksLikeTheProduct(name: string): boolean {
  const letters = name.normalize('NFKD').replace(/\P{L}/gu, '').toLowerCase()
  return ofTheProduct.includes(letters)
}

/**
 * Refuses a name that would stand in the log, in cases and on papers as if the product had acted by itself.
 * @throws {DomainError} invalid `name-reserved`
 */
export function mustNotBeTheProducts(name: string): void {
  if (!looksLikeTheProduct(name)) return
  const message = 'This is what the system itself is called. Write another name.'
  throw new DomainError('invalid', 'name-reserved', message, [{ path: 'name', message }])
}
