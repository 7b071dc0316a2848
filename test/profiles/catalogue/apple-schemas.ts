import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { inherit } from '../../../profiles/catalogue/availability.ts'
import {
  type Availability,
  type CatalogueKey,
  type CataloguePayload,
  type Form,
  type Keys,
} from '../../../profiles/catalogue/notation.ts'
import { beside } from '../../support/beside.ts'

export const appleFolder = beside('apple/mdm/profiles')

/** What is said of one key (or, at the path '', of the payload), by Apple or by us, in one form. */
export type Statement = Readonly<Record<string, unknown>>
type Statements = ReadonlyMap<string, Statement>

interface AppleSupport {
  readonly introduced?: string
  readonly deprecated?: string
  readonly removed?: string
  readonly multiple?: boolean
  readonly supervised?: boolean
  readonly allowmanualinstall?: boolean
  readonly sharedipad?: {
    readonly mode?: string
    readonly devicechannel?: boolean
    readonly userchannel?: boolean
  }
  readonly userenrollment?: { readonly mode?: string }
}

interface AppleKey {
  readonly key: string
  readonly title?: string
  readonly content?: string
  readonly type: string
  readonly presence?: string
  readonly supportedOS?: { readonly iOS?: AppleSupport }
  readonly rangelist?: readonly unknown[]
  readonly range?: { readonly min?: number; readonly max?: number }
  readonly default?: unknown
  readonly format?: string
  readonly subtype?: string
  readonly repetition?: { readonly min?: number; readonly max?: number }
  readonly subkeys?: readonly AppleKey[]
}

export interface AppleSchema {
  readonly file: string
  readonly title: string
  readonly payload: {
    readonly payloadtype: string
    readonly content?: string
    readonly supportedOS?: { readonly iOS?: AppleSupport }
  }
  readonly payloadkeys?: readonly AppleKey[]
}

/** Apple's profile schemas that an iPad knows. */
export function appleSchemas(): AppleSchema[] {
  const all = readdirSync(appleFolder.path)
    .sort()
    .map(file => ({ ...(parse(readFileSync(join(appleFolder.path, file), 'utf8')) as AppleSchema), file }))
    .filter(({ payload }) => onIpad(payload.supportedOS?.iOS))
  return all.map(each => ({ ...each, payloadkeys: [...keysOfModel(each, all), ...(each.payloadkeys ?? [])] }))
}

/** The keys of another payload, where a schema says in prose alone that it has them too. */
function keysOfModel({ payload }: AppleSchema, all: readonly AppleSchema[]): readonly AppleKey[] {
  const [, title] =
    /fields in this payload are the same as the (.+) payload/.exec(payload.content ?? '') ?? []
  return all.find(each => each.title === title)?.payloadkeys ?? []
}

const onIpad = (support: AppleSupport | undefined): support is AppleSupport =>
  support !== undefined && support.introduced !== 'n/a'

/** What Apple says, path by path. A schema that holds itself is followed for so many rounds. */
export function appleStatements({ payload, payloadkeys = [] }: AppleSchema, rounds = 1): Statements {
  const support = payload.supportedOS?.iOS ?? {}
  const said = new Map<string, Statement>([
    ['', { ...availabilityOfApple(support), several: support.multiple, place: placeOf(support.sharedipad) }],
  ])
  const walk = (
    keys: readonly AppleKey[],
    around: AppleSupport,
    at: string,
    open: readonly unknown[],
  ): void => {
    for (const key of keys) {
      const effective = merged(around, key.supportedOS?.iOS)
      if (!onIpad(effective)) continue
      const path = joined(at, /^ANY( |$)/.test(key.key) ? '*' : key.key)
      said.set(path, statementOfApple(key, effective))
      walkInside(key, effective, path, open)
    }
  }
  const walkInside = (
    key: AppleKey,
    effective: AppleSupport,
    path: string,
    open: readonly unknown[],
  ): void => {
    const { subkeys = [] } = key
    if (open.filter(each => each === subkeys).length >= rounds) return
    if (key.type !== '<array>') {
      walk(subkeys, effective, path, [...open, subkeys])
      return
    }
    const [each] = subkeys
    if (each === undefined) return
    const inside = merged(effective, each.supportedOS?.iOS)
    said.set(`${path}.[]`, { ...statementOfApple(each, inside), required: undefined, items: undefined })
    if (each.repetition !== undefined) said.set(path, { ...said.get(path), items: itemsOf(each.repetition) })
    walkInside(each, inside, `${path}.[]`, [...open, subkeys])
  }
  walk(payloadkeys, support, '', [])
  return said
}

/** A sentence of Apple's about a key, where the facts of the schema do not say the same. */
interface Saying {
  readonly path: string
  readonly sentence: string
}

const supervision = /supervis/i
const systems =
  /only (available |used |supported )?(in|on) (macOS|iPhone)|(isn't|not) (available|supported) (in|on) (iOS|iPad)|(required|present) for .*user enrollments/i
const needs =
  /(required|present|mandatory) (if|when|for|unless)|must be (present|provided|set|specified|included)/i

/** What Apple says in prose of supervision, systems and what else must be there, without a flag that says it too. */
export function appleSayings({ payloadkeys = [], payload }: AppleSchema): Saying[] {
  const walk = (keys: readonly AppleKey[], around: AppleSupport, at: string, depth: number): Saying[] =>
    keys.flatMap(key => {
      const support = merged(around, key.supportedOS?.iOS)
      if (!onIpad(support) || depth > 6) return []
      const path = joined(at, key.key)
      const sentences = `${key.title ?? ''}. ${key.content ?? ''}`.split(/(?<=\.)\s+/)
      const said = sentences.filter(
        sentence =>
          (supervision.test(sentence) && support.supervised !== true && !/deprecated/i.test(sentence)) ||
          systems.test(sentence) ||
          (needs.test(sentence) && key.presence !== 'required'),
      )
      return [
        ...said.map(sentence => ({ path, sentence: sentence.replaceAll(/\s+/g, ' ').trim() })),
        ...walk(key.subkeys ?? [], support, path, depth + 1),
      ]
    })
  return walk(payloadkeys, payload.supportedOS?.iOS ?? {}, '', 0)
}

const joined = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`)

const merged = (around: AppleSupport, own: AppleSupport = {}): AppleSupport => ({
  ...around,
  ...own,
  sharedipad: { ...around.sharedipad, ...own.sharedipad },
  userenrollment: { ...around.userenrollment, ...own.userenrollment },
})

const kinds: Readonly<Record<string, string>> = { '<any>': 'any' }

function statementOfApple(key: AppleKey, support: AppleSupport): Statement {
  return {
    kind: kinds[key.type] ?? key.type.slice(1, -1),
    required: key.key.startsWith('ANY') ? undefined : key.presence === 'required',
    allowed: key.rangelist,
    min: key.range?.min,
    max: key.range?.max,
    default: key.default,
    format: takenOf(key.format === undefined ? undefined : new RegExp(key.format)),
    ...(key.subtype !== undefined && { form: key.subtype }),
    items: key.repetition && itemsOf(key.repetition),
    ...availabilityOfApple(support),
  }
}

/** Texts that tell regular expressions apart: right ones, and right ones with one thing wrong. */
const probes = [
  ...[
    '',
    ' ',
    '00:1A:2b:3C:4d:5E',
    '00:1A:2b:3C:4d',
    '00:1A:2b:3C:4d:5G',
    '00-1A-2B-3C-4D-5E',
    '001A2B3C4D5E',
  ],
  ...['https://mdm.example.se/connect', 'https://m', 'https://', 'http://mdm.example.se/', 'HTTPS://m.se/'],
  ...[' https://mdm.example.se/', 'mdm.example.se', '240010', '24001', '2400100', '24001a', '24 010'],
  ...['5A03BA', '5A03B', '5A03BAZ', '5A03BG', '5a03ba1f2', '5a03ba1f20', '5A03BA1F203', 'x5A03BA1F2'],
  ...['6F9619FF-8B86-D011-B42D-00CF4FC964FF', '6F9619FF-8B86-D011-B42D-00CF4FC964F', '6F9619FF'],
]

/** Which of the probes a form takes, so that two ways of writing one form are alike. */
const takenOf = (format: RegExp | undefined): readonly string[] | undefined =>
  format && probes.filter(probe => format.test(probe))

/** What Apple calls a form of ours, where the schema names one. */
const applesNames: Readonly<Partial<Record<Form, string>>> = {
  host: '<hostname>',
  url: '<url>',
  https: '<url>',
  link: '<url>',
}

const itemsOf = ({ min, max }: { readonly min?: number; readonly max?: number }) => [min, max]

const availabilityOfApple = (support: AppleSupport): Statement => ({
  since: support.introduced,
  deprecated: support.deprecated,
  removed: support.removed,
  supervised: support.supervised === true,
  byHand: support.allowmanualinstall !== false,
  userEnrolment: support.userenrollment?.mode ?? 'allowed',
  sharedIpad: support.sharedipad?.mode ?? 'allowed',
})

function placeOf({ mode, devicechannel, userchannel }: NonNullable<AppleSupport['sharedipad']> = {}): string {
  if (mode === 'forbidden') return 'none'
  if (devicechannel === true) return userchannel === true ? 'both' : 'device'
  return userchannel === true ? 'user' : 'none'
}

/** What our catalogue says, path by path. */
export function ourStatements(entry: CataloguePayload): Statements {
  const around: Availability = {
    ...inherit({}, entry),
    ...(entry.sharedPlace === 'none' && { sharedIpad: 'forbidden' as const }),
  }
  const said = new Map<string, Statement>([
    ['', { ...availabilityOfOurs(around), several: entry.several, place: entry.sharedPlace }],
  ])
  const walkKeys = (keys: Keys, others: CatalogueKey | undefined, within: Availability, at: string): void => {
    for (const [name, key] of Object.entries(keys)) walkKey(key, within, joined(at, name))
    if (others !== undefined) walkKey(others, within, joined(at, '*'))
  }
  const walkKey = (key: CatalogueKey, within: Availability, path: string): void => {
    const effective = inherit(within, key)
    said.set(path, {
      kind: key.kind,
      required: /\[\]$|\*$/.test(path) ? undefined : key.required === true,
      allowed: key.allowed,
      min: key.min,
      max: key.max,
      default: key.default,
      format: takenOf(key.format),
      form: key.form && applesNames[key.form],
      ownForm: key.form,
      items: key.items,
      refersTo: key.refersTo,
      ...availabilityOfOurs(effective),
    })
    if (key.of !== undefined) walkKey(key.of, effective, `${path}.[]`)
    walkKeys(key.keys ?? {}, key.others, effective, path)
  }
  walkKeys(entry.keys, entry.others, around, '')
  return said
}

const availabilityOfOurs = (on: Availability): Statement => ({
  since: on.since,
  deprecated: on.deprecated,
  removed: on.removed,
  supervised: on.supervised === true,
  byHand: on.byHand !== false,
  userEnrolment: on.userEnrolment ?? 'allowed',
  sharedIpad: on.sharedIpad ?? 'allowed',
})
