import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { because } from '../reason.ts'
import { stale } from '../stale.ts'
import { mustFindProfile } from './known-profiles.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { mustBeOffered, type Profile } from './profile.ts'
import { type ProfileStore } from './profile-store.ts'

/** Where a profile is in use. */
export interface ProfileUse {
  /** Assignments that stand. */
  readonly assignments: number
  /** iPads that have it, or may have it. */
  readonly ipads: number
}

export interface ShelvingDeps {
  readonly profiles: ProfileStore
  /** Where a profile is in use now. */
  readonly useOf: (actor: Actor, profile: Profile) => Promise<ProfileUse>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
}

/** What a profile is called, and whether it is still offered. Nothing of it changes on iPads. */
export function createShelving({ profiles, useOf, audit, transaction, clock }: ShelvingDeps) {
  const find = (reader: Pick<Actor, 'organisationId'>, id: string) => mustFindProfile(profiles, reader, id)

  /** Saves the profile, with that in the log. @throws {DomainError} conflict `stale` */
  async function save(
    actor: Actor,
    { before, after, action }: { readonly before: Profile; readonly after: Profile; readonly action: string },
  ): Promise<Profile> {
    if (!(await profiles.save(before, after))) throw stale('profile')
    const { id, name } = before
    const changes = name === after.name ? {} : { before: { name }, after: { name: after.name } }
    await audit.record(actor, { action, on: { kind: 'profile', id }, ...changes })
    return after
  }

  return {
    /**
     * The profile with another name in lists; iPads know it by its identifier, which stays.
     * @throws {DomainError} not-found `profile-unknown`; conflict `stale`
     */
    rename: (actor: Actor, id: string, name: string): Promise<Profile> =>
      transaction(async () => {
        const before = await find(actor, id)
        const after = { ...before, name: name.trim() }
        return after.name === before.name ? before : save(actor, { before, after, action: 'profiles.rename' })
      }),

    /**
     * The profile, offered nowhere from now on.
     * @throws {DomainError} not-found `profile-unknown`; conflict `profile-in-use` with where, `stale`
     */
    retire: (actor: Actor, id: string): Promise<Profile> =>
      transaction(async () => {
        const before = await find(actor, id)
        if (before.retired) return before
        refuseUsed(await useOf(actor, before))
        const retired = { at: clock.now(), by: accountOf(actor) }
        return save(actor, { before, after: { ...before, retired }, action: 'profiles.retire' })
      }),

    /**
     * Takes part in the transaction that assigns the profile: one that retires it at the same moment begins anew and sees
     * the assignment.
     * @throws {DomainError} not-found `profile-unknown`; conflict `profile-retired`
     */
    async keepOffered(organisationId: string, id: string): Promise<void> {
      if (await profiles.touchOffered(organisationId, id)) return
      mustBeOffered(await find({ organisationId }, id))
      throw stale('profile')
    },

    /**
     * The profile, offered again.
     * @throws {DomainError} not-found `profile-unknown`; conflict `stale`
     */
    bringBack: (actor: Actor, id: string): Promise<Profile> =>
      transaction(async () => {
        const before = await find(actor, id)
        if (!before.retired) return before
        const after: { -readonly [K in keyof Profile]: Profile[K] } = { ...before }
        delete after.retired
        return save(actor, { before, after, action: 'profiles.bring-back' })
      }),
  }
}

/** @throws {DomainError} conflict `profile-in-use` */
function refuseUsed({ assignments, ipads }: ProfileUse): void {
  if (assignments + ipads === 0) return
  const why = because(
    'profile-in-use',
    'The profile is in use: assignments {assignments}, iPads {ipads}. End its assignments and wait until it has gone.',
    { assignments, ipads },
  )
  throw new DomainError('conflict', why.code, why.message, [{ path: '', ...why }])
}
