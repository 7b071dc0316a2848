import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { bulkItemStates, itemsKeptDays, type BulkItemState } from '../../server/bulk-jobs/bulk-job.ts'
import { type BulkJobs } from '../../server/bulk-jobs/bulk-asking.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { day } from '../dates.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { itemView, jobView } from './job-view.ts'

const itemsShown = 100

/** How far a job is, item by item. */
export function jobPages({ bulkJobs }: { bulkJobs: BulkJobs }): ServerRoute[] {
  async function show(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    const id = idOf(request)
    const job = await bulkJobs.get(actor, id)
    const after = textOf(request.query['after'])
    const wanted = bulkItemStates.find(one => one === request.query['state'])
    const page = { limit: itemsShown, ...(after && { after }), ...(wanted && { state: wanted }) }
    const { items, next } = await bulkJobs.items(actor, id, page)
    const href = (state?: BulkItemState, place?: string | null) => {
      const query = new URLSearchParams({
        ...(state && { state }),
        ...(place && { after: place }),
      }).toString()
      return query === '' ? `/jobs/${id}` : `/jobs/${id}?${query}`
    }
    const view = jobView(job, language)
    return showPage(request, h, 'bulk/job', {
      ...view,
      title: view.what,
      chips: [undefined, ...bulkItemStates].map(state => ({
        href: href(state),
        text: state ? say(`job.item.${state}`) : say('list.all'),
        isHere: state === wanted,
      })),
      removed:
        job.itemsRemovedAt &&
        say('job.items.removed', { days: itemsKeptDays, when: day(dayOf(job.itemsRemovedAt), language) }),
      items: items.map(item => itemView(item, language)),
      shown: say('list.showing', { count: items.length }),
      nextHref: next === null ? undefined : href(wanted, next),
      firstHref: after === '' ? undefined : href(wanted),
      mayCancel: may('devices.bulk') && bulkJobs.mayCancel(actor, job),
      isWaiting: job.state === 'waiting',
      mayDecide: may('approvals.read') && job.state === 'waiting',
      mayUndo: may('devices.bulk') && bulkJobs.mayUndo(actor, job),
    })
  }

  const read = needs('jobs.read')
  const write = needs('devices.bulk')
  return [
    { method: 'GET', path: '/jobs/{id}', options: read, handler: show },
    {
      method: 'POST',
      path: '/jobs/{id}/cancel',
      options: write,
      handler: async (request, h) => {
        const { id } = await bulkJobs.cancel(readerOf(request).actor, idOf(request))
        return goTo(h, `/jobs/${id}`, 'said.job-cancelled')
      },
    },
    {
      method: 'POST',
      path: '/jobs/{id}/undo',
      options: write,
      handler: async (request, h) => {
        const { id } = await bulkJobs.undo(readerOf(request).actor, idOf(request))
        return goTo(h, `/jobs/${id}`, 'said.job-undoing')
      },
    },
  ]
}
