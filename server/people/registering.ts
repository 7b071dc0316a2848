import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { type Actor } from '../staff/actor.ts'
import { type MergeStore } from './merge-store.ts'
import { isNamedAs, type Person } from './person.ts'
import { newPerson, refuseErrors, writtenPerson, type NewPerson } from './person-input.ts'
import { type PersonStore } from './person-store.ts'
import { tellOthers } from './telling-others.ts'

export interface RegisteringDeps {
  readonly people: PersonStore
  readonly merges: Pick<MergeStore, 'forgetEmail'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly newId: NewId
}

/** Whom somebody means who types a person; the address in lower case. */
type Typed = Pick<Person, 'givenName' | 'familyName' | 'email'>

/** Somebody new to the organisation, whom another one may know already. */
export function createRegistering(
  { people, merges, audit, transaction, newId }: RegisteringDeps,
  get: (actor: Actor, id: string) => Promise<Person>,
) {
  /**
   * A new person. When another organisation knows somebody with this e-mail address it is the same person: this one
   * knows them too from now on, and what stands about them is left as it is. It sees their phone number, changes them and
   * learns who somebody protected is when it has something to do with them: a mandate, a loan. Somebody protected is only
   * taken over by whoever knows their name too, or a guessed address would tell who they are. The others are told.
   * @throws {DomainError} invalid `person-invalid`; conflict `person-exists` when this organisation knows them already,
   * `person-named-otherwise` when they are protected elsewhere and have another name
   */
  async function register(actor: Actor, input: NewPerson): Promise<Person> {
    refuseErrors(input)
    const { written } = writtenPerson(input)
    const person = newPerson(newId(), actor.organisationId, { ...input, ...written })
    if ((await guessed(actor, [person])).size > 0) throw namedOtherwise()
    return transaction(async () => {
      const [known] = await people.findByEmails([person.email])
      if (known?.organisationIds.includes(actor.organisationId)) {
        throw new DomainError(
          'conflict',
          'person-exists',
          'Somebody with this e-mail address is here already.',
          [{ path: 'email', message: 'It is taken.' }],
        )
      }
      if (known) {
        await people.share(known.id, actor.organisationId)
        await tellOthers(audit, actor, known, { action: 'people.shared-elsewhere' })
      } else await people.insert(person)
      const { id, email } = known ?? person
      // Whoever writes the address of somebody who was merged away means somebody else, or knows better.
      await merges.forgetEmail(actor.organisationId, email)
      await audit.record(actor, {
        action: known ? 'people.share' : 'people.register',
        on: { kind: 'person', id },
      })
      return get(actor, id)
    })
  }

  /**
   * Those of the addresses, in lower case, that stand for somebody whom other organisations protect, under another name.
   * Those organisations are told; called inside a transaction that is taken back, they would not be.
   */
  async function guessed(actor: Actor, typed: readonly Typed[]): Promise<ReadonlySet<string>> {
    const byEmail = new Map(typed.map(each => [each.email, each]))
    const known = await people.findByEmails([...byEmail.keys()])
    const wrong = known.filter(person => {
      const names = byEmail.get(person.email)
      const isElsewhere = !person.organisationIds.includes(actor.organisationId)
      return names && person.protectedIdentity && isElsewhere && !isNamedAs(person, names)
    })
    await transaction(async () => {
      for (const person of wrong)
        await tellOthers(audit, actor, person, { action: 'people.guessed-elsewhere' })
    })
    return new Set(wrong.map(({ email }) => email))
  }

  return { register, guessed }
}

function namedOtherwise(): DomainError {
  const message =
    'Another organisation knows somebody with this e-mail address under another name. Ask the person how the name is written and whether the address is right.'
  return new DomainError('conflict', 'person-named-otherwise', message, [
    { path: 'familyName', message: 'Ask the person how the name is written, and whose the address is.' },
  ])
}
