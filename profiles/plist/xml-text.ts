import { PlistError } from './plist-error.ts'

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const reference = /&(?:([a-z]+)|#(\d{1,7})|#x([0-9a-f]{1,6}));/giy
// What XML 1.0 section 2.2 does not allow in a document at all.
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/**
 * Character data from `start` up to the next tag: references and CDATA resolved, comments dropped, line ends as `\n`
 * (XML 1.0 section 2.11). `end` is where the tag begins. Throws `PlistError`.
 */
export function readXmlText(source: string, start: number): { text: string; end: number } {
  let text = ''
  let at = start
  for (;;) {
    const tag = source.indexOf('<', at)
    if (tag < 0) throw new PlistError('markup', 'An element does not end', at)
    text += resolved(lineEnds(source.slice(at, tag)), at)
    if (source.startsWith('<![CDATA[', tag)) {
      const end = source.indexOf(']]>', tag + 9)
      if (end < 0) throw new PlistError('markup', 'A CDATA section does not end', tag)
      text += lineEnds(source.slice(tag + 9, end))
      at = end + 3
    } else if (source.startsWith('<!--', tag)) {
      const end = source.indexOf('-->', tag + 4)
      if (end < 0) throw new PlistError('markup', 'A comment does not end', tag)
      at = end + 3
    } else {
      if (forbidden.test(text)) throw new PlistError('markup', 'A control character is not accepted', at)
      return { text, end: tag }
    }
  }
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function resolved(text: string, offset: number): string {
  let from = text.indexOf('&')
  if (from < 0) return text
  let result = text.slice(0, from)
  while (from < text.length) {
    reference.lastIndex = from
    const found = reference.exec(text)
    if (!found) throw new PlistError('entity', 'An entity of its own is not accepted', offset + from)
    result += character(found, offset + from)
    const next = text.indexOf('&', reference.lastIndex)
    result += text.slice(reference.lastIndex, next < 0 ? text.length : next)
    from = next < 0 ? text.length : next
  }
  return result
}

function character([, name, decimal, hexadecimal]: RegExpExecArray, offset: number): string {
  if (name !== undefined) {
    const known = Object.hasOwn(entities, name) ? entities[name] : undefined
    if (known === undefined) throw new PlistError('entity', 'An entity of its own is not accepted', offset)
    return known
  }
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10)
  const surrogate = code >= 0xd800 && code <= 0xdfff
  if (Number.isNaN(code) || code > 0x10ffff || surrogate)
    throw new PlistError('entity', 'A character reference names no character', offset)
  return String.fromCodePoint(code)
}
