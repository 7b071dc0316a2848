import { DomainError } from '../domain-error.ts'
import { type Person } from '../people/person.ts'
import { type Signature } from './signature.ts'

type Names = Pick<Person, 'givenName' | 'familyName'>

/** Words that stand in many family names and tell nobody from another. */
const particles: readonly string[] = ['af', 'al', 'av', 'bin', 'da', 'de', 'den', 'der', 'la', 'van', 'von']

/** Letters that are a letter of their own and not one with a mark. */
const plainLetters: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', ł: 'l', đ: 'd', ð: 'd', ß: 'ss' }

/**
 * Whether somebody who typed `typed` wrote the name of this person: a given name or its initial, and a word of the family
 * name, in any order, with any capitals, accents and blanks, one s or two, and with further names beside them. Another
 * letter is another name: Lindberg is not Lundberg.
 */
export function isSignedAs(typed: string, { givenName, familyName }: Names): boolean {
  const [words, given, family] = [wordsOf(typed), wordsOf(givenName), wordsOf(familyName)]
  const telling = family.filter(word => !particles.includes(word))
  const isFamily = (word: string) => (telling.length > 0 ? telling : family).includes(word)
  const initials = given.map(name => name.charAt(0)).join('')
  const isGiven = (word: string) =>
    given.includes(word) || initials.startsWith(word) || (word.length === 1 && initials.includes(word))
  const joined = joinedOf(words)
  if ([joinedOf([...given, ...family]), joinedOf([...family, ...given])].includes(joined))
    return joined !== ''
  if (family.length === 0) return words.some(word => given.includes(word))
  if (given.length === 0) return words.some(isFamily)
  return words.some(
    (word, at) => isFamily(word) && words.some((other, place) => place !== at && isGiven(other)),
  )
}

/**
 * Refuses a typed name that is not the borrower's: the paper would name one person and be signed by another. A drawn
 * signature says nothing that could be compared.
 * @throws {DomainError} invalid `signature-other-name`
 */
export function checkSignedName(signature: Signature, borrower: Names): void {
  if (signature.kind !== 'typed' || isSignedAs(signature.name, borrower)) return
  const message = 'This is not the name of the person who borrows.'
  throw new DomainError('invalid', 'signature-other-name', message, [{ path: 'signature.name', message }])
}

function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}'’´`]/gu, '')
    .toLowerCase()
    .replace(/[øæłđðß]/g, letter => plainLetters[letter] ?? letter)
  return single(plain)
    .split(/[^\p{L}]+/u)
    .filter(word => word !== '')
}

/** Written without blanks. */
const joinedOf = (words: readonly string[]) => single(words.join(''))

/** With one letter where it stands twice or more. */
const single = (text: string) => text.replace(/(\p{L})\1+/gu, '$1')
