import Boom from '@hapi/boom'
import { type ServerRoute } from '@hapi/hapi'
import { type ApiDescription } from '../../server/api-description/api-description.ts'
import { needs } from '../../server/http/credentials.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { operationsOf, operationView, resourceViews, resourceWords } from './operation-view.ts'

interface ApiDocsPagesDeps {
  readonly describeApi: ApiDescription
}

/** The API for people who write programs: how it works, and every operation of the running server. */
export function apiDocsPages({ describeApi }: ApiDocsPagesDeps): ServerRoute[] {
  const options = needs('organisation.read')
  return [
    {
      method: 'GET',
      path: '/api/docs',
      options,
      handler: (request, h) => {
        const { say, may } = readerOf(request)
        const document = describeApi(request.server)
        return showPage(request, h, 'api-docs/start', {
          title: say('api.title'),
          header: 'Authorization: Bearer orn_…',
          resources: resourceViews(document, say),
          count: say('api.operations', { count: operationsOf(document).length }),
          mayMakeTokens: may('staff.write'),
          mayAddWebhooks: may('organisation.write'),
        })
      },
    },
    {
      method: 'GET',
      path: '/api/docs/{resource}',
      options,
      handler: (request, h) => {
        const { say } = readerOf(request)
        const document = describeApi(request.server)
        const resource = String(request.params['resource'])
        const operations = operationsOf(document, resource)
        if (operations.length === 0) throw Boom.notFound()
        return showPage(request, h, 'api-docs/resource', {
          title: resourceWords(resource, say),
          operations: operations.map(each => operationView(each, document, say)),
        })
      },
    },
  ]
}
