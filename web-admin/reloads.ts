import { type ServerRoute } from '@hapi/hapi'
import { goTo } from './page.ts'

/** Marks addresses that only redirect to a page. */
export const reloadTag = 'reload'

/**
 * For each form whose address is no page of its own: what a reload, a bookmark or a change of language asks for there
 * leads to the page that the form stands on, which has its own rights.
 */
export function reloadsOf(routes: readonly ServerRoute[]): ServerRoute[] {
  const pages = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))
  const forms = routes.filter(({ method, path }) => method === 'POST' && !pages.has(path))
  return forms.map(({ path }) => {
    const parent = parentOf(path, pages)
    return {
      method: 'GET',
      path,
      options: { tags: [reloadTag] },
      handler: (request, h) => goTo(h, filled(parent, request.params as Readonly<Record<string, string>>)),
    }
  })
}

/** The nearest page above `path`; the first page of all when there is none. */
function parentOf(path: string, pages: ReadonlySet<string>): string {
  const above = path.slice(0, path.lastIndexOf('/'))
  return above === '' || pages.has(above) ? above || '/' : parentOf(above, pages)
}

function filled(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''))
}
