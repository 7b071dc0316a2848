import { type Say } from '../language.ts'

const parts = [
  { href: '/costs', text: 'costs.statement' },
  { href: '/costs/lines', text: 'costs.lines' },
  { href: '/costs/keys', text: 'costs.keys' },
] as const

/** The row of links above every page of the costs; `here` is the address of the one that is shown. */
export function costParts(here: (typeof parts)[number]['href'], say: Say) {
  return parts.map(({ href, text }) => ({ href, text: say(text), isHere: href === here }))
}
