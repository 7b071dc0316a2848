import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { needs } from '../../server/http/credentials.ts'
import { type Search } from '../../server/search/search.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { foundHref, groupView, suggestionView } from './search-view.ts'

const ofEach = 20
const suggested = 4

/** The search that stands on every page: what was found, in groups; a whole code leads straight to its page. */
export function searchPages({ search }: { search: Search }): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { q, exact, groups } = await search.search(reader.actor, textOf(request.query['q']), {
      limit: ofEach,
    })
    if (exact) return goTo(h, foundHref(exact, reader.may))
    const count = groups.reduce((sum, { items }) => sum + items.length, 0)
    return showPage(request, h, 'search/search', {
      title: q === '' ? reader.say('search.title') : reader.say('search.for', { q }),
      searched: q,
      isAsked: q.length >= 2,
      countText: reader.say(groups.some(({ isMore }) => isMore) ? 'search.first' : 'search.found', { count }),
      groups: groups.map(group => groupView(group, q, reader)),
    })
  }

  /** The same, short, for the list under the field. */
  async function suggest(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { groups } = await search.search(reader.actor, textOf(request.query['q']), { limit: suggested })
    const items = groups.flatMap(group => group.items).map(found => suggestionView(found, reader))
    const said =
      items.length === 0
        ? reader.say('search.count.none')
        : reader.say('search.count', { count: items.length })
    return h.response({ items, said }).header('cache-control', 'no-store')
  }

  const options = needs('organisation.read')
  return [
    { method: 'GET', path: '/search', options, handler: show },
    { method: 'GET', path: '/search/suggestions', options, handler: suggest },
  ]
}
