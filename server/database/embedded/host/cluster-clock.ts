import { Binary, type Document, Timestamp, type Value } from '../values/value.ts'

/** Where nobody signs the time, servers send this. */
const unsigned: Document = new Map<string, Value>([
  ['hash', new Binary(new Uint8Array(20), 0)],
  ['keyId', 0n],
])

/** The logical time that answers carry, always going up. */
export class ClusterClock {
  readonly #now: () => number
  #seconds = 0
  #counter = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** `operationTime` and `$clusterTime` as the answers of the next batch carry them. */
  tick(): Document {
    const seconds = Math.floor(this.#now() / 1000)
    if (seconds > this.#seconds) {
      this.#seconds = seconds
      this.#counter = 0
    }
    const operationTime = Timestamp.of(this.#seconds, ++this.#counter)
    const time = new Map<string, Value>([
      ['clusterTime', operationTime],
      ['signature', unsigned],
    ])
    return new Map<string, Value>([
      ['$clusterTime', time],
      ['operationTime', operationTime],
    ])
  }
}
