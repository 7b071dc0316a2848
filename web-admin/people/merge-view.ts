import { type Double } from '../../server/people/doubles.ts'
import { takeable, type Pointing } from '../../server/people/merge.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { type Say } from '../language.ts'
import { type Typed } from '../reader.ts'
import { type TextKey } from '../texts/texts.ts'
import { listName } from './person-view.ts'

/** Which of two rows a value comes from, as the page shows them. */
export type Side = 'one' | 'other'

/** What somebody can choose; the address decides which row stays. */
const choosable = ['email', ...takeable] as const
export type Choosable = (typeof choosable)[number]

const labels = {
  email: 'merge.email',
  givenName: 'person.given-name',
  familyName: 'person.family-name',
  phone: 'person.phone',
  language: 'person.language',
} as const satisfies Record<Choosable, TextKey>

/** A proposed pair as a card: who they are and why they are proposed. */
export function doubleCard({ people: [one, other], reasons, likelihood }: Double, say: Say) {
  return {
    one: personLine(one),
    other: personLine(other),
    both: `${fullName(one)}, ${fullName(other)}`,
    isLikely: likelihood === 'likely',
    likelihood: say(`doubles.${likelihood}`),
    why: reasons.map(reason => say(`doubles.because.${reason}`)).join(' · '),
    compareHref: `/people/${one.id}/merge/${other.id}`,
    apartPath: `/people/${one.id}/keep-apart/${other.id}`,
  }
}

function personLine(person: Person) {
  const { id, email, phone } = person
  return { name: listName(person), href: `/people/${id}`, email, phone }
}

/** One of the two as the comparison shows them. */
export function sideView(person: Person, points: Pointing, say: Say) {
  const { id, email, phone, language, protectedIdentity } = person
  return {
    id,
    email,
    phone,
    isProtected: protectedIdentity,
    name: fullName(person),
    href: `/people/${id}`,
    language: say(`person.language.${language}`),
    points: (['loans', 'forms', 'incidents'] as const).map(kind => ({
      text: say(`merge.points.${kind}`),
      count: points[kind],
    })),
  }
}

/**
 * A choice for each field that differs, the fuller side chosen before anybody has chosen. Of somebody protected nothing
 * is shown, so the address alone is chosen.
 */
export function choicesBetween(one: Person, other: Person, { typed, say }: { typed: Typed; say: Say }) {
  const isHidden = one.protectedIdentity || other.protectedIdentity
  const fields = isHidden ? (['email'] as const) : choosable.filter(field => one[field] !== other[field])
  return fields.map(field => {
    const first: Side = one[field] === undefined ? 'other' : 'one'
    const chosen = typed[field] === 'one' || typed[field] === 'other' ? typed[field] : first
    const option = (value: Side, person: Person) => ({
      value,
      text: textOf(field, person, say),
      isChosen: chosen === value,
    })
    return {
      name: field,
      label: say(labels[field]),
      hint: field === 'email' ? say('merge.email.hint') : undefined,
      options: [option('one', one), option('other', other)],
    }
  })
}

function textOf(field: Choosable, person: Person, say: Say): string {
  if (person.protectedIdentity && field === 'email') return fullName(person)
  if (field === 'language') return say(`person.language.${person.language}`)
  return person[field] ?? say('merge.nothing')
}
