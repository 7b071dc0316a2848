import { placeText, readPlaceText, type OrderPlace } from '../http/list-order.ts'
import { handleOf, masked, type Person } from './person.ts'

export const personSorts = ['name', 'email'] as const
type PersonSort = (typeof personSorts)[number]

export interface PersonQuery {
  /** Beginnings of names, of the e-mail address, or the handle of a protected person; all words must fit. */
  readonly q?: string | undefined
  /** Nobody but these. */
  readonly among?: readonly string[] | undefined
  /** By family name or by e-mail address; with a minus from the end of the alphabet. */
  readonly sort?: PersonSort | `-${PersonSort}` | undefined
  /** 1–200. */
  readonly limit: number
  /** Where the page before ended, as `next` gave it. */
  readonly after?: string | undefined
}

/** å, ä and ö come after z in Swedish, in that order; other accents make no difference. */
const lastLetters: Readonly<Record<string, string>> = { å: '{', ä: '|', æ: '|', ö: '}', ø: '}' }

/** Text as it is ordered and searched: lower case, Swedish order, without accents. */
export function folded(text: string): string {
  return Array.from(text.toLowerCase().normalize('NFC'))
    .map(letter => lastLetters[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .join('')
}

/**
 * Where the person stands on a list: by family name, then given name, unique by the id. Someone with a protected
 * identity stands under the words that are shown, so the place gives nothing away.
 */
export function placeOf(person: Person): string {
  const { familyName, givenName, id } = masked(person)
  const name = person.protectedIdentity ? `${givenName} ${familyName}` : `${familyName} ${givenName}`
  return `${folded(name)} ${id}`
}

const mailPlaceLength = 120

/** Where the person stands by e-mail address; nowhere when the identity is protected, so it gives nothing away. */
export function mailPlaceOf({
  email,
  protectedIdentity,
}: Pick<Person, 'email' | 'protectedIdentity'>): string | undefined {
  return protectedIdentity ? undefined : folded(email).slice(0, mailPlaceLength)
}

/** Where a page ends that ended with this person, as the next one is asked for. */
export function personPlaceText(person: Person, sort: PersonSort): string {
  return sort === 'email' ? placeText(mailPlaceOf(person), person.id) : placeOf(person)
}

/** The same as the store takes it. @throws {DomainError} invalid `bad-cursor` */
export function personPlaceFrom(text: string, sort: PersonSort): OrderPlace {
  return sort === 'email' ? readPlaceText(text, 'text') : { value: text, tie: text }
}

/** What a search can begin with. Someone with a protected identity is found by the handle alone. */
export function personTerms(person: Person): string[] {
  if (person.protectedIdentity) return [folded(handleOf(person))]
  const { givenName, familyName, email } = person
  return [...new Set([...wordsOf(givenName), ...wordsOf(familyName), folded(familyName), folded(email)])]
}

/** The words of a name, of both halves of a double one too. */
export function wordsOf(text: string): string[] {
  const words = folded(text).split(/\s+/)
  return [
    ...words,
    ...words.flatMap(word => (/^p-[0-9a-f]{6}$/.test(word) ? [] : word.split('-').slice(1))),
  ].filter(Boolean)
}
