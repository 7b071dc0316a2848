import forge from 'node-forge'

/** How many more rounds passwords may be put through; counted down as they are. */
export interface Rounds {
  left: number
}

/** A file asks for more rounds than are left. */
export class TooManyRounds extends Error {
  constructor() {
    super('The file puts its password through too many rounds.')
    this.name = 'TooManyRounds'
  }
}

/**
 * What common programs write takes 2,000 to 50,000 rounds for one identity, the check of the whole file counted in; a
 * file made to hold up everybody may ask for thousands of millions.
 */
export const roundsOfOneFile = 100_000

let counted: Rounds | undefined

/** Does `work`, which opens files with forge, within the rounds that are left. @throws {TooManyRounds} */
export function withinRounds<T>(rounds: Rounds, work: () => T): T {
  counted = rounds
  try {
    return work()
  } finally {
    counted = undefined
  }
}

function count(rounds: number): void {
  if (counted === undefined) return
  counted.left -= rounds
  if (!(counted.left >= 0)) throw new TooManyRounds()
}

/*
 * forge says nowhere how many rounds it is about to do, and what is encrypted may hold something encrypted again, so
 * that no look at the file from outside finds them all. Its types do not know these two, through which all of them go.
 */
interface Derivations {
  readonly pkcs12: {
    generateKey: (...given: Given<[password: string, salt: unknown, id: number, rounds: number]>) => unknown
  }
  readonly pki: {
    readonly pbe: { getCipher: (...given: Given<[method: string, parameters: forge.asn1.Asn1]>) => unknown }
  }
}
type Given<First extends readonly unknown[]> = readonly [...First, ...more: unknown[]]

const { pkcs12, pki } = forge as unknown as Derivations
const { generateKey } = pkcs12
const { getCipher } = pki.pbe

pkcs12.generateKey = (...given) => {
  count(given[3])
  return generateKey(...given)
}
pki.pbe.getCipher = (...given) => {
  count(numbersIn(given[1]))
  return getCipher(...given)
}

/** The rounds and, where it is written out, the length of the key: a few too many rather than too few. */
function numbersIn({ type, value }: forge.asn1.Asn1): number {
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + numbersIn(each), 0)
  if (type !== forge.asn1.Type.INTEGER) return 0
  return Number(`0x0${Buffer.from(value, 'latin1').toString('hex')}`)
}
