import { encodeDocument } from '../values/encode.ts'
import { type Document, Double, type Value } from '../values/value.ts'
import { type Header, opMsg, opQuery, opReply } from './request.ts'

/** One batch of a cursor. The documents go out as the bytes they are. */
export class CursorBatch {
  readonly field: 'firstBatch' | 'nextBatch'
  readonly documents: readonly Uint8Array[]
  /** 0 when the cursor is at its end. */
  readonly id: bigint
  readonly namespace: string
  /** What stands beside the cursor. */
  readonly more: Document | undefined

  constructor(batch: Pick<CursorBatch, 'field' | 'documents' | 'id' | 'namespace'>, more?: Document) {
    this.field = batch.field
    this.documents = batch.documents
    this.id = batch.id
    this.namespace = batch.namespace
    this.more = more
  }
}

/** What a command answers with. */
export type Answer = Document | CursorBatch

/** Members that every answer of a batch carries, as bytes: they are the same for all and written once. */
export const commonFields = (members: Document): Uint8Array => fieldsOf(members)

export const noCommonFields: Uint8Array = new Uint8Array()

/** The answer as BSON, with the members every answer carries behind its own. */
export const encodeAnswer = (answer: Answer, common: Uint8Array): Buffer =>
  answer instanceof CursorBatch ? encodeCursor(answer, common) : bson([fieldsOf(answer), common])

const zero = Buffer.from([0])

/** A document made of fields that are bytes already. */
function bson(fields: readonly Uint8Array[]): Buffer {
  const total = fields.reduce((sum, { length }) => sum + length, 5)
  return Buffer.concat([int32(total), ...fields, zero], total)
}

/** `{ cursor: { <field>: [ … ], id, ns }, ok: 1, … }` put together around the documents. */
function encodeCursor({ field, documents, id, namespace, more }: CursorBatch, common: Uint8Array): Buffer {
  const elements: Uint8Array[] = []
  let arrayBytes = 5
  documents.forEach((document, index) => {
    const head = Buffer.from(`\x03${index}\0`, 'latin1')
    elements.push(head, document)
    arrayBytes += head.length + document.length
  })
  const arrayHead = Buffer.from(`\x04${field}\0`, 'latin1')
  const place = fieldsOf(
    new Map<string, Value>([
      ['id', id],
      ['ns', namespace],
    ]),
  )
  const cursorBytes = 4 + arrayHead.length + arrayBytes + place.length + 1
  const cursor = [int32(cursorBytes), arrayHead, int32(arrayBytes), ...elements, zero, place, zero]
  return bson([cursorHead, ...cursor, okay, ...(more ? [fieldsOf(more)] : []), common])
}

/** A document's fields without the length in front and the zero behind. */
const fieldsOf = (document: Document) => encodeDocument(document).subarray(4, -1)

const cursorHead = Buffer.from('\x03cursor\0', 'latin1')
const okay = fieldsOf(new Map([['ok', new Double(1)]]))

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32LE(value)
  return bytes
}

/** Frames an answer for the way the request came in. `more` announces that another answer follows unasked. */
export function frameAnswer(
  request: Header,
  body: Buffer,
  { answerId, more }: { readonly answerId: number; readonly more: boolean },
): Buffer {
  const head = request.operation === opQuery ? replyHead() : msgHead(more)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(answerId, 4)
  head.writeInt32LE(request.requestId, 8)
  return Buffer.concat([head, body], head.length + body.length)
}

function msgHead(more: boolean): Buffer {
  const head = Buffer.alloc(21)
  head.writeInt32LE(opMsg, 12)
  head.writeUInt32LE(more ? 2 : 0, 16)
  return head
}

function replyHead(): Buffer {
  const head = Buffer.alloc(36)
  head.writeInt32LE(opReply, 12)
  head.writeInt32LE(8, 16) // AwaitCapable, as every server says
  head.writeInt32LE(1, 32)
  return head
}
