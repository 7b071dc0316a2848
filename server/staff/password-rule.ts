/** Shortest password that is accepted, in characters. Length protects; rules about signs do not. */
export const shortestPassword = 12
export const longestPassword = 200

export type PasswordFault = 'password-short' | 'password-long' | 'password-common' | 'password-personal'

/** Whose password it is: what is known about somebody is guessed first. */
export interface PasswordOwner {
  readonly name: string
  readonly email: string
}

/**
 * What is wrong with a new password, or undefined. Too short, or one of those that are tried first: a common one (also
 * with digits and signs around it, doubled, or in order on the keyboard), or the person's own name or address. Source:
 * NIST SP 800-63B 5.1.1.2.
 */
export function passwordFault(
  password: string,
  owner: PasswordOwner,
  common: ReadonlySet<string>,
): PasswordFault | undefined {
  const { length } = Array.from(password)
  if (length < shortestPassword) return 'password-short'
  if (length > longestPassword) return 'password-long'
  const plain = password.normalize('NFKC').toLowerCase()
  if (isCommon(plain, common)) return 'password-common'
  return ownWords(owner).some(word => restBeside(plain, word) < 6) ? 'password-personal' : undefined
}

function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  if (common.has(plain) || new Set(plain).size < 5 || isInOrder(plain)) return true
  const unit = repeatedUnit(plain)
  if (unit !== undefined) return unit.length < 5 || isCommon(unit, common)
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  // A word and what people hang on it: a year, a sign, a row of digits.
  return core.length > 3 && core !== plain && (common.has(core) || common.has(unleet(core)))
}

/** The shortest piece that the text repeats, or undefined when it repeats none. */
function repeatedUnit(text: string): string | undefined {
  const at = (text + text).indexOf(text, 1)
  return at < text.length ? text.slice(0, at) : undefined
}

const rows = ['abcdefghijklmnopqrstuvwxyzåäö', '01234567890', 'qwertyuiopå', 'asdfghjklöä', 'zxcvbnm']
const order = [...rows, ...rows.map(row => Array.from(row).reverse().join(''))]

/** Whether all but a few characters follow on the one before them, in the alphabet, in digits or on the keyboard. */
function isInOrder(text: string): boolean {
  const signs = Array.from(text)
  const steps = signs.slice(1).filter((sign, index) => {
    const pair = `${signs[index] ?? ''}${sign}`
    return order.some(row => row.includes(pair))
  })
  return signs.length - 1 - steps.length <= 2
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
}

function unleet(text: string): string {
  return text.replace(/[01345@$]/g, sign => leet[sign] ?? sign)
}

function ownWords({ name, email }: PasswordOwner): string[] {
  const [local = ''] = email.toLowerCase().split('@')
  const all = [email.toLowerCase(), local, name.toLowerCase(), name.toLowerCase().replaceAll(' ', '')]
  return all.filter(word => word.length > 3)
}

/** How many characters stand beside `word` in the text; all of them when it is not in it. */
function restBeside(text: string, word: string): number {
  return text.includes(word) ? text.replaceAll(word, '').length : text.length
}
