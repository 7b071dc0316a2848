import { type Language } from '../organisations/organisation.ts'

/** Somebody who holds mandates and borrows iPads; one row even when several organisations know the person. */
export interface Person {
  readonly id: string
  /** Those that know the person. Each sees only its own mandates and loans, and never the rest of this list. */
  readonly organisationIds: readonly string[]
  readonly givenName: string
  readonly familyName: string
  /** In lower case; what tells two people with one name apart. */
  readonly email: string
  readonly phone?: string
  readonly language: Language
  /** Secrecy marking or protected registration: masked wherever it is not needed by name. */
  readonly protectedIdentity: boolean
  readonly version: number
}

/** The name as it is written on lists and papers. */
export function fullName(person: Pick<Person, 'givenName' | 'familyName'>): string {
  return `${person.givenName} ${person.familyName}`.trim()
}

/** Whether the names are those of this person, in whatever letters and blanks they are written. */
export function isNamedAs(person: Person, names: Pick<Person, 'givenName' | 'familyName'>): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase('sv')
  return plain(fullName(person)) === plain(fullName(names))
}

/** What stands instead of the name of someone with a protected identity: the same on every list, and searchable. */
export function handleOf(person: Pick<Person, 'id'>): string {
  return `P-${person.id.replaceAll('-', '').slice(0, 6).toUpperCase()}`
}

const written = ['givenName', 'familyName', 'email', 'phone', 'language', 'protectedIdentity'] as const

/** Which of the fields that people write are others after a change. */
export function changedFields(before: Person, after: Person): (typeof written)[number][] {
  return written.filter(field => before[field] !== after[field])
}

/**
 * What the log says of a change: the fields that differ, before and after. Of somebody whose identity is or was
 * protected the log says which fields, never what stood in them: the log is read by more people than the person's page.
 */
export function toldOfChange(
  before: Person,
  after: Person,
): Record<'before' | 'after', Readonly<Record<string, unknown>>> {
  const isHidden = before.protectedIdentity || after.protectedIdentity
  const changed = changedFields(before, after)
  const told = (person: Person) =>
    Object.fromEntries(
      changed.map(field => [
        field,
        isHidden && field !== 'protectedIdentity' && person[field] !== undefined ? hidden : person[field],
      ]),
    )
  return { before: told(before), after: told(after) }
}

const hidden = '***'

const maskedNames: Readonly<Record<Language, string>> = { sv: 'Skyddad person', en: 'Protected person' }

/**
 * The person as lists and searches may show it to somebody who reads `reads`: nothing of who it is when the identity is
 * protected.
 */
export function masked(person: Person, reads: Language = 'sv'): Person {
  if (!person.protectedIdentity) return person
  const { id, organisationIds, language, protectedIdentity, version } = person
  return {
    id,
    organisationIds,
    givenName: maskedNames[reads],
    familyName: handleOf(person),
    email: '',
    language,
    protectedIdentity,
    version,
  }
}
