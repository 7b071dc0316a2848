import { type ServerRoute } from '@hapi/hapi'
import { costLineListPages, type CostLineListDeps } from './cost-line-list-pages.ts'
import { costLinePages, type CostLinePagesDeps } from './cost-line-pages.ts'
import { keyPages, type KeyPagesDeps } from './key-pages.ts'
import { statementPages, type StatementPagesDeps } from './statement-pages.ts'

type CostPagesDeps = StatementPagesDeps & CostLineListDeps & CostLinePagesDeps & KeyPagesDeps

/** What iPads cost, how it is split, and what each committee pays of it. */
export function costPages(deps: CostPagesDeps): ServerRoute[] {
  return [...statementPages(deps), ...costLineListPages(deps), ...costLinePages(deps), ...keyPages(deps)]
}
