/** Swedish, then English. */
export type Words = readonly [sv: string, en: string]

/** What a way of enrolling or sharing means for a payload or key. */
type Bearing = 'allowed' | 'required' | 'forbidden' | 'ignored'

/** Where a payload may be installed on a Shared iPad: for the device, for a user, for either, or not at all. */
type SharedPlace = 'device' | 'user' | 'both' | 'none'

/** On which iPads something works. What a key does not say, it has from the dictionary around it, up to the payload. */
export interface Availability {
  /** First iPadOS (before 13: iOS) that knows it; '4.0' or '17.4.1'. */
  readonly since?: string
  readonly deprecated?: string
  /** First iPadOS that no longer knows it. */
  readonly removed?: string
  /** Only on supervised iPads. */
  readonly supervised?: boolean
  /** On iPads enrolled with a personal account (BYOD). */
  readonly userEnrolment?: Bearing
  readonly sharedIpad?: Bearing
  /** `false`: only MDM can install it. */
  readonly byHand?: boolean
}

export type Scalar = string | number | boolean

/**
 * A port from 1 to 65535; an address of the web, one that must be https, or one of any scheme; the name or address of
 * a server, without anything around it; a mail address.
 */
export type Form = 'port' | 'url' | 'https' | 'link' | 'host' | 'mail'

export interface Facts extends Availability {
  readonly required?: boolean
  readonly allowed?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
  readonly default?: Scalar
  readonly format?: RegExp
  /** What Apple says in prose alone, or by the name of a kind of text. */
  readonly form?: Form
  /** Fewest and most items of an array. */
  readonly items?: readonly [min: number, max: number]
  /** The value may also be an array of what it is. */
  readonly orList?: boolean
  /** Never shown in lists or logs; a profile that holds it is encrypted. */
  readonly secret?: boolean
  /** The PayloadUUID of another payload in the same profile: one with a key, or any certificate. */
  readonly refersTo?: 'identity' | 'certificate'
}

export type Kind =
  'string' | 'integer' | 'real' | 'boolean' | 'date' | 'data' | 'array' | 'dictionary' | 'any'

/** A key of a payload, or an item of an array. Items have no words of their own: their array's say it. */
export interface CatalogueKey extends Facts {
  readonly kind: Kind
  readonly title?: Words
  readonly help?: Words
  /** Of an array: what each item is. */
  readonly of?: CatalogueKey
  /** Of a dictionary: what may be in it. A dictionary with neither `keys` nor `others` may hold anything. */
  readonly keys?: Keys
  /** Of a dictionary: what keys of any other name hold. */
  readonly others?: CatalogueKey
}

export type Keys = Readonly<Record<string, CatalogueKey>>

export interface CataloguePayload extends Availability {
  readonly type: string
  readonly title: Words
  readonly help: Words
  readonly since: string
  /** Whether an iPad can have several of it. */
  readonly several: boolean
  readonly sharedPlace: SharedPlace
  /** The family in which an editor shows it. */
  readonly family: Family
  readonly keys: Keys
  /** The same keys in parts, where there are too many for one page. */
  readonly groups?: readonly { readonly title: Words; readonly keys: Keys }[]
  readonly others?: CatalogueKey
  /** Which of several payloads with one type this is: the first whose `when` holds. */
  readonly variant?: { readonly name: string; readonly when: Readonly<Record<string, string>> }
}

export type Family =
  | 'accounts'
  | 'apps'
  | 'appearance'
  | 'certificates'
  | 'management'
  | 'network'
  | 'restrictions'
  | 'security'
  | 'shared'
  | 'sign-in'

type Named = (title: Words, help: Words, facts?: Facts) => CatalogueKey

const named =
  (kind: Kind): Named =>
  (title, help, facts) => ({ kind, title, help, ...facts })

export const string = named('string')
export const integer = named('integer')
export const real = named('real')
export const boolean = named('boolean')
export const date = named('date')
export const data = named('data')

/** An array of `of`. */
export const list = (title: Words, help: Words, of: CatalogueKey, facts?: Facts): CatalogueKey => ({
  kind: 'array',
  title,
  help,
  of,
  ...facts,
})

/** A dictionary of `keys`; give `{ others }` as the last for keys of any name. */
export const dictionary = (
  title: Words,
  help: Words,
  keys: Keys,
  facts?: Facts & { readonly others?: CatalogueKey },
): CatalogueKey => ({ kind: 'dictionary', title, help, keys, ...facts })

/** An item of an array (or the value of any key in a free dictionary), which needs no words. */
export const item = (kind: Kind, facts?: Omit<CatalogueKey, 'kind'>): CatalogueKey => ({ kind, ...facts })

/** An entry of the catalogue. */
export const payload = (type: string, entry: Omit<CataloguePayload, 'type'>): CataloguePayload => ({
  type,
  ...entry,
})
