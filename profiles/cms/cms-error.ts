export type CmsErrorCode =
  | 'asn1'
  | 'algorithm'
  | 'certificate'
  | 'content'
  | 'decryption'
  | 'digest'
  | 'recipient'
  | 'signature'
  | 'signer'
  | 'structure'

/**
 * The only error a reader or checker in this folder throws for bytes it was given. The message says what was
 * wrong with the form, never what the bytes held.
 */
export class CmsError extends Error {
  readonly code: CmsErrorCode

  constructor(code: CmsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CmsError'
    this.code = code
  }
}

type Asn1Fault = 'length' | 'nesting' | 'size' | 'tag' | 'trailing' | 'truncated' | 'value'

/** The bytes are not BER as X.690 defines it, or exceed the bounds set for them. */
export class Asn1Error extends CmsError {
  readonly fault: Asn1Fault

  constructor(fault: Asn1Fault, message: string) {
    super('asn1', message)
    this.name = 'Asn1Error'
    this.fault = fault
  }
}
