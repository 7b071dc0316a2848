import { type Claims, type IdentityProvider } from './identity-provider.ts'

/** What binds the answer to the question; kept sealed in the browser while it is away at the provider. */
export interface OidcQuestion {
  readonly state: string
  readonly nonce: string
  /** Of PKCE (RFC 7636). */
  readonly verifier: string
  /** When the person was asked to sign in again, in seconds; missing where an old sign-in will do. */
  readonly againAt?: number
}

export type OidcParty = Pick<
  IdentityProvider,
  'issuer' | 'clientId' | 'clientSecret' | 'assurance' | 'groupClaim'
>

/** OpenID Connect by the authorization code flow. `clientSecret` is the open one here. */
export interface OidcClient {
  /** Whether the issuer answers and is who it says; rejects when not. */
  reach(party: OidcParty): Promise<void>
  /** Where the browser goes, and what its answer has to fit. */
  ask(
    party: OidcParty,
    redirectUri: string,
    /** The provider has to ask who it is, even if it knows already. */
    again?: { readonly now: Date },
  ): Promise<{ url: string; question: OidcQuestion }>
  /**
   * Where the browser goes to be signed out at the provider too, which then sends it to `returnTo`; undefined when the
   * provider has no such place.
   */
  signOut(party: OidcParty, returnTo: string): Promise<string | undefined>
  /** What the provider says of the person; rejects when anything about the answer is wrong. */
  answer(party: OidcParty, callbackUrl: string, question: OidcQuestion): Promise<Claims>
}
