import Boom from '@hapi/boom'
import inert from '@hapi/inert'
import vision from '@hapi/vision'
import { type Plugin, type Server, type ServerRoute } from '@hapi/hapi'
import { type Bodies } from '../server/bodies/bodies.ts'
import { type Devices } from '../server/devices/devices.ts'
import { type Mandates } from '../server/mandates/mandates.ts'
import { type Organisations } from '../server/organisations/organisations.ts'
import { assetRoutes, assetsVersion } from './assets.ts'
import { createHandlebars, viewsFolder } from './handlebars.ts'
import { type Surroundings } from './page.ts'
import { bodyPages, type BodyPagesDeps } from './bodies/body-pages.ts'
import { deviceEditPages } from './devices/device-edit-pages.ts'
import { deviceListPages } from './devices/device-list-pages.ts'
import { peoplePages, type PeoplePagesDeps } from './people/people-pages.ts'
import { personPages } from './people/person-pages.ts'
import { preferencesPages } from './preferences-pages.ts'
import { signInPages, type SignInPagesDeps } from './sign-in/sign-in-pages.ts'

export interface WebAdminDeps extends SignInPagesDeps, PeoplePagesDeps, BodyPagesDeps {
  readonly devices: Devices
  /** For the name that stands beside the logo. */
  readonly organisations: Pick<Organisations, 'get'>
  readonly bodies: Bodies
  readonly mandates: Mandates
}

const year = 365 * 86_400_000

/** The pages of the staff door: sign-in, desks, lists, settings, and the style sheets and scripts they use. */
export function webAdmin(deps: WebAdminDeps): Plugin<void> {
  return {
    name: 'webAdmin',
    register: async server => {
      await server.register([inert, vision])
      server.views({
        engines: { hbs: createHandlebars() },
        path: viewsFolder,
        layoutPath: `${viewsFolder}/layouts`,
        isCached: true,
      })
      rememberOnBrowser(server)
      const assets = assetsVersion()
      server.expose({
        assets,
        // Vision's types ask for engines even where only the layout differs.
        render: (view, context, { layout }) =>
          server.render(view, context, { layout } as Parameters<Server['render']>[2]),
        organisationOf: actor => deps.organisations.get(actor),
      } satisfies Surroundings)
      server.route([
        ...assetRoutes(assets),
        ...preferencesPages(),
        ...signInPages(deps),
        ...deviceListPages({ ...deps, holdersOf: () => Promise.resolve(new Map()) }),
        ...deviceEditPages(deps),
        ...peoplePages(deps),
        ...personPages(deps),
        ...bodyPages(deps),
        nothingHere,
      ])
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
  server.state('said', { ...settings, ttl: 60_000 })
}
