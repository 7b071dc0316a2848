import test from 'ava'
import { der, integer, setOf, time, utf8String } from '../../../profiles/cms/der-writer.ts'
import { readAsn1 } from '../../../profiles/cms/asn1-reader.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('lengths take the shortest form', t => {
  t.is(hex(der(0x04, new Uint8Array(127)).subarray(0, 2)), '047f')
  t.is(hex(der(0x04, new Uint8Array(128)).subarray(0, 3)), '048180')
  t.is(hex(der(0x04, new Uint8Array(256)).subarray(0, 4)), '04820100')
  t.is(hex(der(0x04, new Uint8Array(65_536)).subarray(0, 5)), '0483010000')
  for (const length of [0, 127, 128, 255, 256, 65_535, 65_536]) {
    t.is(readAsn1(der(0x04, new Uint8Array(length))).content.length, length)
  }
})

test('integers are unsigned and as short as can be', t => {
  t.is(hex(integer(0)), '020100')
  t.is(hex(integer(127)), '02017f')
  t.is(hex(integer(128)), '02020080')
  t.is(hex(integer(65_537)), '0203010001')
  t.is(hex(integer(Uint8Array.of(0, 0, 0x80))), '02020080')
  t.is(hex(integer(new Uint8Array())), '020100')
})

test('members of a SET OF stand in the order of their bytes', t => {
  t.is(hex(setOf([utf8String('b'), integer(1), utf8String('a')])), '3109020101' + '0c0161' + '0c0162')
})

test('times are short until 2049 and long from 2050', t => {
  t.is(time(new Date('2049-12-31T23:59:59.999Z')).subarray(2).toString(), '491231235959Z')
  t.is(time(new Date('2050-01-01T00:00:00Z')).subarray(2).toString(), '20500101000000Z')
  t.is(time(new Date('2050-01-01T00:00:00Z'))[0], 0x18)
})
