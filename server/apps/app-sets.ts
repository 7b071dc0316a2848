import { normalTarget } from '../assignments/assignment.ts'
import { writableText } from '../../profiles/plist/write-plist.ts'
import { type Audit } from '../audit/audit.ts'
import { type Bodies } from '../bodies/bodies.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { type Devices } from '../devices/devices.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId } from '../ids.ts'
import { stale } from '../stale.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { type StandingSet } from './app-drift.ts'
import { mustBeApps, type AppSet, type AppSetContent, type AppSetVersion } from './app-set.ts'
import { type AppSetStore } from './app-set-store.ts'

interface AppSetsDeps {
  readonly sets: AppSetStore
  readonly bodies: Pick<Bodies, 'get'>
  readonly devices: Pick<Devices, 'many'>
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

type NewAppSetVersion = AppSetContent & { readonly note?: string | undefined }

export type AppSets = ReturnType<typeof createAppSets>

/** Sets of managed apps and their versions: what is to be on which iPads. */
export function createAppSets({ sets, bodies, devices, audit, transaction, clock, newId }: AppSetsDeps) {
  /** @throws {DomainError} not-found `app-set-unknown` */
  async function find(organisationId: string, id: string): Promise<AppSet> {
    const found = await sets.find(organisationId, id)
    if (!found) throw new DomainError('not-found', 'app-set-unknown', 'There is no such app set.')
    return found
  }

  /** The content as it is kept. What is named must be the organisation's own. */
  async function checked(actor: Actor, content: NewAppSetVersion): Promise<NewAppSetVersion> {
    const target = normalTarget(content.target)
    if (target.kind === 'body') await bodies.get(actor, target.bodyId)
    if (target.kind === 'devices') {
      const own = await devices.many(actor, target.deviceIds)
      if (own.length < target.deviceIds.length)
        throw new DomainError('not-found', 'device-unknown', 'There is no such iPad.')
    }
    mustBeApps(content.apps)
    const apps = content.apps.map(app => ({ ...app, name: writableText(app.name).trim() || app.identifier }))
    return { ...content, target, apps }
  }

  async function insert(actor: Actor, set: AppSet, { note, ...content }: NewAppSetVersion) {
    const version: AppSetVersion = {
      ...content,
      id: newId(),
      organisationId: actor.organisationId,
      appSetId: set.id,
      number: set.latest,
      ...(note !== undefined && { note }),
      savedAt: clock.now(),
      savedBy: accountOf(actor),
    }
    await sets.insertVersion(version)
    await audit.record(actor, {
      action: 'app-sets.save',
      on: { kind: 'app-set', id: set.id },
      after: { number: version.number, apps: version.apps, target: version.target },
    })
    return version
  }

  async function withNewest(set: AppSet): Promise<StandingSet[]> {
    const newest = await sets.findVersion(set.organisationId, set.id, set.latest)
    return newest ? [{ set, newest }] : []
  }

  return {
    /** Every set, ended ones too, with its newest version, by name. */
    list: async (actor: Actor): Promise<StandingSet[]> =>
      (await Promise.all((await sets.all(actor.organisationId)).map(withNewest))).flat(),

    /** A set with its versions, newest first. @throws {DomainError} not-found `app-set-unknown` */
    async get(actor: Actor, id: string): Promise<{ set: AppSet; versions: AppSetVersion[] }> {
      const set = await find(actor.organisationId, id)
      return { set, versions: await sets.versions(actor.organisationId, id) }
    },

    /**
     * A new set with its first version.
     * @throws {DomainError} invalid `app-set-invalid`, `target-empty`; not-found `body-unknown`, `device-unknown`
     */
    async create(
      actor: Actor,
      { name, ...first }: NewAppSetVersion & { readonly name: string },
    ): Promise<{ set: AppSet; version: AppSetVersion }> {
      const content = await checked(actor, first)
      const { organisationId } = actor
      const set: AppSet = { id: newId(), organisationId, name: writableText(name).trim(), latest: 1 }
      return transaction(async () => {
        await sets.insert(set)
        return { set, version: await insert(actor, set, content) }
      })
    },

    /**
     * A further version, which holds from now on. `basedOn` is the number of the one that the person saw.
     * @throws {DomainError} as `create`; not-found `app-set-unknown`; conflict `stale`, `app-set-ended`
     */
    async revise(
      actor: Actor,
      id: string,
      { basedOn, ...further }: NewAppSetVersion & { readonly basedOn: number },
    ): Promise<AppSetVersion> {
      const set = await find(actor.organisationId, id)
      if (set.endedAt) throw ended()
      const content = await checked(actor, further)
      return transaction(async () => {
        if (!(await sets.advance(actor.organisationId, id, basedOn))) throw stale('app set')
        return insert(actor, { ...set, latest: basedOn + 1 }, content)
      })
    },

    /**
     * From now on the set asks for nothing; the apps stay where they are until somebody takes them away.
     * @throws {DomainError} not-found `app-set-unknown`; conflict `app-set-ended`
     */
    async end(actor: Actor, id: string): Promise<AppSet> {
      const set = await find(actor.organisationId, id)
      const endedAt = clock.now()
      return transaction(async () => {
        if (!(await sets.end(actor.organisationId, id, endedAt))) throw ended()
        await audit.record(actor, { action: 'app-sets.end', on: { kind: 'app-set', id } })
        return { ...set, endedAt }
      })
    },
  }
}

const ended = () => new DomainError('conflict', 'app-set-ended', 'This app set has ended. Create a new one.')
