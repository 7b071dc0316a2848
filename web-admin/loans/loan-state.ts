import { type Loan, type LoanState } from '../../server/loans/loan.ts'
import { type Badge, type Tone } from '../badge.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'

const signs: Readonly<Record<LoanState, readonly [Tone, IconName]>> = {
  reserved: ['info', 'clock'],
  'terms-shown': ['warning', 'pen'],
  signed: ['info', 'pen'],
  active: ['done', 'people'],
  disputed: ['danger', 'theft'],
  returned: ['plain', 'returns'],
  closed: ['plain', 'stopped'],
}

/** How a loan stands; one that should have been back says that instead. */
export function loanBadge({ state }: Pick<Loan, 'state'>, overdue: boolean, say: Say): Badge {
  if (overdue) return { text: say('loan.overdue'), tone: 'danger', icon: 'clock' }
  const [tone, icon] = signs[state]
  return { text: say(`loan.state.${state}`), tone, icon }
}
