import test from 'ava'
import { type OpenApi } from '../../../server/api-description/openapi.ts'
import { texts } from '../../../web-admin/texts/texts.ts'
import { oneServer } from '../one-server.ts'
import { signedIn, textsOf, visitor } from '../visitor.ts'

const newOrganisation = oneServer(test)

test('every operation of the running server stands on a page for people, in both languages', async t => {
  const server = await newOrganisation()
  const { body: document } = await (await server.as('auditor')).get<OpenApi>('/api/openapi.json')
  const wanted = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  for (const language of ['sv', 'en'] as const) {
    const reader = await signedIn(server, ['helpdesk'], { language, name: `Reader ${language}` })
    const { html } = await reader.see('/api/docs')
    const pages = [...html.matchAll(/href="(\/api\/docs\/[^"]+)"/g)].map(([, href = '']) => href)
    const told: string[] = []
    for (const href of pages) {
      const page = await reader.see(href)
      t.is(page.status, 200, href)
      told.push(...textsOf(page.html, 'h2').filter(text => /^[A-Z]+ \/api/.test(text)))
    }
    t.deepEqual([...new Set(told)].sort(), [...wanted].sort())
  }
  t.log(`${String(wanted.length)} operations`)
})

test('what there is has words in both languages', async t => {
  const server = await newOrganisation()
  const { body } = await (await server.as('auditor')).get<OpenApi>('/api/openapi.json')
  for (const { name } of body['tags'] as { name: string }[]) t.true(`api.tag.${name}` in texts, name)
})

test('a page tells who may, what to send and how, and a stranger is asked to sign in', async t => {
  const server = await newOrganisation()
  const reader = await signedIn(server, ['finance'])
  const { html } = await reader.see('/api/docs/bodies')
  t.regex(html, /For the roles Administrator, Committee secretary, Finance \(bodies\.write\)/)
  t.regex(html, /costCentre<\/span>/)
  t.regex(html, /curl -X POST &#x27;http[^ ]+\/api\/v1\/bodies&#x27;/)
  t.is((await reader.see('/api/docs/nothing')).status, 404)
  t.is((await visitor(server).see('/api/docs')).location, '/sign-in?next=%2Fapi%2Fdocs')
  t.is((await visitor(server).see('/api/v1/bodies')).status, 401, 'programs are not led to a page')
})
