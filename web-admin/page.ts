import { type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { type Logo } from '../server/organisations/logo.ts'
import {
  type Language,
  type Organisation,
  type OrganisationSettings,
} from '../server/organisations/organisation.ts'
import { type Actor } from '../server/staff/actor.ts'
import { cookieOf, isText, languageOf, sayIn } from './language.ts'
import { actorOf } from '../server/http/credentials.ts'
import { countOf, navigation } from './navigation.ts'
import { type TextKey } from './texts/texts.ts'

declare module '@hapi/hapi' {
  interface PluginProperties {
    webAdmin: Surroundings
    crumb: { generate(request: Request, h: ResponseToolkit): string }
  }
}

/** What every page needs around its own content. */
export interface Surroundings {
  readonly assets: string
  render(view: string, context: object, options: { layout: string }): Promise<string>
  organisationOf(actor: Actor): Promise<Pick<Organisation, 'name' | 'settings'>>
  /** Whose page it is before anybody has signed in, where there is one organisation alone. */
  onlyOrganisation(): Promise<Pick<Organisation, 'name' | 'settings'> | undefined>
  /** What the bell and the navigation count for this person. */
  countsOf(actor: Actor): Promise<{ readonly unread: number; readonly approvals: number }>
  /** Asks who it is, before a deed that wants a fresh proof. */
  askWhoItIs(request: Request, h: ResponseToolkit): Promise<ResponseObject>
}

export interface PageModel {
  /** Heading and browser title. */
  readonly title: string
  readonly [name: string]: unknown
}

interface PageOptions {
  /** `desk` with navigation (default), `plain` before signing in, `signer` for the borrower's eyes. */
  readonly layout?: 'desk' | 'plain' | 'signer'
  readonly status?: number
  /** Instead of the reader's own: a borrower reads in theirs. */
  readonly language?: Language
}

/** The view filled with `model`, inside its layout, in the reader's language, with navigation for the reader's rights. */
export async function showPage(
  request: Request,
  h: ResponseToolkit,
  view: string,
  { layout = 'desk', status = 200, language = languageOf(request), ...model }: PageModel & PageOptions,
): Promise<ResponseObject> {
  const { webAdmin } = request.server.plugins
  const said = saidBefore(request, h)
  const app = request.auth.isAuthenticated ? request.auth.credentials.app : undefined
  const organisation = await (app ? webAdmin.organisationOf(app.actor) : webAdmin.onlyOrganisation())
  const counts = app && layout === 'desk' ? await countsFor(webAdmin, app.actor) : nothing
  const context = {
    ...model,
    language,
    other: language === 'sv' ? 'en' : 'sv',
    assets: webAdmin.assets,
    crumb: crumbOf(request, h),
    here: request.url.pathname + request.url.search,
    theme: themeOf(request),
    said: said && sayIn(language)(said),
    look: lookOf(organisation?.settings),
    unread: counts.unread,
    bellHere: request.path === '/notifications',
    signedIn: app && {
      name: app.actor.name,
      organisation: organisation?.name,
      elsewhere: app.elsewhere,
      navigation: navigation(app.rights, request.path, { say: sayIn(language), counts }),
    },
  }
  const html = await webAdmin.render(view, context, { layout })
  return h.response(html).type('text/html').code(status).header('vary', 'Cookie, Accept-Language')
}

/** A part of the page around every other, for a script that renews it: in the reader's language, for the reader's rights. */
export async function showFragment(
  request: Request,
  h: ResponseToolkit,
  view: string,
): Promise<ResponseObject> {
  const { webAdmin } = request.server.plugins
  const counts = await countsFor(webAdmin, actorOf(request))
  const context = { ...countOf(counts), language: languageOf(request), unread: counts.unread }
  const html = await webAdmin.render(view, context, { layout: 'bare' })
  return h.response(html).type('text/html').header('vary', 'Cookie, Accept-Language')
}

/** Where a logo is fetched: its hash, so that a browser may keep it for ever. */
export function logoPath({ sha256 }: Pick<Logo, 'sha256'>): string {
  return `/look/logo/${sha256}`
}

/** What the pages take from an organisation's look; nothing where it has none of its own. */
function lookOf(settings: Pick<OrganisationSettings, 'colour' | 'logo'> | undefined) {
  const { colour = '', logo } = settings ?? {}
  return {
    style: colour === '' ? undefined : `/look/colour/${colour.slice(1).toLowerCase()}`,
    logo: logo && { path: logoPath(logo), width: logo.width, height: logo.height },
  }
}

const nothing = { unread: 0, approvals: 0 }

/** A page is worth more than a number on it. */
const countsFor = (webAdmin: Surroundings, actor: Actor) => webAdmin.countsOf(actor).catch(() => nothing)

/** On to another page, which then says `text` once. */
export function goTo(h: ResponseToolkit, path: string, text?: TextKey): ResponseObject {
  if (text) h.state('said', text)
  return h.redirect(path).code(303)
}

/** A path of our own to come back to, or `/`: what a form sends is never trusted to be one. */
export function ownPath(path: unknown): string {
  const isOwn = typeof path === 'string' && path.length < 500 && /^\/(?![/\\])[^\s\\]*$/.test(path)
  return isOwn ? path : '/'
}

function saidBefore(request: Request, h: ResponseToolkit): TextKey | undefined {
  const said = cookieOf(request, 'said')
  if (typeof said !== 'string') return undefined
  h.unstate('said')
  return said.startsWith('said.') && isText(said) ? said : undefined
}

function crumbOf(request: Request, h: ResponseToolkit): string {
  const { crumb } = request.plugins as { crumb?: string | string[] }
  const known = Array.isArray(crumb) ? crumb[0] : crumb
  return known ?? request.server.plugins.crumb.generate(request, h)
}

function themeOf(request: Request): 'light' | 'dark' | undefined {
  const theme = cookieOf(request, 'theme')
  return theme === 'light' || theme === 'dark' ? theme : undefined
}
