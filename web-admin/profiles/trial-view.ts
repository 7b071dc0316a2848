import { variables } from '../../profiles/variables.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type TrialOutcome, type TrialRun } from '../../server/profiles/trial-run.ts'
import { type Badge } from '../badge.ts'
import { sayIn } from '../language.ts'
import { findingView, worstFirst } from './finding-view.ts'
import { inWords } from './words.ts'

const badges = {
  added: { tone: 'done', icon: 'plus' },
  replaced: { tone: 'info', icon: 'refresh' },
  'there-already': { tone: 'plain', icon: 'done' },
  stopped: { tone: 'danger', icon: 'stopped' },
} as const satisfies Record<TrialOutcome, Pick<Badge, 'tone' | 'icon'>>
const outcomes = Object.keys(badges) as TrialOutcome[]
const mostRows = 200

/** What would happen if the version were sent: counts, and each iPad, those that are stopped first. */
export function trialView({ counts, ipads, findings }: TrialRun, language: Language) {
  const say = sayIn(language)
  const badge = (outcome: TrialOutcome): Badge => ({
    ...badges[outcome],
    text: say(`trial.outcome.${outcome}`),
  })
  return {
    counts: outcomes.map(outcome => ({ ...badge(outcome), count: counts[outcome] })),
    rows: ipads.slice(0, mostRows).map(({ deviceId, assetTag, outcome, missing }) => ({
      href: `/devices/${deviceId}`,
      assetTag,
      badge: badge(outcome),
      missing: missing.map(name => inWords(variables[name], language)).join(', '),
    })),
    shown: ipads.length > mostRows ? say('trial.first', { count: mostRows }) : undefined,
    findings: worstFirst(findings).map(finding => findingView(finding, language, say)),
  }
}
