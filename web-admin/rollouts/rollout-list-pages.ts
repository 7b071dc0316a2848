import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Audit } from '../../server/audit/audit.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Rollout } from '../../server/rollouts/rollout.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { formView, type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { showPage } from '../page.ts'
import { profileParts } from '../profiles/profile-parts.ts'
import { readerOf } from '../reader.ts'
import { chosenFor } from '../tables/column-pages.ts'
import { allPages, listFiles, type ListFile } from '../tables/list-file.ts'
import { addressOf, listHref, tableView } from '../tables/table-view.ts'
import { requestRow } from './request-view.ts'
import { rolloutColumns, type ListedRollout } from './rollout-columns.ts'

interface RolloutListDeps {
  readonly rollouts: Pick<Rollouts, 'list' | 'figures' | 'assigned' | 'heldVersion' | 'requests'>
  readonly audit: Audit
}

const shown = 20
const fileStep = 100
/** More never wait at once: people decide within days. */
const mostWaiting = 200
const path = '/profiles/rollouts'

/** How contents come to the iPads: what is under way or was, and the same as a file. */
export function rolloutListPages({ rollouts, audit }: RolloutListDeps): ServerRoute[] {
  async function withFigures(page: readonly Rollout[]): Promise<ListedRollout[]> {
    const rows = []
    for (const rollout of page) rows.push({ rollout, figures: await rollouts.figures(rollout) })
    return rows
  }

  async function collect(request: Request): Promise<ListFile<ListedRollout>> {
    const { actor, language } = readerOf(request)
    const { stands } = addressOf(request.query, ['stands'])
    const rows = await allPages(async after => {
      const page = await rollouts.list(actor, { limit: fileStep, after, open: openFrom(stands) })
      return { items: await withFigures(page.items), next: page.next }
    })
    return { columns: rolloutColumns(language), rows, filter: { stands } }
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    const { stands, after } = addressOf(request.query, ['stands', 'after'])
    const page = await rollouts.list(actor, { limit: shown, after, open: openFrom(stands) })
    const rows = await withFigures(page.items)
    let held = 0
    for (const assignment of await rollouts.assigned(actor))
      if ((await rollouts.heldVersion(actor, assignment)) !== undefined) held += 1
    const { items: waiting } = await rollouts.requests(actor, { state: 'waiting', limit: mostWaiting })
    return showPage(request, h, 'rollouts/list', {
      title: say('rollouts.title'),
      parts: profileParts('/profiles/rollouts', say),
      waiting: waiting.map(asked => requestRow(asked, language)),
      filters: formView(standsFilter(say), { stands }, say).fields,
      isFiltered: openFrom(stands) !== undefined,
      table: tableView({
        name: 'rollouts',
        path,
        label: say('rollouts.title'),
        address: { stands },
        sort: '',
        say,
        columns: rolloutColumns(language),
        chosen: chosenFor(request, 'rollouts'),
        rows,
        idOf: ({ rollout }) => rollout.id,
        mayTake: true,
      }),
      shown: say('list.showing', { count: rows.length }),
      nextHref: page.next === null ? undefined : listHref(path, { stands, after: page.next }),
      firstHref: after === undefined ? undefined : listHref(path, { stands }),
      held: held > 0 && say('assignments.held', { count: held }),
      mayWrite: may('rollouts.write'),
    })
  }

  const options = needs('rollouts.read')
  return [
    { method: 'GET', path, options, handler: list },
    ...listFiles({ name: 'rollouts', path, options, collect, audit }),
  ]
}

const openFrom = (stands: string | undefined) =>
  stands === 'open' ? true : stands === 'over' ? false : undefined

function standsFilter(say: Say) {
  const options = (['open', 'over'] as const).map(value => ({ value, text: say(`rollouts.filter.${value}`) }))
  return {
    stands: { label: 'table.state', type: 'select', optional: true, options },
  } as const satisfies Fields
}
