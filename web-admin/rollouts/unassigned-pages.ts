import { type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { needs } from '../../server/http/credentials.ts'
import { type IpadProfiles, type UnassignedProfiles } from '../../server/rollouts/unassigned-profiles.ts'
import { tagColumn, toldColumn } from '../devices/ipad-list-columns.ts'
import { showPage } from '../page.ts'
import { readerOf, type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { allPages } from '../tables/list-file.ts'
import { createShortList } from '../tables/short-list.ts'

interface UnassignedPagesDeps {
  readonly unassignedProfiles: Pick<UnassignedProfiles, 'list'>
  readonly audit: Audit
}

const pageSize = 200
const path = '/profiles/unassigned'

function unassignedColumns({ language }: Pick<Reader, 'language'>): Column<IpadProfiles>[] {
  const names = ({ profiles }: IpadProfiles) => profiles.map(({ name }) => name).join(', ')
  return [
    tagColumn('contents'),
    { key: 'profiles', text: 'unassigned.profiles', sort: 'profiles', show: names, file: names },
    toldColumn(language),
  ]
}

/** The iPads that have profiles which nothing assigns. */
export function unassignedPages({ unassignedProfiles, audit }: UnassignedPagesDeps): ServerRoute[] {
  const options = needs('rollouts.read')
  const listed = createShortList<IpadProfiles>({
    name: 'unassigned-profiles',
    path,
    title: 'unassigned.title',
    audit,
    options,
    columnsFor: unassignedColumns,
    rowsFor: ({ actor }) => allPages(after => unassignedProfiles.list(actor, { limit: pageSize, after })),
    idOf: ({ deviceId }) => deviceId,
  })
  return [
    {
      method: 'GET',
      path,
      options,
      handler: async (request, h) =>
        showPage(request, h, 'rollouts/unassigned', {
          title: readerOf(request).say('unassigned.title'),
          list: await listed.view(request),
        }),
    },
    ...listed.files,
  ]
}
