import Boom from '@hapi/boom'
import inert from '@hapi/inert'
import vision from '@hapi/vision'
import { type Plugin, type Server, type ServerRoute } from '@hapi/hapi'
import { askWhoItIs, deedOf } from './account/confirm-pages.ts'
import { assetRoutes, assetsVersion } from './assets.ts'
import { createHandlebars, viewsFolder } from './handlebars.ts'
import { rememberAttempts } from './sign-in/single-sign-on-pages.ts'
import { type Surroundings } from './page.ts'
import { pages, type WebAdminDeps } from './pages.ts'
import { reloadsOf } from './reloads.ts'

const year = 365 * 86_400_000

/** The pages of the staff door: sign-in, desks, lists, settings, and the style sheets and scripts they use. */
export function webAdmin(deps: WebAdminDeps): Plugin<void> {
  return {
    name: 'webAdmin',
    register: async server => {
      await server.register([inert, vision])
      server.views({
        engines: { hbs: createHandlebars() },
        // What stands in a text field has no indent of the page's own.
        compileOptions: { preventIndent: true },
        path: viewsFolder,
        layoutPath: `${viewsFolder}/layouts`,
        isCached: true,
      })
      rememberOnBrowser(server)
      rememberAttempts(server, deps.publicUrl.startsWith('https:'))
      const assets = assetsVersion()
      server.expose({
        assets,
        // Vision's types ask for engines even where only the layout differs.
        render: (view, context, { layout }) =>
          server.render(view, context, { layout } as Parameters<Server['render']>[2]),
        countsOf: actor => deps.notices.counts(actor),
        organisationOf: actor => deps.organisations.get(actor),
        onlyOrganisation: () => deps.organisations.only(),
        askWhoItIs: (request, h) =>
          askWhoItIs(request, h, { confirming: deps.confirming, deed: deedOf(request) }),
      } satisfies Surroundings)
      const routes = pages(deps)
      server.route([...assetRoutes(assets), ...routes, ...reloadsOf(routes), nothingHere])
    },
  }
}

/** An unknown address keeps the desk around it for those who are signed in. */
const nothingHere: ServerRoute = {
  method: 'GET',
  path: '/{path*}',
  options: { auth: { mode: 'try' } },
  handler: () => {
    throw Boom.notFound()
  },
}

/** Choices and one-time words; nothing secret, so nothing is sealed. */
function rememberOnBrowser(server: Server): void {
  const settings = {
    isSecure: false,
    isHttpOnly: true,
    isSameSite: 'Lax',
    path: '/',
    encoding: 'none',
    ignoreErrors: true,
  } as const
  server.state('language', { ...settings, ttl: year })
  server.state('theme', { ...settings, ttl: year })
  server.state('columns', { ...settings, ttl: year })
  server.state('organisation', { ...settings, ttl: year })
  server.state('said', { ...settings, ttl: 60_000 })
}
