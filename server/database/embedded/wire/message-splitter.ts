/** What a message may measure, header included, as `hello` announces. */
export const maxMessageBytes = 48_000_000

const headerBytes = 16

/** Cuts a stream of bytes into whole messages. */
export class MessageSplitter {
  readonly #deliver: (message: Buffer) => void
  #parts: Buffer[] = []
  #held = 0
  #wanted = 0

  constructor(deliver: (message: Buffer) => void) {
    this.#deliver = deliver
  }

  /**
   * Takes the next bytes and hands on each message they complete.
   * @throws RangeError when the announced length is none a message can have; the stream is then useless
   */
  push(chunk: Buffer): void {
    this.#parts.push(chunk)
    this.#held += chunk.length
    while (this.#held >= 4) {
      if (this.#wanted === 0) this.#wanted = readLength(this.#joined(4))
      if (this.#held < this.#wanted) return
      const bytes = this.#joined(this.#wanted)
      const message = bytes.subarray(0, this.#wanted)
      const rest = bytes.subarray(this.#wanted)
      this.#parts = rest.length > 0 ? [rest] : []
      this.#held = rest.length
      this.#wanted = 0
      this.#deliver(message)
    }
  }

  /** The held bytes, of which at least `needed` are in one piece. */
  #joined(needed: number): Buffer {
    const first = this.#parts[0]
    if (first && this.#parts.length === 1 && first.length >= needed) return first
    return this.#join()
  }

  #join(): Buffer {
    const all = Buffer.concat(this.#parts, this.#held)
    this.#parts = [all]
    return all
  }
}

function readLength(bytes: Buffer): number {
  const length = bytes.readInt32LE(0)
  if (length < headerBytes || length > maxMessageBytes)
    throw new RangeError(`A message cannot be ${length} bytes long`)
  return length
}
