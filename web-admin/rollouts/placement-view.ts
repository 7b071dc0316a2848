import { isVariable, variables } from '../../profiles/variables.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { stillHas } from '../../server/rollouts/on-ipad.ts'
import {
  maySendAgain,
  type Hindrance,
  type Placement,
  type PlacementState,
} from '../../server/rollouts/placement.ts'
import { type Badge } from '../badge.ts'
import { dayAndTime } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'
import { inWords } from '../profiles/words.ts'

const badges = {
  planned: { tone: 'plain', icon: 'clock' },
  held: { tone: 'warning', icon: 'stopped' },
  blocked: { tone: 'warning', icon: 'warning' },
  pending: { tone: 'info', icon: 'clock' },
  delivered: { tone: 'info', icon: 'approvals' },
  proven: { tone: 'done', icon: 'done' },
  failed: { tone: 'danger', icon: 'warning' },
  drifted: { tone: 'danger', icon: 'refresh' },
} as const satisfies Record<PlacementState, Pick<Badge, 'tone' | 'icon'>>

/** How far it has come, in one word. */
function stateBadge({ state, want }: Pick<Placement, 'state' | 'want'>, say: Say): Badge {
  const text = want === 'removed' ? say(`placement.gone.${state}`) : say(`placement.${state}`)
  return { ...badges[state], text }
}

/** The sign of a state, where it is counted. */
export const signOf = (state: PlacementState | 'waiting') =>
  state === 'waiting' ? badges.planned : badges[state]

/** Why it is not there, or still is, and what is there instead, in sentences; empty when there is nothing to say. */
function whyNot(placement: Placement, language: Language): string {
  return [hitch(placement, language), leftThere(placement, language)].filter(text => text !== '').join(' ')
}

function hitch({ state, hindrance, fault, keeps }: Placement, language: Language): string {
  const say = sayIn(language)
  if (keeps) return say(`placement.keeps.${keeps}`)
  if (state === 'blocked' && hindrance) return hindranceWords(hindrance, language)
  if (!fault) return ''
  return fault.words ?? say(`placement.fault.${fault.code}`)
}

/** Which version the iPad still has, where another one or none is wanted. */
function leftThere(placement: Placement, language: Language): string {
  const say = sayIn(language)
  const number = stillHas(placement)
  if (number === undefined) return ''
  return placement.want === 'installed' && number === placement.number
    ? say('placement.still-has-other')
    : say('placement.still-has', { number })
}

/** What stands against it, in a sentence. */
export function hindranceWords(
  { code, missing = [], since = '', other = '' }: Hindrance,
  language: Language,
): string {
  const names = missing.map(name => (isVariable(name) ? inWords(variables[name], language) : name))
  return sayIn(language)(`hindrance.${code}`, { missing: names.join(', '), since, other })
}

/** One content on one iPad as a row; in the list of a roll-out whose wave has not come to it, what it has until then. */
export function placementRow(placement: Placement, language: Language, rolloutId?: string) {
  const say = sayIn(language)
  const waits = rolloutId !== undefined && placement.next?.rolloutId === rolloutId
  const version = say('profile.version', { number: placement.number })
  return {
    deviceHref: `/devices/${placement.deviceId}`,
    tag: placement.tag,
    badge: waits ? { ...badges.planned, text: say('placement.waiting') } : stateBadge(placement, say),
    version: waits && placement.state !== 'planned' ? say('placement.until-then', { version }) : version,
    why: whyNot(placement, language),
    at: dayAndTime(placement.changedAt, language),
    again: maySendAgain(placement) && {
      label: say(placement.state === 'blocked' ? 'placement.try-now' : 'placement.send-again'),
      action: `/devices/${placement.deviceId}/contents/${placement.content.kind}/${placement.content.id}/send-again`,
    },
  }
}
