import { type Finding, type Severity } from '../../profiles/validation/finding.ts'
import { type Badge } from '../badge.ts'
import { inWords } from './words.ts'
import { type Say } from '../language.ts'
import { type Language } from '../../server/organisations/organisation.ts'

const badges: Readonly<Record<Severity, Pick<Badge, 'tone' | 'icon'>>> = {
  error: { tone: 'danger', icon: 'stopped' },
  unavailable: { tone: 'warning', icon: 'tablet' },
  warning: { tone: 'warning', icon: 'warning' },
}
const severities = Object.keys(badges) as Severity[]

/** One finding as pages show it, in the reader's words. */
export function findingView({ severity, words }: Finding, language: Language, say: Say) {
  const badge: Badge = { ...badges[severity], text: say(`finding.${severity}`) }
  return { badge, words: inWords(words, language) }
}

/** The finding with the name of its place before it, unless its words begin with that. */
export function findingAt(finding: Finding, at: string, language: Language, say: Say) {
  const view = findingView(finding, language, say)
  return { ...view, at: view.words.startsWith(at) ? '' : at }
}

/** The findings with errors before the rest. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))

/** How many findings of each severity; one calm badge when there are none. */
export function findingCounts(findings: readonly Finding[], say: Say): Badge[] {
  const counts = severities.flatMap(severity => {
    const count = findings.filter(one => one.severity === severity).length
    return count === 0 ? [] : [{ ...badges[severity], text: say(`finding.count.${severity}`, { count }) }]
  })
  return counts.length > 0 ? counts : [{ tone: 'done', icon: 'done', text: say('finding.none') }]
}

/** Whether a version of a profile or policy may be used yet. */
export function approvalBadge({ approval }: { readonly approval?: unknown }, say: Say): Badge {
  return approval === undefined
    ? { tone: 'info', icon: 'pen', text: say('profile.draft') }
    : { tone: 'done', icon: 'approvals', text: say('profile.approved') }
}
