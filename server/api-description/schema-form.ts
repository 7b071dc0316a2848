/** The part of a JSON Schema that is written here. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What Joi's `describe()` gives, as far as it is read. */
export interface Described {
  readonly type: string
  readonly flags?: Readonly<Record<string, unknown>>
  readonly allow?: readonly unknown[]
  readonly rules?: readonly Rule[]
  readonly preferences?: Readonly<Record<string, unknown>>
  readonly keys?: Readonly<Record<string, Described>>
  readonly items?: readonly Described[]
  readonly matches?: readonly {
    readonly schema?: Described
    readonly then?: Described
    readonly otherwise?: Described
    readonly switch?: unknown
  }[]
  readonly dependencies?: readonly { readonly rel: string; readonly peers: readonly string[] }[]
}

export interface Rule {
  readonly name: string
  readonly args?: Readonly<Record<string, unknown>>
}

/** A schema that cannot be described yet: somebody has to teach it to the description. */
export class UnknownSchema extends Error {
  constructor(what: string) {
    super(`The description of the API does not know ${what}`)
    this.name = 'UnknownSchema'
  }
}
