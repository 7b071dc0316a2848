import { isDay } from '../calendar-day.ts'
import { type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { normalTag } from './asset-tag.ts'
import {
  normalSerial,
  serialPattern,
  type Device,
  type DeviceOrigin,
  type DeviceOwnership,
  type Purchase,
} from './device.ts'

/** What people write about an iPad. A missing field is left as it is, `null` empties it. */
export interface DeviceInput {
  readonly serialNumber?: string | undefined
  readonly assetTag?: string | undefined
  readonly theftMark?: string | null | undefined
  readonly model?: string | undefined
  readonly origin?: DeviceOrigin | undefined
  readonly ownership?: DeviceOwnership | undefined
  readonly purchase?: Purchase | null | undefined
  readonly warrantyEndsOn?: string | null | undefined
}

type WrittenFields = Partial<
  Pick<
    Device,
    | 'serialNumber'
    | 'assetTag'
    | 'theftMark'
    | 'model'
    | 'origin'
    | 'ownership'
    | 'purchase'
    | 'warrantyEndsOn'
  >
>

/** What is wrong with the fields, in words for the one who wrote them; empty when nothing is. */
export function deviceErrors(input: DeviceInput): FieldError[] {
  const { serialNumber, assetTag, theftMark, model, purchase, warrantyEndsOn } = input
  const wrong: FieldError[] = []
  const check = (path: string, ok: boolean, reason: Reason) => {
    if (!ok) wrong.push({ path, ...reason })
  }
  if (serialNumber !== undefined) {
    check(
      'serialNumber',
      serialPattern.test(normalSerial(serialNumber)),
      because('serial-form', 'A serial number has 8–14 letters and digits.'),
    )
  }
  if (assetTag !== undefined) {
    const tag = normalTag(assetTag)
    check('assetTag', tag.length > 0 && tag.length <= 40, because('tag-length', 'A tag has 1–40 characters.'))
  }
  if (model !== undefined)
    check(
      'model',
      model.trim().length > 0 && model.length <= 100,
      because('model-length', 'A model has 1–100 characters.'),
    )
  if (theftMark)
    check(
      'theftMark',
      theftMark.length <= 60,
      because('theft-mark-length', 'A theft mark has at most 60 characters.'),
    )
  if (warrantyEndsOn)
    check(
      'warrantyEndsOn',
      isDay(warrantyEndsOn),
      because('warranty-day', 'The last day of the warranty is written as 2027-06-30.'),
    )
  if (purchase) {
    check(
      'purchase.on',
      isDay(purchase.on),
      because('purchase-day', 'The day of purchase is written as 2026-06-30.'),
    )
    const { priceOre } = purchase
    check(
      'purchase.priceOre',
      Number.isSafeInteger(priceOre) && priceOre >= 0,
      because('price-whole', 'A price is a whole number of öre.'),
    )
  }
  return wrong
}

/** The fields as they are stored; those that `input` empties are named in `emptied`. */
export function writtenFields(input: DeviceInput): {
  written: WrittenFields
  emptied: (keyof WrittenFields)[]
} {
  const { serialNumber, assetTag, theftMark, model, origin, ownership, purchase, warrantyEndsOn } = input
  return {
    written: {
      ...(serialNumber !== undefined && { serialNumber: normalSerial(serialNumber) }),
      ...(assetTag !== undefined && { assetTag: normalTag(assetTag) }),
      ...(theftMark && { theftMark: theftMark.trim() }),
      ...(model !== undefined && { model: model.trim() }),
      ...(origin !== undefined && { origin }),
      ...(ownership !== undefined && { ownership }),
      ...(purchase && { purchase }),
      ...(warrantyEndsOn && { warrantyEndsOn }),
    },
    emptied: [
      ...(theftMark === null || theftMark === '' ? (['theftMark'] as const) : []),
      ...(purchase === null ? (['purchase'] as const) : []),
      ...(warrantyEndsOn === null || warrantyEndsOn === '' ? (['warrantyEndsOn'] as const) : []),
    ],
  }
}
