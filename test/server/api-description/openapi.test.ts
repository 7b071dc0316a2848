import { Validator } from '@seriousme/openapi-schema-validator'
import test from 'ava'
import { type OpenApi } from '../../../server/api-description/openapi.ts'
import { rights } from '../../../server/staff/rights.ts'
import { apiClient } from '../../support/api-client.ts'
import { startTestServer } from '../../support/server.ts'

test('the document holds every route of the API with what it takes, and is closed to strangers', async t => {
  const server = await startTestServer(t)
  t.is((await apiClient(server.url, undefined).get('/api/openapi.json')).status, 401)
  const finance = await server.as('finance')
  const { status, body: document } = await finance.get<OpenApi>('/api/openapi.json')
  t.is(status, 200)
  t.deepEqual((await finance.get<OpenApi>('/api/v1/openapi.json')).body, document)

  const table = server.ornkoll.doors.staff?.table().filter(({ path }) => /^\/api\/(?!docs)/.test(path)) ?? []
  const wanted = table.map(({ method, path }) => `${method} ${path}`).sort()
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  t.deepEqual(told.sort(), wanted)
  t.true(wanted.length > 100)

  const devices = document.paths['/api/v1/devices']
  t.is(devices?.['post']?.['x-right'], 'devices.write')
  t.like(devices?.['post']?.requestBody, { required: true })
  t.deepEqual((devices?.['get']?.parameters ?? []).map(({ name }) => name).slice(0, 3), [
    'limit',
    'after',
    'q',
  ])
  t.truthy(document.paths['/api/v1/devices/{id}/commands']?.['post']?.responses['202'])
  t.log(`${String(wanted.length)} operations`)
})

test('the document is sound: names once, references that lead somewhere, parameters of their paths', async t => {
  const server = await startTestServer(t)
  const { body: document } = await (await server.as('auditor')).get<OpenApi>('/api/openapi.json')
  t.is(document.openapi, '3.1.0')
  const withoutKey = Object.entries(document.paths).filter(
    ([path, { post }]) =>
      path.startsWith('/api/v1/') && post && !JSON.stringify(post.parameters).includes('/IdempotencyKey'),
  )
  t.deepEqual(withoutKey.map(([path]) => path).sort(), [
    '/api/v1/people/{id}/reveal',
    '/api/v1/profiles/check',
    '/api/v1/profiles/{id}/versions/{number}/reveal',
  ])
  const text = JSON.stringify(document)
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = pointer
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    t.truthy(found, pointer)
  }
  const names = new Set<string>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const where = `${method} ${path}`
      t.false(names.has(operation.operationId), `${where}: ${operation.operationId} is there twice`)
      names.add(operation.operationId)
      t.regex(operation.operationId, /^[a-z][A-Za-z0-9]+$/, where)
      const inPath = operation.parameters.filter(each => each['in'] === 'path').map(({ name }) => name)
      t.deepEqual(
        inPath,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        where,
      )
      t.true(
        Object.keys(operation.responses).some(code => code.startsWith('2')),
        where,
      )
      t.truthy(operation.responses['401'], where)
      const right = operation['x-right'] as string | undefined
      t.true(right === undefined || right in rights, where)
      if (right === undefined) t.regex(path, /\/me(\/|$)/, where)
      t.is(operation['tags'] === undefined, false, where)
    }
  }
})

test('the document is OpenAPI 3.1 by the judgement of another program, which sees what is not', async t => {
  const server = await startTestServer(t)
  const { body: document } = await (await server.as('auditor')).get<OpenApi>('/api/openapi.json')
  const judge = async (judged: OpenApi) => new Validator().validate({ ...structuredClone(judged) })
  const { valid, errors } = await judge(document)
  t.true(valid, JSON.stringify(errors))
  const [path = ''] = Object.keys(document.paths)
  const wrong = { ...document, paths: { [path]: { get: { responses: 'none' } } } } as unknown as OpenApi
  t.false((await judge(wrong)).valid, 'it would have told')
})
