import { invalid, type FieldError } from '../domain-error.ts'
import { type Language } from '../organisations/organisation.ts'
import { because, type Reason } from '../reason.ts'
import { type Person } from './person.ts'

/** What people write about somebody. A missing field is left as it is, `null` empties it. */
export interface PersonInput {
  readonly givenName?: string | undefined
  readonly familyName?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | null | undefined
  readonly language?: Language | undefined
  readonly protectedIdentity?: boolean | undefined
}

export type NewPerson = PersonInput & Pick<Person, 'givenName' | 'familyName' | 'email'>

const emailPattern = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/
const phonePattern = /^\+?[0-9][0-9 ()-]{4,24}$/

/** What is wrong with the fields, in words for the one who wrote them; empty when nothing is. */
export function personErrors({ givenName, familyName, email, phone }: PersonInput): FieldError[] {
  const wrong: FieldError[] = []
  const check = (path: string, ok: boolean, reason: Reason) => {
    if (!ok) wrong.push({ path, ...reason })
  }
  if (givenName !== undefined)
    check('givenName', isName(givenName), because('given-name-length', 'A given name has 1–80 characters.'))
  if (familyName !== undefined)
    check(
      'familyName',
      isName(familyName),
      because('family-name-length', 'A family name has 1–80 characters.'),
    )
  if (email !== undefined) {
    const ok = email.length <= 254 && emailPattern.test(email.trim())
    check('email', ok, because('email-form', 'An e-mail address looks like anna.berg@example.se.'))
  }
  if (phone)
    check(
      'phone',
      phonePattern.test(phone.trim()),
      because('phone-form', 'A phone number looks like 070-123 45 67.'),
    )
  return wrong
}

/** @throws {DomainError} invalid `person-invalid` with what is wrong in each field */
export function refuseErrors(input: PersonInput): void {
  const wrong = personErrors(input)
  if (wrong.length > 0) throw invalid('person-invalid', wrong)
}

function isName(text: string): boolean {
  return text.trim().length > 0 && text.length <= 80
}

export type WrittenPerson = Partial<Omit<Person, 'id' | 'organisationIds' | 'version'>>

/** The fields as they are stored; those that `input` empties are named in `emptied`. */
export function writtenPerson(input: PersonInput): { written: WrittenPerson; emptied: 'phone'[] } {
  const { givenName, familyName, email, phone, language, protectedIdentity } = input
  return {
    written: {
      ...(givenName !== undefined && { givenName: oneBlank(givenName) }),
      ...(familyName !== undefined && { familyName: oneBlank(familyName) }),
      ...(email !== undefined && { email: email.trim().toLowerCase() }),
      ...(phone && { phone: phone.trim() }),
      ...(language !== undefined && { language }),
      ...(protectedIdentity !== undefined && { protectedIdentity }),
    },
    emptied: phone === null || phone === '' ? ['phone'] : [],
  }
}

function oneBlank(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** The person that `input` describes, with what was not said filled in. */
export function newPerson(id: string, organisationId: string, input: NewPerson): Person {
  const { written } = writtenPerson(input)
  return {
    language: 'sv',
    protectedIdentity: false,
    ...written,
    givenName: written.givenName ?? '',
    familyName: written.familyName ?? '',
    email: written.email ?? '',
    id,
    organisationIds: [organisationId],
    version: 1,
  }
}
