/** Further members of an error reply, such as `keyPattern`, `keyValue` or `errorLabels`. */
type ErrorExtra = Readonly<Record<string, unknown>>

/** A refusal as a MongoDB server words it: drivers branch on `code`, people read `codeName` and `message`. */
export class MongoError extends Error {
  override readonly name = 'MongoError'
  readonly code: number
  readonly codeName: string
  readonly extra: ErrorExtra

  constructor(code: number, codeName: string, message: string, extra: ErrorExtra = {}) {
    super(message)
    this.code = code
    this.codeName = codeName
    this.extra = extra
  }
}

/** An error known by its number only, as the server names those: `Location40324`. */
export const atLocation = (code: number, message: string) => new MongoError(code, `Location${code}`, message)

/** An argument or operator that the server does not take (2). */
export const badValue = (message: string) => new MongoError(2, 'BadValue', message)

/** A specification of the wrong form (9). */
export const failedToParse = (message: string) => new MongoError(9, 'FailedToParse', message)

/** A value of the wrong type (14). */
export const typeMismatch = (message: string) => new MongoError(14, 'TypeMismatch', message)

/** Bytes that are no BSON document (22). */
export const invalidBson = (message: string) => new MongoError(22, 'InvalidBSON', message)

/** A number or nesting beyond what BSON can hold (15). */
export const overflow = (message: string) => new MongoError(15, 'Overflow', message)

/** A feature of MongoDB that the engine refuses by name (238). */
export const notImplemented = (message: string) => new MongoError(238, 'NotImplemented', message)
