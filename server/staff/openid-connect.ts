import * as oidc from 'openid-client'
import { type Clock } from '../clock.ts'
import { isHere, type Claims } from './identity-provider.ts'
import { type OidcClient, type OidcParty } from './oidc-client.ts'

const timeoutSeconds = 10
/** How far the clock of a provider may be behind ours. */
const skewSeconds = 60

/** How long what a provider says of itself holds: a page that anybody may open must not make it be asked each time. */
const knownForMs = 5 * 60_000

interface OpenIdConnectOptions {
  readonly clock: Clock
  /** Fetches nothing from inside the house unless that is allowed; see `outward-fetch.ts`. */
  readonly fetch: typeof fetch
}

/** OpenID Connect Core 1.0 by openid-client: discovery, PKCE, state, nonce, and every check of the ID token. */
export function createOpenIdConnect({ clock, fetch }: OpenIdConnectOptions): OidcClient {
  const known = new Map<string, { readonly found: Promise<oidc.Configuration>; readonly until: number }>()

  const ask = ({ issuer, clientId, clientSecret }: OidcParty) =>
    oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: timeoutSeconds,
      [oidc.customFetch]: fetch as oidc.CustomFetch,
      // The library marks it so that nobody uses it by mistake; a provider on this machine is for trials.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      ...(isHere(issuer) && { execute: [oidc.allowInsecureRequests] }),
    })

  /** What the provider says of itself, at most a few minutes old. */
  async function discover(party: OidcParty): Promise<oidc.Configuration> {
    const now = clock.now().getTime()
    for (const [key, { until }] of known) if (now >= until) known.delete(key)
    const key = JSON.stringify([party.issuer, party.clientId, party.clientSecret])
    const found = known.get(key)?.found ?? ask(party)
    known.set(key, { found, until: known.get(key)?.until ?? now + knownForMs })
    return found.catch((fault: unknown) => {
      known.delete(key)
      throw fault
    })
  }

  return {
    async reach(party) {
      await ask(party)
    },

    async ask(party, redirectUri, again) {
      const config = await discover(party)
      const question = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        ...(again && { againAt: Math.floor(again.now.getTime() / 1000) }),
      }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: question.state,
        nonce: question.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(question.verifier),
        code_challenge_method: 'S256',
        ...(party.assurance !== '' && { acr_values: party.assurance }),
        ...(again && { prompt: 'login', max_age: '0' }),
      })
      return { url: url.href, question }
    },

    // OpenID Connect RP-Initiated Logout 1.0, with the client's id in place of an ID token: none is kept.
    async signOut(party, returnTo) {
      const config = await discover(party)
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      return oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: returnTo }).href
    },

    async answer(party, callbackUrl, { state, nonce, verifier, againAt }) {
      const config = await discover(party)
      const tokens = await oidc.authorizationCodeGrant(config, new URL(callbackUrl), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('The provider gave no ID token')
      if (againAt !== undefined && (claims.auth_time ?? 0) < againAt - skewSeconds)
        throw new Error('The provider did not ask anew')
      const more =
        party.groupClaim in claims || config.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
      return { ...more, ...claims, issuer: claims.iss, subject: claims.sub } satisfies Claims
    },
  }
}
