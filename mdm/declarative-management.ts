import { createHash } from 'node:crypto'
import { MessageError } from './message-error.ts'

/** One declaration as the list of declarations names it. */
export interface DeclarationItem {
  readonly Identifier: string
  readonly ServerToken: string
}

/** All that a device should have. The four lists are always in the answer, also when empty. */
export interface Declarations {
  readonly activations: readonly DeclarationItem[]
  readonly assets: readonly DeclarationItem[]
  readonly configurations: readonly DeclarationItem[]
  readonly management: readonly DeclarationItem[]
  /** When the set last changed. */
  readonly changedAt: Date
}

/** Nothing is declared: what devices get until policies are rolled out this way. */
export const noDeclarations: Declarations = {
  activations: [],
  assets: [],
  configurations: [],
  management: [],
  changedAt: new Date(0),
}

export type DeclarativeAnswer =
  /** 200 with JSON, or with nothing. */
  | { readonly status: 200; readonly json?: object }
  /** The declaration is certainly not there. The device then deletes its own: a failed look-up must never say this. */
  | { readonly status: 404 }

/**
 * The answer to a DeclarativeManagement check-in (Apple, "Declarative Management").
 * Throws `MessageError` for an endpoint that does not exist.
 */
export function answerDeclarative(endpoint: string, declarations: Declarations): DeclarativeAnswer {
  if (endpoint === 'status') return { status: 200 }
  if (endpoint === 'tokens') {
    const Timestamp = declarations.changedAt.toISOString().replace(/\.\d{3}Z$/, 'Z')
    return { status: 200, json: { SyncTokens: { Timestamp, DeclarationsToken: tokenOf(declarations) } } }
  }
  if (endpoint === 'declaration-items') {
    const { activations, assets, configurations, management } = declarations
    return {
      status: 200,
      json: {
        Declarations: {
          Activations: activations,
          Assets: assets,
          Configurations: configurations,
          Management: management,
        },
        DeclarationsToken: tokenOf(declarations),
      },
    }
  }
  if (isDeclaration(endpoint)) return { status: 404 }
  throw new MessageError('form', 'This endpoint is not known')
}

/** `declaration/{kind}/{identifier}`; an identifier may hold slashes of its own. */
function isDeclaration(endpoint: string): boolean {
  return /^declaration\/(?:activation|asset|configuration|management)\/./.test(endpoint)
}

function tokenOf({ activations, assets, configurations, management }: Declarations): string {
  const tokens = [activations, assets, configurations, management].map(items =>
    items.map(({ Identifier, ServerToken }) => [Identifier, ServerToken]),
  )
  return createHash('sha256').update(JSON.stringify(tokens)).digest('hex')
}
