import { DomainError } from '../domain-error.ts'
import { type Device, type DeviceOwnership, type Lifecycle, type Lock, type Management } from './device.ts'

/** Everything is in order of one of these, and of the tag where they are equal. */
export const deviceSorts = [
  'assetTag',
  'serialNumber',
  'model',
  'lifecycle',
  'management',
  'lock',
  'lastSeenAt',
] as const
export type DeviceSort = (typeof deviceSorts)[number]

export interface DeviceQuery {
  /** The beginning of a tag, serial number, theft mark or word of the model, or the last 4 or 6 of a serial number. */
  readonly q?: string | undefined
  readonly lifecycle?: Lifecycle | undefined
  readonly management?: Management | undefined
  readonly lock?: Lock | undefined
  readonly model?: string | undefined
  readonly ownership?: DeviceOwnership | undefined
  readonly sort: DeviceSort
  readonly descending: boolean
  /** 1–200. */
  readonly limit: number
  /** Where the page before ended, as `next` gave it. */
  readonly after?: string | undefined
}

export type DevicePlace = Omit<DeviceQuery, 'after'> & { readonly after?: DeviceCursor }

/** Which iPads a list shows, whatever its order. */
export type DeviceFilter = Pick<
  DeviceQuery,
  'q' | 'lifecycle' | 'management' | 'lock' | 'model' | 'ownership'
>

/** The last iPad of the page before: its value in the order, and its tag. */
export interface DeviceCursor {
  readonly value: string | Date | null
  readonly assetTag: string
}

/** How many iPads are in each combination of their states. */
export interface DeviceCount {
  readonly lifecycle: Lifecycle
  readonly management: Management
  readonly lock: Lock
  readonly count: number
}

/** In what order, as the address of a page says it: `model`, or `-model` for the other way. */
export function parseSort(text: string): { sort: DeviceSort; descending: boolean } {
  const descending = text.startsWith('-')
  return { sort: (descending ? text.slice(1) : text) as DeviceSort, descending }
}

export function cursorOf(device: Device, sort: DeviceSort): string {
  const value = device[sort] ?? null
  const plain = value instanceof Date ? { at: value.toISOString() } : value
  return Buffer.from(JSON.stringify([plain, device.assetTag])).toString('base64url')
}

/** @throws {DomainError} invalid `bad-cursor` */
export function parseCursor(text: string): DeviceCursor {
  try {
    const [value, assetTag] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof assetTag !== 'string') throw new Error('no tag')
    if (value === null || typeof value === 'string') return { value, assetTag }
    const at = new Date(String((value as { at: unknown }).at))
    if (Number.isNaN(at.getTime())) throw new Error('no time')
    return { value: at, assetTag }
  } catch {
    throw new DomainError('invalid', 'bad-cursor', 'This page cannot be continued; begin at the first one.')
  }
}

/** What a search can begin with, in capitals. Labels show the last six of the serial number, people read out four. */
export function searchTerms(
  device: Pick<Device, 'serialNumber' | 'assetTag' | 'theftMark' | 'model'>,
): string[] {
  const { serialNumber, assetTag, theftMark = '', model } = device
  const words = [assetTag, serialNumber, serialNumber.slice(-6), serialNumber.slice(-4), theftMark, model]
  return [...new Set([...words, ...model.split(/\s+/)].map(word => word.toUpperCase().trim()))].filter(
    Boolean,
  )
}

/** What a scanner or a person put in the field: a bare code, Apple's box code (`S` first) or the address of our label. */
export function codesOf(scanned: string): string[] {
  const last = scanned.trim().split('/').at(-1) ?? ''
  const code = last.toUpperCase()
  return code.startsWith('S') && code.length > 8 ? [code, code.slice(1)] : [code]
}
