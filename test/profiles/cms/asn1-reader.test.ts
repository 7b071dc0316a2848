import test from 'ava'
import { readAsn1 } from '../../../profiles/cms/asn1-reader.ts'
import { readOctets, readOid, readText, definiteBytes } from '../../../profiles/cms/asn1-values.ts'
import { Asn1Error, CmsError } from '../../../profiles/cms/cms-error.ts'
import { der, integer, objectIdentifier, octetString, sequence } from '../../../profiles/cms/der-writer.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

const refused = test.macro({
  exec(t, bytes: Uint8Array, fault: Asn1Error['fault']) {
    const error = t.throws(() => readAsn1(bytes), { instanceOf: Asn1Error })
    t.is(error.fault, fault)
    t.true(error instanceof CmsError)
  },
  title: (name = '') => `${name} is refused`,
})

test('an empty input', refused, hex(''), 'truncated')
test('a tag without a length', refused, hex('30'), 'truncated')
test('a value that ends early', refused, hex('04 05 01 02'), 'truncated')
test('a member longer than its surroundings', refused, hex('30 04 04 05 01 02 03 04 05'), 'truncated')
test('a length of four gigabytes', refused, hex('04 84 ff ff ff ff 00'), 'truncated')
test('a length that takes five bytes', refused, hex('04 85 00 00 00 00 01 00'), 'length')
test('the reserved length octet', refused, hex('04 ff 00'), 'length')
test('an indefinite length on a primitive value', refused, hex('04 80 01 00 00'), 'length')
test('an indefinite length without an end', refused, hex('30 80 02 01 05'), 'truncated')
test('an indefinite length with half an end', refused, hex('30 80 02 01 05 00'), 'tag')
test('an end that lies outside the surroundings', refused, hex('30 04 30 80 00 02 00 00'), 'tag')
test('an end without a beginning', refused, hex('30 02 00 00'), 'tag')
test('a tag number above thirty', refused, hex('1f 20 01 00'), 'tag')
test('a second value behind the first', refused, hex('05 00 05 00'), 'trailing')
test('nesting of 70 levels, definite', refused, nested(70), 'nesting')
test(
  'nesting of 70 levels, indefinite',
  refused,
  Buffer.from('3080'.repeat(70) + '0000'.repeat(70), 'hex'),
  'nesting',
)
test('nesting of 100,000 levels without ends', refused, Buffer.from('3080'.repeat(100_000), 'hex'), 'nesting')
test('more than a megabyte', refused, octetString(new Uint8Array(1_048_577)), 'size')
test(
  'two hundred thousand empty values',
  refused,
  der(0x30, Buffer.from('0500'.repeat(200_000), 'hex')),
  'size',
)

function nested(levels: number): Buffer {
  let bytes: Buffer = Buffer.from('0500', 'hex')
  for (let level = 0; level < levels; level += 1) bytes = sequence(bytes)
  return bytes
}

test('nesting of 64 levels is read', t => {
  t.notThrows(() => readAsn1(nested(64)))
})

test('members are views on the input, with their own bytes and contents', t => {
  const input = sequence(integer(5), octetString(hex('aabb')))
  const [number, octets] = readAsn1(input).children
  t.deepEqual(Buffer.from(number?.bytes ?? []), hex('020105'))
  t.deepEqual(Buffer.from(octets?.content ?? []), hex('aabb'))
  t.is(octets?.bytes.buffer, input.buffer)
})

test('an indefinite value equals its definite form once lengths are written out', t => {
  const indefinite = readAsn1(hex('30 80 02 01 05 31 80 04 01 aa 00 00 30 80 00 00 00 00'))
  t.true(indefinite.indefinite)
  t.deepEqual(Buffer.from(definiteBytes(indefinite)), hex('30 0a 02 01 05 31 03 04 01 aa 30 00'))
})

test('a definite value with an indefinite one inside is written out anew as well', t => {
  const value = readAsn1(hex('30 07 30 80 02 01 05 00 00'))
  t.true(value.indefinite)
  t.deepEqual(Buffer.from(definiteBytes(value)), hex('30 05 30 03 02 01 05'))
})

test('an octet string in segments is written out in one piece', t => {
  t.deepEqual(
    Buffer.from(definiteBytes(readAsn1(hex('31 80 24 80 04 01 aa 04 01 bb 00 00 00 00')))),
    hex('31 04 04 02 aa bb'),
  )
})

test('an octet string in nested segments is joined', t => {
  t.deepEqual(Buffer.from(readOctets(readAsn1(hex('24 80 04 02 01 02 24 03 04 01 03 00 00')))), hex('010203'))
})

test('a segment that is no octet string is refused', t => {
  t.throws(() => readOctets(readAsn1(hex('24 03 02 01 03'))), { instanceOf: Asn1Error })
})

test('object identifiers survive writing and reading, large arcs too', t => {
  for (const dotted of [
    '1.2.840.113549.1.7.2',
    '2.16.840.1.113733.1.9.7',
    '0.9.2342.19200300.100.1.1',
    '2.999.3',
    '1.3.14.3.2.7',
  ]) {
    t.is(readOid(readAsn1(objectIdentifier(dotted))), dotted)
  }
  t.deepEqual(objectIdentifier('1.2.840.113549'), hex('06 06 2a 86 48 86 f7 0d'))
})

test('object identifiers that end early, are empty or overflow are refused', t => {
  for (const content of ['', '2a86', `${'ff'.repeat(12)}7f`, '01'.repeat(65)]) {
    t.throws(() => readOid(readAsn1(der(0x06, hex(content)))), { instanceOf: Asn1Error }, content)
  }
})

test('texts are read in each of the kinds that certificates use', t => {
  t.is(readText(readAsn1(hex('0c 03 c3 85 62'))), 'Åb')
  t.is(readText(readAsn1(hex('13 02 61 62'))), 'ab')
  t.is(readText(readAsn1(hex('14 01 c5'))), 'Å')
  t.is(readText(readAsn1(hex('1e 04 00 c5 00 62'))), 'Åb')
  t.throws(() => readText(readAsn1(hex('1e 03 00 c5 00'))), { instanceOf: Asn1Error })
  t.throws(() => readText(readAsn1(hex('02 01 05'))), { instanceOf: Asn1Error })
  t.throws(() => readText(undefined), { instanceOf: Asn1Error })
})
