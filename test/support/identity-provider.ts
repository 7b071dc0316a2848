import { createServer } from 'node:http'
import { once } from 'node:events'
import { type ExecutionContext } from 'ava'
import Provider from 'oidc-provider'

interface TestProvider {
  readonly issuer: string
  /** Who is at the keyboard when somebody comes to sign in, and what is known of them. */
  person: { readonly sub: string; readonly [claim: string]: unknown }
  /** The level that the provider says it reached. */
  acr: string | undefined
}

/** A real OpenID Connect provider on this machine, where whoever comes is signed in as `person` without a question. */
export async function startIdentityProvider(
  t: Pick<ExecutionContext, 'teardown'>,
  redirectUri: string,
): Promise<TestProvider> {
  const listener = createServer()
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const test: TestProvider = { issuer, person: { sub: 'nobody' }, acr: undefined }

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ornkoll',
        client_secret: 'hemlig klient',
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL('/sign-in/signed-out', redirectUri).href],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    acrValues: ['urn:low', 'urn:high'],
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...test.person, sub: id }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async context => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  listener.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    const login = { accountId: test.person.sub, ...(test.acr !== undefined && { acr: test.acr }) }
    void provider.interactionFinished(request, response, { login })
  })
  t.teardown(() => {
    listener.closeAllConnections()
    listener.close()
  })
  return test
}
