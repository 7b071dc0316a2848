/** What staff can be; a staff member may hold several in an organisation. */
export const roles = [
  'admin',
  'second-line',
  'helpdesk',
  'handout',
  'secretary',
  'finance',
  'auditor',
] as const
export type Role = (typeof roles)[number]

/**
 * Who may do what: the one table that decides. A route names its right; a session or token carries the rights of its
 * roles, so what is not listed here is refused. `rightsHeld` is the one way from a caller to their rights.
 */
export const rights = {
  'organisation.read': roles,
  'organisation.write': ['admin'],
  'staff.write': ['admin'],
  // Who may what, with how they came to it.
  'staff.report': ['admin', 'auditor'],
  'devices.read': roles,
  'devices.write': ['admin', 'handout', 'second-line'],
  // Deeds on many iPads at once; each action needs its own right besides.
  'devices.bulk': ['admin', 'second-line', 'handout'],
  'jobs.read': ['admin', 'second-line', 'helpdesk', 'handout', 'auditor'],
  'people.read': ['admin', 'second-line', 'helpdesk', 'handout', 'secretary', 'auditor'],
  'people.write': ['admin', 'secretary'],
  // Lists of people and of who holds what, as a file.
  'people.export': ['admin', 'secretary', 'auditor'],
  // Two rows become one person, for good.
  'people.merge': ['admin', 'secretary'],
  'people.reveal': ['admin', 'secretary'],
  'bodies.read': roles,
  'bodies.write': ['admin', 'secretary', 'finance'],
  'enrolment.write': ['admin', 'handout', 'second-line'],
  'commands.read': ['admin', 'second-line', 'helpdesk', 'handout', 'auditor'],
  'commands.send': ['admin', 'second-line', 'helpdesk', 'handout'],
  'passcode.clear': ['admin', 'second-line', 'helpdesk'],
  'apps.install': ['admin', 'second-line'],
  'lost-mode.use': ['admin', 'second-line', 'helpdesk'],
  'location.read': ['admin', 'second-line', 'helpdesk'],
  'loans.read': ['admin', 'second-line', 'helpdesk', 'handout', 'secretary', 'auditor'],
  'loans.write': ['admin', 'handout'],
  'incidents.read': ['admin', 'second-line', 'helpdesk', 'auditor'],
  'incidents.report': ['admin', 'second-line', 'helpdesk', 'handout'],
  // Taking a case, letting it go and handing it to the second line; handing it back is a decision.
  'incidents.work': ['admin', 'second-line', 'helpdesk'],
  'incidents.decide': ['admin', 'second-line'],
  'wipe.request': ['admin', 'second-line'],
  'wipe.approve': ['admin', 'second-line'],
  'approvals.read': ['admin', 'second-line', 'helpdesk', 'auditor'],
  'approvals.decide': ['admin', 'second-line'],
  'costs.read': ['admin', 'finance', 'auditor'],
  'costs.write': ['admin', 'finance'],
  'policies.read': roles,
  'policies.write': ['admin', 'second-line'],
  'policies.approve': ['admin', 'second-line'],
  'profiles.read': ['admin', 'second-line', 'helpdesk', 'handout', 'auditor'],
  'profiles.write': ['admin', 'second-line'],
  'profiles.approve': ['admin', 'second-line'],
  'profiles.reveal': ['admin'],
  'guides.write': ['admin', 'second-line'],
  'rollouts.read': ['admin', 'second-line', 'helpdesk', 'handout', 'auditor'],
  'rollouts.write': ['admin'],
  'rollouts.send-again': ['admin', 'second-line', 'helpdesk', 'handout'],
  'audit.read': ['admin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Right = keyof typeof rights

/** Roles that can wipe or give rights to others: a password alone is too little for them unless somebody decides so. */
export const guardedRoles: readonly Role[] = roles.filter(role =>
  [rights['staff.write'], rights['wipe.approve']].some(held => (held as readonly Role[]).includes(role)),
)

/** Whoever has roles; with `scopes`, no more of what they give than those. */
export interface Holder {
  readonly roles: readonly Role[]
  readonly scopes?: readonly Right[]
}

/** What a caller may do: the rights of their roles, and of a key with scopes only those of them. */
export function rightsHeld({ roles: held, scopes }: Holder): Right[] {
  const given = rightsOf(held)
  return scopes ? given.filter(right => scopes.includes(right)) : given
}

/** Every right that at least one of `held` gives. */
export function rightsOf(held: readonly Role[]): Right[] {
  return (Object.keys(rights) as Right[]).filter(right =>
    (rights[right] as readonly Role[]).some(role => held.includes(role)),
  )
}
