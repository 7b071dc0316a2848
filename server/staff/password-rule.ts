import { guessesFor, type TriedWords } from './password-guesses.ts'

/** Shortest password that is accepted, in characters. Length protects; rules about signs do not. */
export const shortestPassword = 12
export const longestPassword = 200

/** Guesses below which a password falls to somebody who has the hashes, as the exponent of ten. */
const fewestGuesses = 8

type PasswordFault = 'password-short' | 'password-long' | 'password-common' | 'password-personal'

/** Whose password it is: what is known about somebody is guessed first. */
export interface PasswordOwner {
  readonly name: string
  readonly email: string
  /** What the organisations are called that they work for. */
  readonly organisations: readonly string[]
}

/**
 * What is wrong with a new password, or undefined. Too short, or put together from what is tried first: common words
 * and passwords, years, rows of keys, repetitions, and the person's own name, address and organisation. Source: NIST SP
 * 800-63B 5.1.1.2.
 */
export function passwordFault(
  password: string,
  owner: PasswordOwner,
  common: TriedWords,
): PasswordFault | undefined {
  const { length } = Array.from(password)
  if (length < shortestPassword) return 'password-short'
  if (length > longestPassword) return 'password-long'
  const plain = password.normalize('NFKC').toLowerCase()
  if (guessesFor(plain, common) < fewestGuesses) return 'password-common'
  const own = new Set(ownWords(owner))
  const known = { get: (word: string) => (own.has(word) ? 1 : common.get(word)) }
  return guessesFor(plain, known) < fewestGuesses ? 'password-personal' : undefined
}

/** Names and addresses, whole and in parts, with and without what is between the parts. */
function ownWords({ name, email, organisations }: PasswordOwner): string[] {
  const address = email.toLowerCase()
  const [local = '', domain = ''] = address.split('@')
  return [name, address, local, domain, ...organisations]
    .map(text => text.normalize('NFKC').toLowerCase())
    .flatMap(text => {
      const parts = text.split(/[^\p{L}\d]+/u)
      return [text, ...parts, parts.join(''), parts.toReversed().join('')]
    })
    .filter(word => word.length > 2)
}
