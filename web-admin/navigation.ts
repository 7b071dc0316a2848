import { type Right } from '../server/staff/rights.ts'
import { type IconName } from './icons.ts'
import { type Say } from './language.ts'
import { type TextKey } from './texts/texts.ts'

interface Place {
  readonly href: string
  readonly text: TextKey
  readonly icon: IconName
  /** Undefined: for everybody who is signed in. */
  readonly right?: Right
}

const places: readonly Place[] = [
  { href: '/', text: 'nav.start', icon: 'start' },
  { href: '/hand-out', text: 'nav.hand-out', icon: 'hand-out', right: 'loans.write' },
  { href: '/returns', text: 'nav.returns', icon: 'returns', right: 'loans.write' },
  { href: '/theft', text: 'nav.theft', icon: 'theft', right: 'incidents.report' },
  { href: '/approvals', text: 'nav.approvals', icon: 'approvals', right: 'wipe.approve' },
  { href: '/devices', text: 'nav.devices', icon: 'tablet', right: 'devices.read' },
  { href: '/people', text: 'nav.people', icon: 'people', right: 'people.read' },
  { href: '/bodies', text: 'nav.bodies', icon: 'body', right: 'bodies.read' },
  { href: '/costs', text: 'nav.costs', icon: 'costs', right: 'costs.read' },
  { href: '/settings', text: 'nav.settings', icon: 'settings', right: 'organisation.write' },
]

export interface NavigationItem {
  readonly href: string
  readonly text: string
  readonly icon: IconName
  readonly isHere: boolean
}

/** The places these rights open, in the order of the working day; the one that holds `path` is marked. */
export function navigation(rights: readonly Right[], path: string, say: Say): NavigationItem[] {
  return places
    .filter(({ right }) => !right || rights.includes(right))
    .map(({ href, text, icon }) => ({
      href,
      text: say(text),
      icon,
      isHere: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
    }))
}
