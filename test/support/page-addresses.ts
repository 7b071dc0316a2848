import { type Server } from '@hapi/hapi'
import { reloadTag } from '../../web-admin/reloads.ts'
import { type LivedIn } from './lived-in.ts'

/** Who looks: staff at a desk, somebody with a screen that was lent to them, or nobody who is known. */
export type Looker = 'staff' | 'borrower' | 'stranger'

export interface Address {
  readonly path: string
  readonly looker: Looker
}

type Addresses = (of: LivedIn) => readonly string[]

/** Pages whose address holds the id of something: one address for each state that they have. */
const known: Readonly<Record<string, Addresses>> = {
  '/bodies/{id}': of => [`/bodies/${of.body}`],
  '/costs/keys/{id}': of => [`/costs/keys/${of.key}`],
  '/costs/lines/{id}': of => [`/costs/lines/${of.line}`],
  '/costs/of/{id}': of => [`/costs/of/${of.body}`, `/costs/of/${of.council}`],
  '/devices/{id}': of => [of.stock, of.lent, of.enrolled, of.personal, of.stolen].map(id => `/devices/${id}`),
  '/devices/{id}/edit': of => [`/devices/${of.lent}/edit`],
  '/import/people/{id}': of => [`/import/people/${of.upload}`],
  '/import/devices/{id}': of => [`/import/devices/${of.deviceUpload}`],
  '/jobs/{id}': of => [`/jobs/${of.job}`, `/jobs/${of.waitingJob}`],
  '/people/{id}': of => [`/people/${of.person}`, `/people/${of.hidden}`],
  '/people/{id}/merge': of => [`/people/${of.person}/merge`, `/people/${of.person}/merge?q=e`],
  '/people/{id}/merge/{otherId}': of => [
    `/people/${of.person}/merge/${of.brief}`,
    `/people/${of.person}/merge/${of.hidden}`,
  ],
  '/people/{id}/edit': of => [`/people/${of.person}/edit`],
  '/profiles/{id}': of => [`/profiles/${of.profile}`],
  '/profiles/{id}/file': of => [`/profiles/${of.profile}/file`],
  '/profiles/{id}/versions/{number}': of => [`/profiles/${of.profile}/versions/1`],
  '/profiles/{id}/versions/{number}/compare': of => [`/profiles/${of.profile}/versions/1/compare`],
  '/profiles/{id}/versions/{number}/trial': of => [`/profiles/${of.profile}/versions/1/trial`],
  '/profiles/new/{template}': () => ['/profiles/new/byod'],
  '/profiles/policies/{id}': of => [`/profiles/policies/${of.policy}`],
  '/settings/staff/{id}': of => [`/settings/staff/${of.colleague}`],
  '/settings/terms/{id}': of => [`/settings/terms/${of.terms}`],
  '/settings/webhooks/{id}': of => [`/settings/webhooks/${of.webhook}`],
  '/sign-in/single-sign-on/{organisationId}': () => [],
  '/sign-in/single-sign-on/{organisationId}/sign-out': () => [],
  '/theft/{id}': of => [`/theft/${of.theft}`, `/theft/${of.fault}`, `/theft/${of.found}`],
}

/** Further states of pages that have an address without an id. */
const states: Readonly<Record<string, Addresses>> = {
  '/audit': () => ['/audit?who=nobody-at-all'],
  '/costs': () => ['/costs?year=1999'],
  '/devices': () => ['/devices?q=nothing-like-it', '/devices?lifecycle=on-loan&sort=model'],
  '/hand-out': of => [
    '/hand-out?q=nothing-like-it',
    '/hand-out?q=EKV',
    `/hand-out?person=${of.person}&device=${of.stock}`,
    `/hand-out?person=${of.person}&device=${of.lent}`,
  ],
  '/loans': () => ['/loans?state=returned', '/loans?state=overdue'],
  '/people': () => ['/people?q=nothing-like-it'],
  '/returns': of => [`/returns?device=${of.lent}`, '/returns?q=nothing-like-it'],
  '/search': () => ['/search?q=EKV', '/search?q=nothing-like-it'],
  '/theft/cases': () => ['/theft/cases?kind=fault'],
  '/theft': () => ['/theft?q=EKV', '/theft?q=nothing-like-it'],
  '/theft/report': of => [`/theft/report?device=${of.lent}`],
}

/** Pages of somebody who has no session, or whose screen is lent. */
const ofOthers: Readonly<Record<string, (of: LivedIn) => readonly Address[]>> = {
  '/accessibility': () => [
    { path: '/accessibility', looker: 'stranger' },
    { path: '/accessibility', looker: 'staff' },
  ],
  '/sign-in': () => [{ path: '/sign-in', looker: 'stranger' }],
  '/sign-in/signed-out': () => [{ path: '/sign-in/signed-out', looker: 'stranger' }],
  '/set-up/{token}': of => [{ path: `/set-up/${of.unused}`, looker: 'stranger' }],
  '/choose-password/{token}': of => [{ path: of.passwordPath, looker: 'stranger' }],
  '/hand-out/{id}/terms': of => [
    { path: `/hand-out/${of.shown}/terms?identity=id-shown`, looker: 'borrower' },
  ],
  '/hand-out/{id}/sign': of => [{ path: `/hand-out/${of.shown}/sign?identity=id-shown`, looker: 'borrower' }],
  '/hand-out/{id}/done': () => [],
  '/hand-out/{id}/back': () => [],
  '/confirm': () => [{ path: '/confirm', looker: 'borrower' }],
  '/{path*}': () => [{ path: '/nowhere-at-all', looker: 'staff' }],
}

/** What stands in the routing table but is no page: files, streams, figures, and addresses of the API. */
const isNoPage = (path: string) =>
  /^\/(api|assets|health|look|metrics|live)(\/|$)|\.(csv|pdf|svg|xlsx|json)$|\/versions\/\{number\}\/profile$|^\/profiles\/guides\/\{id\}\/versions\/\{number\}$|^\/notifications\/bell$|^\/search\/suggestions$|^\/sign-in\/single-sign-on\/answer$/.test(
    path,
  )

export interface Addressed {
  readonly addresses: readonly Address[]
  /** Routes that nobody has said an address for. */
  readonly unknown: readonly string[]
}

/** Every page of the door, by its routing table: what is in there and has no address here is named. */
export function pagesOf(door: Server, livedIn: LivedIn): Addressed {
  const patterns = door
    .table()
    .filter(({ method, path }) => method === 'get' && !isNoPage(path))
    // Where a form is sent that has no page of its own: looking there leads to the page that it stands on.
    .filter(({ settings }) => !(settings.tags ?? []).includes(reloadTag))
    .map(({ path }) => path)
  const unknown = patterns.filter(path => path.includes('{') && !(path in known) && !(path in ofOthers))
  const addresses = patterns.flatMap((path): Address[] => {
    const others = ofOthers[path]
    if (others) return [...others(livedIn)]
    const own = path.includes('{') ? (known[path]?.(livedIn) ?? []) : [path]
    return [...own, ...(states[path]?.(livedIn) ?? [])].map(one => ({ path: one, looker: 'staff' }))
  })
  return { addresses, unknown }
}
