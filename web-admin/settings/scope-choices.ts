import Joi from 'joi'
import { rights, type Right } from '../../server/staff/rights.ts'
import { type Say } from '../language.ts'

/** The rights as a person who makes a key looks for them; each stands in one group. */
const groups = {
  desk: [
    'devices.read',
    'devices.write',
    'devices.bulk',
    'jobs.read',
    'enrolment.write',
    'commands.read',
    'commands.send',
    'passcode.clear',
    'apps.install',
  ],
  people: [
    'people.read',
    'people.write',
    'people.export',
    'people.merge',
    'people.reveal',
    'bodies.read',
    'bodies.write',
    'loans.read',
    'loans.write',
  ],
  theft: [
    'incidents.read',
    'incidents.work',
    'incidents.report',
    'incidents.decide',
    'lost-mode.use',
    'location.read',
    'wipe.request',
    'wipe.approve',
    'approvals.read',
    'approvals.decide',
  ],
  rollouts: [
    'policies.read',
    'policies.write',
    'policies.approve',
    'profiles.read',
    'profiles.write',
    'profiles.approve',
    'profiles.reveal',
    'guides.write',
    'rollouts.read',
    'rollouts.write',
    'rollouts.send-again',
  ],
  rest: [
    'costs.read',
    'costs.write',
    'organisation.read',
    'organisation.write',
    'staff.write',
    'staff.report',
    'audit.read',
  ],
} as const satisfies Record<string, readonly Right[]>

/** Any number of rights as a form with boxes sends them: one text, or several. */
export const scopeList = Joi.array()
  .items(Joi.valid(...Object.keys(rights)))
  .single()
  .unique()
  .default([])

/** The boxes for the rights by group, those in `chosen` ticked; open when one is. What is sent is not trusted. */
export function scopeGroups(chosen: unknown, say: Say) {
  const sent: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen]
  const named = Object.keys(groups) as (keyof typeof groups)[]
  return {
    isOpen: sent.some(scope => scope !== undefined),
    groups: named.map(group => ({
      text: say(`rights.of.${group}`),
      choices: groups[group].map(value => ({
        value,
        text: say(`right.${value}`),
        isChosen: sent.includes(value),
      })),
    })),
  }
}

/** The names of rights, as a list reads them. */
export function rightNames(held: readonly Right[], say: Say): string {
  return held.map(right => say(`right.${right}`)).join(', ')
}
