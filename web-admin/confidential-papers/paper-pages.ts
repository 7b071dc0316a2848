import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Eligibilities, type Eligibility } from '../../server/confidential-papers/eligibilities.ts'
import { needs } from '../../server/http/credentials.ts'
import { showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { allPages } from '../tables/list-file.ts'
import { createShortList } from '../tables/short-list.ts'
import { papersColumns } from './paper-view.ts'

interface PaperPagesDeps {
  readonly eligibilities: Pick<Eligibilities, 'list'>
  readonly audit: Audit
}

const pageSize = 200

/** The enrolled iPads with whether confidential papers may be read on them, and why not. */
export function paperPages({ eligibilities, audit }: PaperPagesDeps): ServerRoute[] {
  const options = needs('devices.read')
  const listed = createShortList<Eligibility>({
    name: 'papers',
    path: '/devices/papers',
    title: 'papers.title',
    audit,
    columnsFor: ({ say }) => papersColumns(say),
    rowsFor: ({ actor }) => allPages(after => eligibilities.list(actor, { limit: pageSize, after })),
    idOf: ({ deviceId }) => deviceId,
    // The names are those of the API.
    choice: {
      name: 'eligible',
      label: 'papers.title',
      options: [
        { value: 'true', text: 'papers.yes', fits: ({ eligible }) => eligible },
        { value: 'false', text: 'papers.no', fits: ({ eligible }) => !eligible },
      ],
    },
    options,
  })
  return [
    {
      method: 'GET',
      path: '/devices/papers',
      options,
      handler: async (request: Request, h: ResponseToolkit) =>
        showPage(request, h, 'confidential-papers/list', {
          title: readerOf(request).say('papers.title'),
          list: await listed.view(request),
        }),
    },
    ...listed.files,
  ]
}
