import { readAsn1, type Asn1Element } from '../../profiles/cms/asn1-reader.ts'
import { der } from '../../profiles/cms/der-writer.ts'

const end = Uint8Array.of(0, 0)

/**
 * The same value with every constructed part in the indefinite form and every long octet string in segments, down to
 * what `keep` says to leave alone. Apple's devices write the outer layers of Mdm-Signature like this.
 */
export function toIndefinite(
  bytes: Uint8Array,
  keep: (element: Asn1Element) => boolean = () => false,
): Buffer {
  return rewrite(readAsn1(bytes), keep)
}

function rewrite(element: Asn1Element, keep: (element: Asn1Element) => boolean): Buffer {
  if (keep(element)) return Buffer.from(element.bytes)
  if (element.tag === 0x04 && element.content.length > 32) return segmented(0x24, element.content)
  if ((element.tag & 0x20) === 0) return Buffer.from(element.bytes)
  const members = element.children.map(child => rewrite(child, keep))
  return Buffer.concat([Uint8Array.of(element.tag, 0x80), ...members, end])
}

function segmented(tag: number, content: Uint8Array): Buffer {
  const middle = Math.floor(content.length / 2)
  const pieces = [der(0x04, content.subarray(0, middle)), der(0x04, content.subarray(middle))]
  return Buffer.concat([Uint8Array.of(tag, 0x80), ...pieces, end])
}

/** Replaces the first occurrence of `from` by `to` of the same length. */
export function swapBytes(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf(from)
  if (at < 0 || from.length !== to.length) throw new Error('Nothing to swap')
  copy.set(to, at)
  return copy
}

/** The same bytes with one bit turned over. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x01
  return copy
}
