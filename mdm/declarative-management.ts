import { MessageError } from './message-error.ts'

type DeclarativeAnswer =
  /** 200 with JSON, or with nothing. */
  | { readonly status: 200; readonly json?: object }
  /** The declaration is certainly not there. The device then deletes its own: a failed look-up must never say this. */
  | { readonly status: 404 }

/** The iPad asks again when this changes, so it stays for as long as nothing is declared. */
const DeclarationsToken = 'nothing-declared'

/** All four lists are always in the answer, also when empty. */
const items = { Activations: [], Assets: [], Configurations: [], Management: [] }

/**
 * The answer to a DeclarativeManagement check-in (Apple, "Declarative Management"): nothing is declared, since policies
 * are rolled out as profiles. Throws `MessageError` for an endpoint that does not exist.
 */
export function answerDeclarative(endpoint: string): DeclarativeAnswer {
  if (endpoint === 'status') return { status: 200 }
  if (endpoint === 'tokens') {
    return { status: 200, json: { SyncTokens: { Timestamp: '1970-01-01T00:00:00Z', DeclarationsToken } } }
  }
  if (endpoint === 'declaration-items')
    return { status: 200, json: { Declarations: items, DeclarationsToken } }
  if (isDeclaration(endpoint)) return { status: 404 }
  throw new MessageError('form', 'This endpoint is not known')
}

/** `declaration/{kind}/{identifier}`; an identifier may hold slashes of its own. */
function isDeclaration(endpoint: string): boolean {
  return /^declaration\/(?:activation|asset|configuration|management)\/./.test(endpoint)
}
