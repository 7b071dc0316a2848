import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { bulkJobStates, type BulkJob } from '../../server/bulk-jobs/bulk-job.ts'
import { type BulkJobs } from '../../server/bulk-jobs/bulk-asking.ts'
import { bulkJobSorts } from '../../server/bulk-jobs/bulk-job-order.ts'
import { needs } from '../../server/http/credentials.ts'
import { bothWays } from '../../server/http/list-order.ts'
import { formView, type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView } from '../tables/table-view.ts'
import { jobColumns } from './job-columns.ts'

interface JobListDeps {
  readonly bulkJobs: Pick<BulkJobs, 'list'>
  readonly audit: Audit
}

const path = '/jobs'
const pageSize = 50
const fileStep = 500
const sorts = bothWays(bulkJobSorts)

/** Deeds on many things, the newest first: narrowed by how they stand, and as a file. */
export function jobListPages({ bulkJobs, audit }: JobListDeps): ServerRoute[] {
  async function list(request: Request, h: ResponseToolkit) {
    const reader = readerOf(request)
    const { actor, say } = reader
    const { after, ...place } = addressOf(request.query, ['state', 'sort', 'after'])
    const wanted = filterFrom(place)
    const sort = sortFrom(place)
    const { items, next } = await bulkJobs.list(actor, {
      ...wanted,
      sort,
      limit: pageSize,
      ...(after && { after }),
    })
    const isFiltered = 'state' in wanted
    return showPage(request, h, 'bulk/jobs', {
      title: say('jobs.title'),
      path,
      sort: place.sort,
      isFiltered,
      isEmpty: items.length === 0 && !isFiltered && after === undefined,
      filters: formView(filterFields(say), place, say).fields,
      table: tableView({
        name: 'jobs',
        path,
        label: say('jobs.title'),
        address: place,
        sort,
        say,
        columns: jobColumns(reader),
        chosen: chosenFor(request, 'jobs'),
        rows: items,
        idOf: ({ id }) => id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : listHref(path, { ...place, after: next }),
      firstHref: after === undefined ? undefined : listHref(path, place),
    })
  }

  async function collect(request: Request): Promise<ListFile<BulkJob>> {
    const reader = readerOf(request)
    const place = addressOf(request.query, ['state', 'sort'])
    const rows = await allPages(after =>
      bulkJobs.list(reader.actor, {
        ...filterFrom(place),
        sort: sortFrom(place),
        limit: fileStep,
        ...(after && { after }),
      }),
    )
    return { columns: jobColumns(reader), rows, filter: place }
  }

  const options = needs('jobs.read')
  return [
    { method: 'GET', path, options, handler: list },
    ...listFiles({ name: 'jobs', path, options, collect, audit }),
  ]
}

const sortFrom = ({ sort }: { readonly sort?: string }) => sorts.find(one => one === sort) ?? '-createdAt'

function filterFrom({ state }: { readonly state?: string }) {
  const known = bulkJobStates.find(one => one === state)
  return known ? { state: known } : {}
}

function filterFields(say: Say) {
  const options = bulkJobStates.map(value => ({ value, text: say(`job.state.${value}`) }))
  return { state: { label: 'job.state', type: 'select', optional: true, options } } as const satisfies Fields
}
