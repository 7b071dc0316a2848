import { type Reason } from './reason.ts'

export type RefusalKind = 'not-found' | 'conflict' | 'invalid' | 'forbidden' | 'too-many'

/**
 * One wrong field of what the caller sent; `path` is dotted, `message` is for the person who typed it. Where one refusal
 * may have several wrong fields, each says why by a code of its own, so that pages can say it in their language.
 */
export interface FieldError extends Omit<Reason, 'code'> {
  readonly path: string
  readonly code?: string
}

/**
 * A refusal the caller can understand and act on. Callers branch on `code`, people read `message`;
 * `http/domain-errors.ts` turns `kind` into a status once. Never put secrets or personal data in it.
 */
export class DomainError extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly fields: readonly FieldError[]

  constructor(kind: RefusalKind, code: string, message: string, fields: readonly FieldError[] = []) {
    super(message)
    this.name = 'DomainError'
    this.kind = kind
    this.code = code
    this.fields = fields
  }
}

/** That these fields of what the caller sent are wrong: invalid `code`, to be thrown. */
export const invalid = (code: string, fields: readonly FieldError[]): DomainError =>
  new DomainError(
    'invalid',
    code,
    'Some fields are not filled in correctly. Each is named in fields.',
    fields,
  )
