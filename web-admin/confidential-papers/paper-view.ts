import { type Badge } from '../badge.ts'
import { conditionGroups } from '../../server/confidential-papers/eligibility.ts'
import { type Eligibility } from '../../server/confidential-papers/eligibilities.ts'
import { dayAndTime } from '../dates.ts'
import { tagColumn } from '../devices/ipad-list-columns.ts'
import { type Say } from '../language.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'

const badgeOf = ({ eligible }: Eligibility, say: Say): Badge =>
  eligible
    ? { text: say('papers.yes'), tone: 'done', icon: 'done' }
    : { text: say('papers.no'), tone: 'warning', icon: 'stopped' }

/** What stands against confidential papers on an iPad, in words; empty when nothing does. */
const whyNot = ({ conditions }: Eligibility, say: Say): string[] =>
  conditions.filter(({ met }) => !met).map(({ code }) => say(`papers.lacks.${code}`))

/** What the page of one iPad says of confidential papers, group by group. */
export function papersView(eligibility: Eligibility, { say, language }: Pick<Reader, 'say' | 'language'>) {
  return {
    badge: badgeOf(eligibility, say),
    groups: conditionGroups.map(group => ({
      name: say(`papers.group.${group}`),
      conditions: eligibility.conditions
        .filter(condition => condition.group === group)
        .map(({ code, met, answeredAt }) => ({
          met,
          text: [
            met ? say(`papers.met.${code}`) : say(`papers.lacks.${code}`),
            ...(answeredAt ? [say('papers.answered', { when: dayAndTime(answeredAt, language) })] : []),
          ].join(' '),
          icon: met ? 'done' : 'stopped',
        })),
    })),
  }
}

/** The column that tells it in a list of iPads. */
export const papersColumn = <Row>(say: Say, of: (row: Row) => Eligibility | undefined): Column<Row> => ({
  key: 'papers',
  text: 'papers.title',
  show: row => {
    const eligibility = of(row)
    return eligibility && { badges: [badgeOf(eligibility, say)] }
  },
  file: row => {
    const eligibility = of(row)
    return eligibility && badgeOf(eligibility, say).text
  },
})

/** The columns of the list of iPads by confidential papers. */
export function papersColumns(say: Say): Column<Eligibility>[] {
  const why = (row: Eligibility) => whyNot(row, say).join(' ')
  return [
    tagColumn('papers'),
    { ...papersColumn(say, (row: Eligibility) => row), sort: 'papers' },
    { key: 'why', text: 'papers.why', sort: 'why', show: row => why(row) || undefined, file: why },
  ]
}
