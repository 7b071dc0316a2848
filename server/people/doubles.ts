import { type Person } from './person.ts'

/** What speaks for two rows being one human being. */
type DoubleReason =
  'same-name' | 'alike-name' | 'same-given-name' | 'same-phone' | 'same-mailbox' | 'same-local-part'

/** `likely`: the names fit, and something besides. `possible`: worth a look, and often two people. */
type Likelihood = 'likely' | 'possible'

export interface Double {
  readonly people: readonly [Person, Person]
  readonly reasons: readonly DoubleReason[]
  readonly likelihood: Likelihood
}

type Compared = Pick<Person, 'givenName' | 'familyName' | 'email' | 'phone'>

/** More than this behind one number or name is a switchboard or a placeholder, and says nothing. */
export const mostBehindOne = 60
const swedishDigits = 7
const shortestLocalPart = 5

/**
 * Why these two may be the same, undefined when nothing says so. Names are compared without accents, in any order and
 * with either half of a double name left out; å, ä and ö count as the letters that foreign systems write for them.
 */
export function doubleOf(one: Compared, other: Compared): Omit<Double, 'people'> | undefined {
  const name = nameReason(one, other)
  const contact = contactReasons(one, other)
  const isSameMailbox = contact.includes('same-mailbox')
  const isGivenName = name === 'same-given-name'
  // Mother and daughter share a family name and a phone; whoever marries keeps the given name.
  if (isGivenName && !contact.includes('same-phone') && !isSameMailbox) return undefined
  if (name === 'alike-name' && contact.length === 0) return undefined
  if (!name && !isSameMailbox) return undefined
  const isLikely = name !== undefined && !isGivenName && contact.length > 0
  return { reasons: [...(name ? [name] : []), ...contact], likelihood: isLikely ? 'likely' : 'possible' }
}

/**
 * Every pair that is probably one human being, the likelier first, each of people who share a key: `groups` are those
 * of one key each. Nobody whose identity is protected is among them: a pair would tell who it is. `apart` says which
 * pairs somebody has looked at and kept as two.
 */
export function doublesAmong(
  groups: Iterable<readonly Person[]>,
  apart: (one: string, other: string) => boolean,
): Double[] {
  const found = new Map<string, Double>()
  for (const group of groups) {
    const open = group.filter(({ protectedIdentity }) => !protectedIdentity)
    if (open.length > mostBehindOne) continue
    open.forEach((one, index) => {
      for (const other of open.slice(index + 1)) {
        const key = pairKey(one.id, other.id)
        if (found.has(key) || apart(one.id, other.id)) continue
        const double = doubleOf(one, other)
        if (double) found.set(key, { people: inOrder(one, other), ...double })
      }
    })
  }
  return [...found.values()].sort((a, b) => (placeOfDouble(a) < placeOfDouble(b) ? -1 : 1))
}

/** The place of a pair on the list; greater ones come later. */
export function placeOfDouble({ likelihood, people: [one, other] }: Double): string {
  const name = `${plain(one.familyName)} ${plain(one.givenName)}`
  return `${likelihood === 'likely' ? '1' : '2'} ${name} ${one.id} ${other.id}`
}

/** One key for a pair, whichever is named first. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

function inOrder(one: Person, other: Person): [Person, Person] {
  return one.id < other.id ? [one, other] : [other, one]
}

/**
 * What somebody is compared by: two people of whom no key is the same never are. They are stored with the person, and
 * are none where the identity is protected.
 */
export function doubleKeysOf(person: Pick<Person, keyof Compared | 'protectedIdentity'>): string[] {
  if (person.protectedIdentity) return []
  const phone = phoneKey(person.phone)
  return [
    ...new Set([
      `name ${nameKey(person)}`,
      `mail ${localPart(person.email)}`,
      ...(phone === undefined ? [] : [`phone ${phone}`]),
    ]),
  ]
}

function nameReason(one: Compared, other: Compared): DoubleReason | undefined {
  if (nameKey(one) === nameKey(other)) return 'same-name'
  const [words, others] = [soundsOf(one), soundsOf(other)]
  if (words.join(' ') === others.join(' ')) return 'alike-name'
  const [fewer, more] = words.length < others.length ? [words, others] : [others, words]
  if (fewer.length > 1 && fewer.every(word => more.includes(word))) return 'alike-name'
  if (isOneSlip(words.join(' '), others.join(' '))) return 'alike-name'
  return plain(one.givenName) === plain(other.givenName) ? 'same-given-name' : undefined
}

function contactReasons(one: Compared, other: Compared): DoubleReason[] {
  const phone = phoneKey(one.phone)
  const [local, otherLocal] = [localPart(one.email), localPart(other.email)]
  const isSameLocal = local === otherLocal && local.length >= shortestLocalPart
  const isSameDomain = domainOf(one.email) === domainOf(other.email)
  return [
    ...(phone !== undefined && phone === phoneKey(other.phone) ? (['same-phone'] as const) : []),
    ...(isSameLocal ? ([isSameDomain ? 'same-mailbox' : 'same-local-part'] as const) : []),
  ]
}

/** Letters alone, in lower case, as a system without accents would write them: `Åsa` and `Aasa` are both `asa`. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æ]/g, 'a')
    .replace(/[ø]/g, 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/aa|ae/g, 'a')
    .replace(/oe/g, 'o')
}

/** The words of the whole name, sorted: which is given and which family name is easily swapped in a form. */
function wordsIn({ givenName, familyName }: Compared): string[] {
  const words = plain(`${givenName} ${familyName}`)
    .split(/[^\p{L}]+/u)
    .filter(({ length }) => length > 1)
  return [...new Set(words)].sort()
}

const nameKey = (person: Compared) => wordsIn(person).join(' ')

/** As it sounds in Swedish: Carl and Karl, Johansson and Johanson, Sofia and Sophia. */
function soundsOf(person: Compared): string[] {
  return wordsIn(person)
    .map(word =>
      word
        .replace(/ph/g, 'f')
        .replace(/ch|ck|c|q/g, 'k')
        .replace(/th/g, 't')
        .replace(/w/g, 'v')
        .replace(/z/g, 's')
        .replace(/fv|f$/g, 'v')
        .replace(/(.)\1+/g, '$1'),
    )
    .sort()
}

/** Whether one letter too many, too few or wrong makes one of the other; short names differ by a letter by right. */
function isOneSlip(one: string, other: string): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one]
  if (shorter.length < 8 || longer.length - shorter.length > 1) return false
  let at = 0
  while (at < shorter.length && shorter[at] === longer[at]) at += 1
  const rest = shorter.length === longer.length ? at + 1 : at
  return shorter.slice(rest) === longer.slice(at + 1)
}

/** The digits as dialled within Sweden; undefined for what is too short to be anybody's own. */
function phoneKey(phone = ''): string | undefined {
  const digits = phone
    .replace(/\(0\)/, '')
    .replace(/[^\d+]/g, '')
    .replace(/^(?:\+|00)46/, '0')
  return digits.replace(/\D/g, '').length < swedishDigits ? undefined : digits
}

/** What comes before the @, without what a mailbox ignores: `+tags`, dots, accents. */
function localPart(email: string): string {
  const [local = ''] = email.split('@')
  return plain(local.replace(/\+.*$/, '')).replace(/[^a-z0-9]/g, '')
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}
