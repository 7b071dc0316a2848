import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit, type AuditReader, type ListedEvent } from '../../server/audit/audit.ts'
import { auditPageOf, auditSorts, type AuditWanted } from '../../server/audit/audit-paging.ts'
import { type VerifyAudit } from '../../server/audit/audit-verification.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { count } from '../money.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { listHref, tableView, withoutPlace } from '../tables/table-view.ts'
import { auditAddress, auditFilter, auditFilters, type AuditAddress } from './audit-address.ts'
import { auditColumns } from './audit-columns.ts'
import { thingWords } from './audit-view.ts'
import { namesOfThings, type ThingNamesDeps } from './thing-names.ts'

interface AuditPagesDeps extends ThingNamesDeps {
  readonly audit: Audit & AuditReader
  readonly verifyAudit: VerifyAudit
}

const pageSize = 50
const fileStep = 1000

/** Who did what and when, of everything or of one thing, as a page and as a file, and whether it was tampered with. */
export function auditPages({ audit, verifyAudit, ...registers }: AuditPagesDeps): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    const address = auditAddress(request.query)
    const wanted = wantedFrom(address, pageSize)
    const { items, next } = await auditPageOf(audit, actor.organisationId, wanted)
    const { kind, id, after, sort, ...narrowed } = address
    const about = kind && id ? [{ kind, id }] : []
    const things = [...about, ...items.map(({ on }) => on)]
    const nameOf = await namesOfThings(actor, things, registers)
    const place = withoutPlace(address)
    return showPage(request, h, 'audit/list', {
      title: say('audit.title'),
      mayReport: may('staff.report'),
      about: about.map(thing => say('audit.about', { what: thingWords(thing, nameOf(thing), say) }))[0],
      id,
      sort,
      filters: auditFilters(address, say),
      isFiltered: kind !== undefined || id !== undefined || Object.keys(narrowed).length > 0,
      table: tableView({
        name: 'audit',
        path: '/audit',
        label: say('audit.title'),
        address: place,
        say,
        sort: wanted.sort,
        columns: auditColumns(language, nameOf),
        chosen: chosenFor(request, 'audit'),
        rows: items,
        idOf: event => event.id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref('/audit', { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref('/audit', place),
    })
  }

  async function collect(request: Request): Promise<ListFile<ListedEvent>> {
    const { actor, language } = readerOf(request)
    const address = withoutPlace(auditAddress(request.query))
    const wanted = wantedFrom(address, fileStep)
    const rows = await allPages(after => auditPageOf(audit, actor.organisationId, { ...wanted, after }))
    return { columns: auditColumns(language, () => undefined), rows, filter: address }
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

  const options = needs('audit.read')
  const files = { name: 'audit', path: '/audit', collect, audit }
  return [
    { method: 'GET', path: '/audit', options, handler: show },
    ...listFiles({ ...files, options: { ...options, ...forExport } }),
    { method: 'GET', path: '/audit/check', options, handler: check },
  ]
}

function wantedFrom(address: AuditAddress, limit: number) {
  const sort = auditSorts.find(one => one === address.sort) ?? '-at'
  return { ...auditFilter(address), sort, limit, after: address.after } satisfies AuditWanted
}
