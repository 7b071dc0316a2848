import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError, invalid } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { guardedRoles, type Role } from '../staff/rights.ts'
import { stale } from '../stale.ts'
import {
  changed,
  firstSettingsIn,
  organisationErrors,
  type Language,
  type Organisation,
  type OrganisationChanges,
} from './organisation.ts'
import { type OrganisationStore } from './organisation-store.ts'

interface OrganisationsDeps {
  readonly organisations: OrganisationStore
  readonly audit: Audit
  readonly transaction: Transaction
  readonly newId: NewId
}

export function createOrganisations({ organisations, audit, transaction, newId }: OrganisationsDeps) {
  const fresh = (name: string, language: Language, secondFactorFor: readonly Role[]): Organisation => ({
    id: newId(),
    name,
    number: '',
    language,
    settings: { ...firstSettingsIn(language), secondFactorFor },
    version: 1,
  })

  /** The organisation with this id, for those who know the id: rules and reactions of the product itself. */
  async function byId(id: string): Promise<Organisation> {
    const found = await organisations.find(id)
    if (!found) throw new DomainError('not-found', 'organisation-unknown', 'There is no such organisation.')
    return found
  }

  return {
    byId,

    /** The organisation that the actor works in. */
    async get(actor: Actor): Promise<Organisation> {
      return byId(actor.organisationId)
    },

    /** The organisation of an installation that has one alone: whose sign-in page it is. */
    async only(): Promise<Organisation | undefined> {
      const [first, ...others] = await organisations.list()
      return others.length === 0 ? first : undefined
    },

    /** Names of organisations that the caller already has the ids of, such as a staff member's own. */
    async named(ids: readonly string[]): Promise<Pick<Organisation, 'id' | 'name'>[]> {
      return (await organisations.findMany(ids)).map(({ id, name }) => ({ id, name }))
    },

    /** The organisation that an installation begins with; made at the first start. */
    async ensureFirst(): Promise<Organisation> {
      return organisations.first(fresh('Min kommun', 'sv', []))
    },

    /**
     * One more organisation on this installation. Nobody belongs to it yet; who wipes or administers there needs a second
     * factor, unless `secondFactorFor` names other roles.
     */
    async create(input: {
      name: string
      language: Language
      secondFactorFor?: readonly Role[]
    }): Promise<Organisation> {
      refuseErrors({ name: input.name })
      const { secondFactorFor = guardedRoles } = input
      const organisation = fresh(input.name.trim(), input.language, secondFactorFor)
      const { id, name, language } = organisation
      await transaction(async () => {
        await organisations.insert(organisation)
        const entry = {
          action: 'organisations.create',
          on: { kind: 'organisation', id },
          after: { name, language },
        }
        await audit.record(systemActor(id), entry)
      })
      return organisation
    },

    /** Gives the organisation its name, and how its people sign in, when its first administrator sets it up. */
    async begin(
      organisationId: string,
      { name, secondFactorFor }: { name: string; secondFactorFor: readonly Role[] },
    ): Promise<void> {
      refuseErrors({ name })
      const changes = { name, settings: { secondFactorFor } }
      if (!(await organisations.save(changed(await byId(organisationId), changes))))
        throw stale('organisation')
    },

    /**
     * The actor's organisation with the changes; `version` is the one that the person saw.
     * @throws {DomainError} invalid `organisation-invalid`; conflict `stale`
     */
    async edit(
      actor: Actor,
      { version, ...changes }: OrganisationChanges & { version: number },
    ): Promise<Organisation> {
      refuseErrors(changes)
      return transaction(async () => {
        const before = await byId(actor.organisationId)
        const after = changed({ ...before, version }, changes)
        if (!(await organisations.save(after))) throw stale('organisation')
        await audit.record(actor, {
          action: 'organisations.edit',
          on: { kind: 'organisation', id: before.id },
          before: { ...before },
          after: { ...after },
        })
        return after
      })
    },
  }
}

export type Organisations = ReturnType<typeof createOrganisations>

function refuseErrors(changes: OrganisationChanges): void {
  const wrong = organisationErrors(changes)
  if (wrong.length > 0) {
    throw invalid('organisation-invalid', wrong)
  }
}
