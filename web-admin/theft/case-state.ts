import { type IncidentKind, type IncidentState } from '../../server/incidents/incident.ts'
import { type ListedIncident } from '../../server/incidents/incident-reading.ts'
import { type Badge, type Tone } from '../badge.ts'
import { type IconName } from '../icons.ts'
import { type Say } from '../language.ts'

const signs: Readonly<Record<IncidentState, readonly [Tone, IconName]>> = {
  reported: ['warning', 'clock'],
  confirmed: ['warning', 'done'],
  'lost-mode': ['danger', 'lock'],
  'wipe-requested': ['warning', 'approvals'],
  'wipe-approved': ['warning', 'wipe'],
  wiped: ['danger', 'wipe'],
  recovered: ['done', 'done'],
  decided: ['info', 'pen'],
  closed: ['plain', 'stopped'],
}

export function caseBadge(state: IncidentState, say: Say): Badge {
  const [tone, icon] = signs[state]
  return { text: say(`case.state.${state}`), tone, icon }
}

/** In whose queue a case is, and with whom. */
export function lineWords({ line, taken }: Pick<ListedIncident, 'line' | 'taken'>, say: Say): string {
  return [say(`case.line.${line}`), ...(taken ? [taken.by.name] : [])].join(' · ')
}

export const kindIcons: Readonly<Record<IncidentKind, IconName>> = {
  theft: 'theft',
  loss: 'search',
  damage: 'warning',
  fault: 'settings',
}
