import Joi from 'joi'
import {
  deviceOrigins,
  deviceOwnerships,
  type Device,
  type DeviceOwnership,
} from '../../server/devices/device.ts'
import { type DeviceInput } from '../../server/devices/device-input.ts'
import { type Fields } from '../form.ts'
import { kronorText, optionalDay } from '../form-values.ts'
import { type Say } from '../language.ts'
import { typedKronor } from '../money.ts'

export const deviceFields = (say: Say) =>
  ({
    serialNumber: { label: 'device.serial', hint: 'device.serial.hint', autocomplete: 'off' },
    assetTag: { label: 'device.tag', hint: 'device.tag.hint', autocomplete: 'off', optional: true },
    theftMark: {
      label: 'device.theft-mark',
      hint: 'device.theft-mark.hint',
      autocomplete: 'off',
      optional: true,
    },
    model: { label: 'device.model', hint: 'device.model.hint', autocomplete: 'off', optional: true },
    origin: {
      label: 'device.origin',
      type: 'select',
      options: deviceOrigins.map(value => ({ value, text: say(`origin.${value}`) })),
    },
    ownership: {
      label: 'device.ownership',
      hint: 'device.ownership.hint',
      type: 'select',
      options: deviceOwnerships.map(value => ({ value, text: say(`ownership.${value}`) })),
    },
    purchasedOn: { label: 'device.purchased-on', type: 'date', optional: true },
    price: { label: 'device.price', hint: 'device.price.hint', inputmode: 'decimal', optional: true },
    supplier: { label: 'device.supplier', optional: true },
    warrantyEndsOn: { label: 'device.warranty', type: 'date', optional: true },
  }) as const satisfies Fields

interface TypedDevice {
  readonly serialNumber: string
  readonly assetTag?: string
  readonly theftMark?: string
  readonly model?: string
  readonly origin: 'new' | 'reconfigured'
  readonly ownership: DeviceOwnership
  readonly purchasedOn?: string
  readonly price?: number
  readonly supplier?: string
  readonly warrantyEndsOn?: string
  readonly version?: number
}

const text = (longest: number) => Joi.string().trim().max(longest).empty('')

export const deviceSchema = Joi.object<TypedDevice>({
  serialNumber: Joi.string().trim().max(40).required(),
  assetTag: text(40),
  theftMark: text(60),
  model: text(100),
  origin: Joi.valid(...deviceOrigins).required(),
  ownership: Joi.valid(...deviceOwnerships).default('organisation'),
  // A price belongs to a day: it is the purchase that is written down.
  purchasedOn: optionalDay.when('price', { is: Joi.exist(), then: Joi.required() }),
  price: kronorText,
  supplier: text(120),
  warrantyEndsOn: optionalDay,
  version: Joi.number().integer(),
})

/** What was typed, as the use cases take it: what was left empty is emptied. */
export function deviceInput(typed: TypedDevice): DeviceInput & { serialNumber: string } {
  const { serialNumber, assetTag, theftMark, model, origin, ownership, purchasedOn, price, supplier } = typed
  const { warrantyEndsOn } = typed
  return {
    serialNumber,
    origin,
    ownership,
    ...(assetTag !== undefined && { assetTag }),
    ...(model !== undefined && { model }),
    theftMark: theftMark ?? null,
    warrantyEndsOn: warrantyEndsOn ?? null,
    purchase:
      purchasedOn === undefined
        ? null
        : { on: purchasedOn, priceOre: price ?? 0, ...(supplier && { supplier }) },
  }
}

/** The fields of the form with what the iPad has now. */
export function typedFrom(device: Device): Record<string, unknown> {
  const { serialNumber, assetTag, theftMark, model, origin, ownership, purchase, warrantyEndsOn } = device
  return {
    serialNumber,
    assetTag,
    theftMark,
    model,
    origin,
    ownership,
    warrantyEndsOn,
    purchasedOn: purchase?.on,
    supplier: purchase?.supplier,
    price: purchase && typedKronor(purchase.priceOre),
  }
}
