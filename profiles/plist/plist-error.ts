export type PlistFault =
  | 'too-large'
  | 'too-deep'
  | 'too-many-values'
  | 'binary'
  | 'encoding'
  | 'doctype'
  | 'entity'
  | 'markup'
  | 'structure'
  | 'key'
  | 'number'
  | 'date'
  | 'data'

/** Bytes that are not a property list we accept. The message names the fault and where, never the content. */
export class PlistError extends Error {
  readonly fault: PlistFault
  /** Characters into the text; 0 when the whole is refused. */
  readonly offset: number

  constructor(fault: PlistFault, message: string, offset: number) {
    super(offset > 0 ? `${message} (at character ${offset})` : message)
    this.name = 'PlistError'
    this.fault = fault
    this.offset = offset
  }
}
