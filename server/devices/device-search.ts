import { placeText, readPlaceText, type OrderPlace } from '../http/list-order.ts'
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
interface DeviceCursor {
  readonly value: OrderPlace['value']
  readonly assetTag: string
}

/** How many iPads are in each combination of their states. */
export interface DeviceCount {
  readonly lifecycle: Lifecycle
  readonly management: Management
  readonly lock: Lock
  readonly count: number
}

export function cursorOf(device: Device, sort: DeviceSort): string {
  return placeText(device[sort], device.assetTag)
}

/** @throws {DomainError} invalid `bad-cursor` */
export function parseCursor(text: string, sort: DeviceSort): DeviceCursor {
  const { value, tie } = readPlaceText(text, sort === 'lastSeenAt' ? 'time' : 'text')
  return { value, assetTag: tie }
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
