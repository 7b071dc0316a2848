import { PlistError } from '../plist/plist-error.ts'
import { readPlist } from '../plist/read-plist.ts'
import { type PlistValue } from '../plist/plist-value.ts'
import { checkWritable, PlistValueError, writePlist } from '../plist/write-plist.ts'
import { type BrokenXml, placeIn } from '../plist/xml-place.ts'

const opening = '<plist version="1.0">'
const closing = '</plist>'
const limits = { bytes: 2 * 1024 * 1024, values: 50_000, reals: 'kept' } as const

const noNumber = /<real>\s*[+-]?(nan|inf)/i

/** One value as XML, as it is inside a property list, with its own indent. */
export function xmlOf(value: PlistValue): string {
  const text = Buffer.from(writePlist(value)).toString('utf8')
  const inside = text.slice(text.indexOf(opening) + opening.length, text.lastIndexOf(closing))
  const lines = inside.replace(/^\n/, '').trimEnd().split('\n')
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  return lines.map(line => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n')
}

/** The value of a piece of XML, or what is wrong with it and on which line. */
export function valueOfXml(xml: string): { readonly value: PlistValue } | { readonly broken: BrokenXml } {
  try {
    const value = readPlist(Buffer.from(`${opening}${xml}${closing}`, 'utf8'), limits)
    checkWritable(value)
    return { value }
  } catch (error) {
    // Only a number that is none can be read and not be written.
    if (error instanceof PlistValueError)
      return { broken: { fault: 'number', ...placeIn(xml, Math.max(0, xml.search(noNumber))) } }
    if (!(error instanceof PlistError)) throw error
    return { broken: { fault: error.fault, ...placeIn(xml, Math.max(0, error.offset - opening.length)) } }
  }
}
