import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit, type AuditReader, type ListedEvent } from '../../server/audit/audit.ts'
import { type VerifyAudit } from '../../server/audit/audit-verification.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { count } from '../money.ts'
import { showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { auditAddress, auditFilter, auditFilters, auditHref, type AuditAddress } from './audit-address.ts'
import { auditCsv } from './audit-csv.ts'
import { auditPage, auditRow, kindWords, type AuditPage } from './audit-view.ts'

export interface AuditPagesDeps {
  readonly audit: Audit & AuditReader
  readonly verifyAudit: VerifyAudit
}

const pageSize = 50
/** More than anything writes in one transaction, so that a page never ends in the middle of one. */
const spare = 50
/** Rows of a file; more is asked for year by year. */
const fileRows = 50_000
const fileStep = 1000

/** Who did what and when, of everything or of one thing, as a page and as a file, and whether it was tampered with. */
export function auditPages({ audit, verifyAudit }: AuditPagesDeps): ServerRoute[] {
  async function eventsFor(request: Request, address: AuditAddress): Promise<AuditPage> {
    const { organisationId } = readerOf(request).actor
    const before = new Date(textOf(request.query['before']))
    const page = { limit: pageSize + spare, ...(!Number.isNaN(Number(before)) && { before }) }
    return auditPage(await audit.list(organisationId, { ...auditFilter(address), ...page }), pageSize)
  }

  async function show(request: Request, h: ResponseToolkit) {
    const { say, language, may } = readerOf(request)
    const address = auditAddress(request.query)
    const { events, before } = await eventsFor(request, address)
    const { kind, id } = address
    return showPage(request, h, 'audit/list', {
      title: say('audit.title'),
      mayReport: may('staff.report'),
      about: kind && id && say('audit.about', { what: kindWords(kind, say).toLocaleLowerCase(language) }),
      id,
      filters: auditFilters(address, say),
      isFiltered: Object.keys(address).length > 0,
      fileHref: auditHref('/audit/events.csv', address),
      rows: events.map(event => auditRow(event, language)),
      shown: say('list.showing', { count: events.length }),
      nextHref: before && auditHref('/audit', address, { before: before.toISOString() }),
      firstHref: textOf(request.query['before']) === '' ? undefined : auditHref('/audit', address),
    })
  }

  async function allOf(organisationId: string, address: AuditAddress): Promise<ListedEvent[]> {
    const all: ListedEvent[] = []
    for (;;) {
      const last = all.at(-1)
      const page = { limit: fileStep, ...(last && { before: last.at, beforeId: last.id }) }
      const next = await audit.list(organisationId, { ...auditFilter(address), ...page })
      all.push(...next)
      if (next.length < fileStep || all.length >= fileRows) return all
    }
  }

  async function file(request: Request, h: ResponseToolkit) {
    const { actor, language } = readerOf(request)
    const address = auditAddress(request.query)
    const events = await allOf(actor.organisationId, address)
    const on = { kind: 'organisation', id: actor.organisationId }
    await audit.record(actor, { action: 'audit.export', on, after: { ...address, events: events.length } })
    return h
      .response(auditCsv(events, language))
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="handelselogg.csv"')
  }

  async function check(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const { checked, head, faults } = await verifyAudit(actor.organisationId)
    return showPage(request, h, 'audit/check', {
      title: say('audit.check.title'),
      verdict:
        faults.length === 0
          ? say('audit.check.sound', { count: checked }).replace(String(checked), count(checked, language))
          : say('audit.check.faults', { count: faults.length }),
      isSound: faults.length === 0,
      head: `${head.sequence}:${head.hash}`,
      faults: faults.map(({ kind, sequence, eventId }) => ({
        number: sequence,
        words: say(`audit.fault.${kind}`),
        eventId,
      })),
    })
  }

  const read = needs('audit.read')
  return [
    { method: 'GET', path: '/audit', options: read, handler: show },
    { method: 'GET', path: '/audit/events.csv', options: { ...read, ...forExport }, handler: file },
    { method: 'GET', path: '/audit/check', options: read, handler: check },
  ]
}
