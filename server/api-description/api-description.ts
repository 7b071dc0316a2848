import { apiRoutesOf } from './api-routes.ts'
import { openApiOf, type OpenApi, type OpenApiNeeds } from './openapi.ts'

export type ApiDescription = (door: Parameters<typeof apiRoutesOf>[0]) => OpenApi

/** The API of the door as it is wired, put together at the first reading, when every route is registered. */
export function createApiDescription(options: OpenApiNeeds): ApiDescription {
  let document: OpenApi | undefined
  return door => (document ??= openApiOf(apiRoutesOf(door), options))
}
