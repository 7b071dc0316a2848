import { type Server } from '@hapi/hapi'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/**
 * A path of the API that there is, asked for with a method that it does not take, is answered 405 with `Allow`: a
 * program that was written against the description has a wrong verb, not a wrong address. Hapi knows only 404. Strangers
 * learn by it which paths there are: those are in the guide, and no secret.
 */
export function answerOtherMethods(server: Server): void {
  server.ext('onPreResponse', (request, h) => {
    const { response, path } = request
    if (!(response instanceof Error) || response.output.statusCode !== 404) return h.continue
    // A route that was found and says 404 means a thing, not a path.
    if (!path.startsWith('/api/') || isOfApi(request.route.path)) return h.continue
    if (!isReadable(path)) return h.continue
    const taken = methods.filter(method => isOfApi(server.match(method, path)?.path))
    if (taken.length === 0) return h.continue
    const allow = taken.flatMap(method => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
    response.output.statusCode = 405
    response.output.headers['allow'] = allow.join(', ')
    response.message = `This address takes ${allow.join(', ')} and nothing else.`
    return h.continue
  })
}

const isOfApi = (route: string | undefined) => route?.startsWith('/api/') === true

/** Whether Hapi can look for the path at all: it takes none that is not UTF-8 once its escapes are undone. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
