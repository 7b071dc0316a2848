import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type AuditReader } from '../../server/audit/audit.ts'
import { needs } from '../../server/http/credentials.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { auditPage, auditRow, kindWords, type AuditPage } from './audit-view.ts'

export interface AuditPagesDeps {
  readonly audit: AuditReader
}

const pageSize = 50
/** More than anything writes in one transaction, so that a page never ends in the middle of one. */
const spare = 50

/** Who did what and when, of everything or of one thing. */
export function auditPages({ audit }: AuditPagesDeps): ServerRoute[] {
  async function eventsFor(request: Request): Promise<AuditPage> {
    const { organisationId } = readerOf(request).actor
    const [kind, id] = [textOf(request.query['kind']), textOf(request.query['id'])]
    if (kind !== '' && id !== '') {
      return { events: await audit.about(organisationId, { kind, id }), before: undefined }
    }
    const before = new Date(textOf(request.query['before']))
    const page = { limit: pageSize + spare, ...(!Number.isNaN(Number(before)) && { before }) }
    return auditPage(await audit.list(organisationId, page), pageSize)
  }

  async function show(request: Request, h: ResponseToolkit) {
    const { say, language } = readerOf(request)
    const { events, before } = await eventsFor(request)
    const kind = textOf(request.query['kind'])
    return showPage(request, h, 'audit/list', {
      title: say('audit.title'),
      about: kind && say('audit.about', { what: kindWords(kind, say).toLocaleLowerCase(language) }),
      rows: events.map(event => auditRow(event, language)),
      shown: say('list.showing', { count: events.length }),
      nextHref: before && `/audit?before=${before.toISOString()}`,
      firstHref: textOf(request.query['before']) === '' ? undefined : '/audit',
    })
  }

  return [{ method: 'GET', path: '/audit', options: needs('audit.read'), handler: show }]
}
