import { type PlistFault } from './plist-error.ts'

/** A place in a text, counted from 1. */
interface XmlPlace {
  readonly line: number
  readonly column: number
}

/** What is wrong with a piece of XML, and where. */
export interface BrokenXml extends XmlPlace {
  readonly fault: PlistFault
}

/** Line and column of the character at `offset`. */
export function placeIn(text: string, offset: number): XmlPlace {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
