import { type Plugin } from '@hapi/hapi'
import { needs } from '../http/credentials.ts'
import { type ApiDescription } from './api-description.ts'

/** `/api/openapi.json`, also where the rest of version 1 stands: the API of this server, for programs. */
export function apiDescriptionRoutes(describe: ApiDescription): Plugin<void> {
  return {
    name: 'api-description-routes',
    register(server) {
      server.route(
        ['/api/openapi.json', '/api/v1/openapi.json'].map(path => ({
          method: 'GET' as const,
          path,
          options: { ...needs('organisation.read'), tags: ['api', 'description'] },
          handler: () => describe(server),
        })),
      )
    },
  }
}
