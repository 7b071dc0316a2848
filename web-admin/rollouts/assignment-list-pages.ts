import { type Request, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { showPage } from '../page.ts'
import { profileParts } from '../profiles/profile-parts.ts'
import { readerOf, type Reader } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { assignmentColumns, type ListedAssignment } from './assignment-columns.ts'

interface AssignmentListDeps {
  readonly rollouts: Pick<Rollouts, 'assigned' | 'nameOf' | 'heldVersion'>
  readonly bodies: Pick<Bodies, 'list'>
  readonly audit: Audit
}

const path = '/profiles/rollouts/assignments'

/** What should be where: everything that is assigned and has not ended. */
export function assignmentListPages({ rollouts, bodies, audit }: AssignmentListDeps): ServerRoute[] {
  async function rowsFor({ actor }: Pick<Reader, 'actor'>): Promise<ListedAssignment[]> {
    const rows = []
    for (const assignment of await rollouts.assigned(actor)) {
      const name = await rollouts.nameOf(actor, assignment.content)
      rows.push({ assignment, name, held: await rollouts.heldVersion(actor, assignment) })
    }
    return rows
  }

  const options = needs('rollouts.read')
  const listed = createShortList<ListedAssignment>({
    name: 'assignments',
    path,
    title: 'assignments.title',
    audit,
    options,
    rowsFor,
    columnsFor: async reader => {
      const named = (await bodies.list(reader.actor)).map(({ id, name }) => [id, name] as const)
      return assignmentColumns(reader, new Map(named))
    },
    idOf: ({ assignment }) => assignment.id,
  })

  return [
    {
      method: 'GET',
      path,
      options,
      handler: async (request: Request, h) => {
        const { say, may } = readerOf(request)
        return showPage(request, h, 'rollouts/assignments', {
          title: say('assignments.title'),
          parts: profileParts(path, say),
          list: await listed.view(request),
          mayWrite: may('rollouts.write'),
        })
      },
    },
    ...listed.files,
  ]
}
