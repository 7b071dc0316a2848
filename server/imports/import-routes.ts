import { type Plugin, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf, payloadOf, queryOf } from '../http/asked.ts'
import { actorOf, needs } from '../http/credentials.ts'
import { forExport } from '../http/fresh-sign-in.ts'
import { type Right } from '../staff/rights.ts'
import { importKinds, type ImportKind } from './import-plan.ts'
import { type Imports, type Preview } from './imports.ts'
import { delimiters, encodings, type Delimiter, type Encoding } from './reading.ts'

const rightFor = { people: 'people.write', devices: 'devices.write' } as const satisfies Record<
  ImportKind,
  Right
>

const params = Joi.object({ id: Joi.string().max(64).required() })

const commit = Joi.object({
  skipErrors: Joi.boolean().default(false),
  plan: Joi.string().max(64),
}).default({})

/** A separator in an address: a tab cannot be seen there. */
const delimiterNames = { semicolon: ';', comma: ',', tab: '\t' } as const satisfies Record<string, Delimiter>

const reading = Joi.object({
  fileName: Joi.string().max(200).default('import.csv'),
  encoding: Joi.string().valid(...encodings),
  delimiter: Joi.string().valid(...delimiters, ...Object.keys(delimiterNames)),
})

interface ReadingQuery {
  readonly fileName: string
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter | keyof typeof delimiterNames
}

/** `/api/v1/imports/people` and `/api/v1/imports/devices`: the body is the file itself. */
export function importRoutes(imports: Imports): Plugin<void> {
  return {
    name: 'import-routes',
    register(server) {
      for (const kind of importKinds) server.route(routesOf(kind, imports))
    },
  }
}

function routesOf(kind: ImportKind, imports: Imports): ServerRoute[] {
  const common = { ...needs(rightFor[kind]), tags: ['api', 'imports'] }
  const path = `/api/v1/imports/${kind}`
  return [
    {
      method: 'POST',
      path,
      options: {
        ...common,
        payload: {
          parse: false,
          output: 'data',
          maxBytes: 5_242_880,
          allow: ['text/csv', 'text/plain', 'application/octet-stream', 'application/vnd.ms-excel'],
        },
        validate: { query: reading },
      },
      handler: async (request, h) => {
        const { fileName, encoding, delimiter } = queryOf<ReadingQuery>(request)
        const sign = delimiter !== undefined && delimiter in delimiterNames
        const upload = {
          kind,
          fileName,
          bytes: payloadOf<Buffer>(request),
          reading: {
            encoding,
            delimiter: sign
              ? delimiterNames[delimiter as keyof typeof delimiterNames]
              : (delimiter as Delimiter),
          },
        }
        return h.response(told(await imports.preview(actorOf(request), upload))).code(201)
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      options: { ...common, validate: { params } },
      handler: async request => told(await imports.get(actorOf(request), kind, idOf(request))),
    },
    {
      method: 'POST',
      path: `${path}/{id}/commit`,
      options: {
        ...common,
        validate: { params, payload: commit },
      },
      handler: async request => {
        const options = payloadOf<{ skipErrors?: boolean; plan?: string }>(request)
        return { counts: await imports.commit(actorOf(request), kind, idOf(request), options) }
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}/errors.csv`,
      // Rows of people, with what was wrong in them, are a file of people as any other.
      options: { ...common, ...(kind === 'people' && forExport), validate: { params } },
      handler: async (request, h) =>
        h
          .response(await imports.errorRows(actorOf(request), kind, idOf(request)))
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${kind}-errors.csv"`)
          .header('cache-control', 'private, no-store'),
    },
  ]
}

/** The preview as the API tells it: each reason as a sentence. */
function told(preview: Preview) {
  const rows = preview.rows.map(row => ({ ...row, reasons: row.reasons.map(({ message }) => message) }))
  return { ...preview, rows }
}
