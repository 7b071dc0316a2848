import { hash } from 'node:crypto'

/** What never changes on an iPad, whatever is done to it. */
export interface Hardware {
  readonly serialNumber: string
  readonly udid: string
  /** As people call it, `iPad (A16)`. */
  readonly modelName: string
  /** As iPadOS calls it, `iPad15,7`. */
  readonly productName: string
  readonly modelNumber: string
  readonly osVersion: string
  readonly buildVersion: string
  readonly wifiMac: string
  readonly bluetoothMac: string
  /** Gigabytes. */
  readonly capacity: number
  /** Digits; undefined for an iPad without a modem. */
  readonly imei: string | undefined
}

const models = [
  { modelName: 'iPad (A16)', productName: 'iPad15,7', modelNumber: 'MD3Y4KN/A', cellular: false },
  { modelName: 'iPad (A16)', productName: 'iPad15,8', modelNumber: 'MD7F4KN/A', cellular: true },
  {
    modelName: 'iPad (10th generation)',
    productName: 'iPad13,18',
    modelNumber: 'MPQ03KN/A',
    cellular: false,
  },
  { modelName: 'iPad (9th generation)', productName: 'iPad12,1', modelNumber: 'MK2K3KN/A', cellular: false },
] as const

const systems = [
  { osVersion: '26.1', buildVersion: '23B85' },
  { osVersion: '18.7.2', buildVersion: '22H124' },
] as const

/** The iPad with this serial number: always the same one. */
export function hardwareOf(serialNumber: string): Hardware {
  const dice = hash('sha256', `iPad ${serialNumber}`, 'buffer')
  const { cellular, ...model } = pick(models, dice.readUInt8(0))
  return {
    serialNumber,
    udid: `00008120-${dice.toString('hex', 1, 9).toUpperCase()}`,
    ...model,
    ...pick(systems, dice.readUInt8(9)),
    wifiMac: mac(dice.subarray(10, 15)),
    bluetoothMac: mac(dice.subarray(15, 20)),
    capacity: pick([64, 128], dice.readUInt8(20)),
    imei: cellular
      ? withCheckDigit(`35${String(dice.readUIntBE(21, 6) % 1e12).padStart(12, '0')}`)
      : undefined,
  }
}

function pick<T>(choices: readonly T[], die: number): T {
  const choice = choices[die % choices.length]
  if (choice === undefined) throw new RangeError('There is nothing to choose from.')
  return choice
}

/** A locally administered address (second bit of the first byte), so that it belongs to no real maker. */
function mac(bytes: Buffer): string {
  return ['02', ...Array.from(bytes, byte => byte.toString(16).padStart(2, '0'))].join(':')
}

/** The Luhn digit that an IMEI ends with (3GPP TS 23.003, annex B). */
function withCheckDigit(digits: string): string {
  const sum = Array.from(digits, Number).reduce((total, digit, index) => {
    const counted = index % 2 === 0 ? digit : digit * 2
    return total + (counted > 9 ? counted - 9 : counted)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
