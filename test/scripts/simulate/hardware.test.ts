import test from 'ava'
import { hardwareOf } from '../../../scripts/simulate/hardware.ts'

const many = Array.from({ length: 200 }, (_, index) => hardwareOf(`SIM${String(index).padStart(9, '0')}`))

test('the same serial number is always the same iPad, and others are others', t => {
  t.deepEqual(hardwareOf('SIM000000007'), many[7])
  t.is(new Set(many.map(({ udid }) => udid)).size, many.length)
  t.is(new Set(many.map(({ wifiMac }) => wifiMac)).size, many.length)
})

test('identifiers have the form of real ones and belong to no real maker', t => {
  for (const { udid, wifiMac, imei } of many) {
    t.regex(udid, /^[0-9A-F]{8}-[0-9A-F]{16}$/)
    t.regex(wifiMac, /^02(:[0-9a-f]{2}){5}$/)
    if (imei !== undefined) t.true(passesLuhn(imei), imei)
  }
  t.true(many.some(({ imei }) => imei !== undefined))
  t.true(many.some(({ imei }) => imei === undefined))
})

function passesLuhn(digits: string): boolean {
  const doubled = Array.from(digits)
    .reverse()
    .map((digit, index) => Number(digit) * (1 + (index % 2)))
  return (
    doubled.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0 &&
    digits.length === 15
  )
}
