import { isCurrent, type Body } from '../../server/bodies/body.ts'
import { type Mandate } from '../../server/mandates/mandate.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { span } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'

/** How a period reads: `1 jan. 2023 – 31 dec. 2026`, and without an end from when. */
function period({ startsOn, endsOn }: Pick<Mandate, 'startsOn' | 'endsOn'>, language: Language): string {
  return span(startsOn, endsOn, language)
}

/** A person on a list, with what they are in today. */
export function personRow(
  person: Person,
  mandates: readonly Mandate[],
  bodyNames: ReadonlyMap<string, string>,
) {
  const bodies = mandates
    .filter(({ personId }) => personId === person.id)
    .map(({ bodyId }) => bodyNames.get(bodyId))
  return {
    href: `/people/${person.id}`,
    name: listName(person),
    isProtected: person.protectedIdentity,
    email: person.email,
    bodies: bodies.filter(name => name !== undefined).join(', '),
  }
}

/** The name as lists are ordered: family name first. */
export function listName(person: Person): string {
  return person.protectedIdentity ? fullName(person) : `${person.familyName}, ${person.givenName}`
}

/** A person's mandates: those of today first, then what comes, then what was. */
export function mandateRows(
  mandates: readonly Mandate[],
  { bodies, today, language }: { bodies: readonly Body[]; today: string; language: Language },
) {
  const say = sayIn(language)
  const names = new Map(bodies.map(({ id, name }) => [id, name]))
  const rank = (mandate: Mandate) => (isCurrent(mandate, today) ? 0 : mandate.startsOn > today ? 1 : 2)
  return [...mandates]
    .sort((a, b) => rank(a) - rank(b) || b.startsOn.localeCompare(a.startsOn))
    .map(mandate => ({
      id: mandate.id,
      body: names.get(mandate.bodyId) ?? '',
      role: say(`mandate.role.${mandate.role}`),
      period: period(mandate, language),
      weight: mandate.costWeight,
      isCurrent: rank(mandate) === 0,
      note: [undefined, say('mandate.coming'), say('mandate.over')][rank(mandate)],
    }))
}

/** What the page says after this mandate was ended, with what takes it back. */
export function justEnded({ id, version, bodyId }: Mandate, bodies: readonly Body[], say: Say): object {
  const body = bodies.find(one => one.id === bodyId)?.name ?? ''
  return { id, version, text: say('mandate.just-ended', { body }) }
}
