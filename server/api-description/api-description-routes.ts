import { type Plugin } from '@hapi/hapi'
import { needs } from '../http/credentials.ts'
import { apiRoutesOf } from './api-routes.ts'
import { openApiOf, type OpenApi, type OpenApiNeeds } from './openapi.ts'

/** `/api/openapi.json`, also where the rest of version 1 stands: the API of this server as it is wired, for programs. */
export function apiDescriptionRoutes(options: OpenApiNeeds): Plugin<void> {
  return {
    name: 'api-description-routes',
    register(server) {
      let document: OpenApi | undefined
      server.route(
        ['/api/openapi.json', '/api/v1/openapi.json'].map(path => ({
          method: 'GET' as const,
          path,
          options: { ...needs('organisation.read'), tags: ['api', 'description'] },
          // Put together at the first reading, when every route stands.
          handler: () => (document ??= openApiOf(apiRoutesOf(server), options)),
        })),
      )
    },
  }
}
