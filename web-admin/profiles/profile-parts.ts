import { type Say } from '../language.ts'

const parts = [
  { href: '/profiles', text: 'profiles.title' },
  { href: '/profiles/rollouts', text: 'rollouts.title' },
  { href: '/profiles/rollouts/assignments', text: 'assignments.title' },
  { href: '/profiles/guides', text: 'guides.title' },
  { href: '/profiles/apps', text: 'app-sets.title' },
  { href: '/profiles/policies', text: 'policies.title' },
] as const

/** The row of links above profiles and security policies; `here` is the address of the one that is shown. */
export function profileParts(here: (typeof parts)[number]['href'], say: Say) {
  return parts.map(({ href, text }) => ({ href, text: say(text), isHere: href === here }))
}
