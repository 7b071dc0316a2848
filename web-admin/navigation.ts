import { type Right } from '../server/staff/rights.ts'
import { type IconName } from './icons.ts'
import { type Say } from './language.ts'
import { type TextKey } from './texts/texts.ts'

interface Place {
  readonly href: string
  readonly text: TextKey
  readonly icon: IconName
  /** One of these opens it. Undefined: for everybody who is signed in. */
  readonly rights?: readonly Right[]
}

const places: readonly Place[] = [
  { href: '/', text: 'nav.start', icon: 'start' },
  { href: '/hand-out', text: 'nav.hand-out', icon: 'hand-out', rights: ['loans.write'] },
  { href: '/returns', text: 'nav.returns', icon: 'returns', rights: ['loans.write'] },
  { href: '/theft', text: 'nav.theft', icon: 'theft', rights: ['incidents.report', 'incidents.read'] },
  { href: '/approvals', text: 'nav.approvals', icon: 'approvals', rights: ['approvals.read'] },
  { href: '/devices', text: 'nav.devices', icon: 'tablet', rights: ['devices.read'] },
  { href: '/loans', text: 'nav.loans', icon: 'pen', rights: ['loans.read'] },
  { href: '/profiles', text: 'nav.profiles', icon: 'paper', rights: ['profiles.read'] },
  { href: '/people', text: 'nav.people', icon: 'people', rights: ['people.read'] },
  { href: '/bodies', text: 'nav.bodies', icon: 'body', rights: ['bodies.read'] },
  { href: '/costs', text: 'nav.costs', icon: 'costs', rights: ['costs.read'] },
  { href: '/audit', text: 'nav.audit', icon: 'clock', rights: ['audit.read'] },
  { href: '/settings', text: 'nav.settings', icon: 'settings', rights: ['organisation.write'] },
]

interface NavigationItem {
  readonly href: string
  readonly text: string
  readonly icon: IconName
  readonly isHere: boolean
  readonly countId?: string
  readonly count?: number
}

/** The number beside a place, and the id under which a script finds it. */
export const countOf = ({ approvals }: Counts) => ({ countId: 'count-approvals', count: approvals })

interface Counts {
  readonly approvals: number
}

/** The places these rights open, in the order of the working day; the one that holds `path` is marked. */
export function navigation(
  held: readonly Right[],
  path: string,
  { say, counts }: { say: Say; counts: Counts },
): NavigationItem[] {
  return places
    .filter(({ rights }) => !rights || rights.some(right => held.includes(right)))
    .map(({ href, text, icon }) => ({
      href,
      text: say(text),
      icon,
      ...(href === '/approvals' && countOf(counts)),
      isHere: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
    }))
}
