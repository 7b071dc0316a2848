import { PlistError, type PlistFault } from './plist-error.ts'
import { readData, readDate, readInteger, readReal } from './plist-scalars.ts'
import { WholeReal, type PlistValue } from './plist-value.ts'
import { type PlistLimits } from './read-plist.ts'
import { readXmlText } from './xml-text.ts'

const space = /[ \t\r\n]*/y
const declaration = /<\?xml\s[^<>]*?\?>/y
const doctype =
  /<!DOCTYPE\s+plist(?:\s+(?:PUBLIC\s+(?:"[^"<>]*"|'[^'<>]*')|SYSTEM))?(?:\s+(?:"[^"<>]*"|'[^'<>]*'))?\s*>/y
const openTag = /<([a-z]+)\s*(\/?)>/y
const rootTag = /<plist(?:\s+version\s*=\s*(?:"1\.0"|'1\.0'))?\s*>/y

type MutableDictionary = Record<string, PlistValue>

/** One pass over the text of one property list. Made for one document, then thrown away. */
export class PlistReader {
  readonly #text: string
  readonly #depth: number
  readonly #keepsReals: boolean
  #valuesLeft: number
  #at = 0

  constructor(text: string, limits: PlistLimits & { readonly depth: number }) {
    this.#keepsReals = limits.reals === 'kept'
    this.#text = text
    this.#depth = limits.depth
    this.#valuesLeft = limits.values
  }

  /** The one value of the document, with nothing but white space and comments around it. */
  document(): PlistValue {
    this.#prologue()
    if (!this.#take(rootTag)) this.#refuse('structure', 'A property list begins with <plist version="1.0">')
    const value = this.#value(this.#open(), 1)
    this.#close('plist')
    this.#skip()
    if (this.#at < this.#text.length) this.#refuse('structure', 'Something follows the property list')
    return value
  }

  #prologue(): void {
    this.#take(space)
    const xml = this.#take(declaration)?.[0]
    const encoding = xml && /\sencoding\s*=\s*["']([^"']*)["']/.exec(xml)?.[1]
    if (encoding && encoding.toLowerCase() !== 'utf-8')
      this.#refuse('encoding', 'A property list must be UTF-8')
    this.#skip()
    if (this.#text.startsWith('<!DOCTYPE', this.#at) && !this.#take(doctype))
      this.#refuse('doctype', 'A document type of its own is not accepted')
    this.#skip()
  }

  #value({ name, empty }: Tag, depth: number): PlistValue {
    if (--this.#valuesLeft < 0) this.#refuse('too-many-values', 'A property list has too many values')
    if (depth > this.#depth) this.#refuse('too-deep', `A property list may be ${this.#depth} levels deep`)
    switch (name) {
      case 'dict':
        return empty ? dictionary() : this.#dictionary(depth)
      case 'array':
        return empty ? [] : this.#array(depth)
      case 'true':
      case 'false':
        if (!empty) this.#close(name)
        return name === 'true'
      case 'string':
        return empty ? '' : this.#content(name)
      case 'integer':
        return readInteger(empty ? '' : this.#content(name), this.#at)
      case 'real':
        return this.#real(empty ? '' : this.#content(name))
      case 'date':
        return readDate(empty ? '' : this.#content(name), this.#at)
      case 'data':
        return readData(empty ? '' : this.#content(name), this.#at)
      default:
        return this.#refuse('structure', 'An element is not one of a property list')
    }
  }

  #real(text: string): PlistValue {
    const value = readReal(text, this.#at)
    return this.#keepsReals && Number.isInteger(value) ? new WholeReal(value) : value
  }

  #dictionary(depth: number): PlistValue {
    const found = dictionary()
    for (;;) {
      this.#skip()
      if (this.#atClose()) break
      const key = this.#key()
      if (Object.hasOwn(found, key)) this.#refuse('key', 'A key stands twice in a dictionary')
      if (this.#atCloseAfterSpace()) this.#refuse('structure', 'A key has no value')
      found[key] = this.#value(this.#open(), depth + 1)
    }
    this.#close('dict')
    return found
  }

  #key(): string {
    const { name, empty } = this.#open()
    if (name !== 'key') this.#refuse('structure', 'A dictionary holds keys, each with its value')
    if (--this.#valuesLeft < 0) this.#refuse('too-many-values', 'A property list has too many values')
    const key = empty ? '' : this.#content('key')
    if (key === '__proto__') this.#refuse('key', 'A key has a name that is not accepted')
    return key
  }

  #array(depth: number): PlistValue {
    const found: PlistValue[] = []
    for (;;) {
      this.#skip()
      if (this.#atClose()) break
      found.push(this.#value(this.#open(), depth + 1))
    }
    this.#close('array')
    return found
  }

  /** Text up to the end tag of `name`, which is passed as well. */
  #content(name: string): string {
    const { text, end } = readXmlText(this.#text, this.#at)
    this.#at = end
    this.#close(name)
    return text
  }

  #open(): Tag {
    this.#skip()
    const [, name, slash] = this.#take(openTag) ?? []
    if (name === undefined) return this.#refuse('structure', 'An element is expected')
    return { name, empty: slash === '/' }
  }

  #atClose(): boolean {
    return this.#text.startsWith('</', this.#at)
  }

  #atCloseAfterSpace(): boolean {
    this.#skip()
    return this.#atClose()
  }

  #close(name: string): void {
    this.#skip()
    const tag = `</${name}`
    if (!this.#text.startsWith(tag, this.#at)) this.#refuse('structure', `</${name}> is expected`)
    this.#at += tag.length
    this.#take(space)
    if (this.#text[this.#at] !== '>') this.#refuse('structure', `</${name}> is expected`)
    this.#at += 1
  }

  /** Passes white space and comments. */
  #skip(): void {
    for (;;) {
      this.#take(space)
      if (!this.#text.startsWith('<!--', this.#at)) return
      const end = this.#text.indexOf('-->', this.#at + 4)
      if (end < 0) this.#refuse('markup', 'A comment does not end')
      this.#at = end + 3
    }
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    return found
  }

  #refuse(fault: PlistFault, message: string): never {
    throw new PlistError(fault, message, this.#at)
  }
}

interface Tag {
  readonly name: string
  readonly empty: boolean
}

function dictionary(): MutableDictionary {
  return Object.create(null) as MutableDictionary
}
