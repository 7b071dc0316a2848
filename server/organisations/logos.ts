import { createHash } from 'node:crypto'
import { type Audit } from '../audit/audit.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Actor } from '../staff/actor.ts'
import { stale } from '../stale.ts'
import { cleanPng, type Logo } from './logo.ts'
import { type LogoStore } from './logo-store.ts'
import { changed, type Organisation } from './organisation.ts'
import { type OrganisationStore } from './organisation-store.ts'

interface LogosDeps {
  readonly logos: LogoStore
  readonly organisations: OrganisationStore
  readonly audit: Audit
  readonly transaction: Transaction
}

export type Logos = ReturnType<typeof createLogos>

/** The picture that an organisation is known by. */
export function createLogos({ logos, organisations, audit, transaction }: LogosDeps) {
  async function save(actor: Actor, logo: Logo | undefined): Promise<void> {
    const before = await organisations.find(actor.organisationId)
    if (!before) throw new DomainError('not-found', 'organisation-unknown', 'There is no such organisation.')
    const next: Organisation = {
      ...changed(before, {}),
      settings: { ...before.settings, logo: logo ?? null },
    }
    if (!(await organisations.save(next))) throw stale('organisation')
    await audit.record(actor, {
      action: logo ? 'organisations.logo' : 'organisations.logo-remove',
      on: { kind: 'organisation', id: before.id },
      before: { logo: before.settings.logo?.sha256 },
      after: { logo: logo?.sha256 },
    })
  }

  return {
    /**
     * The picture from now on, checked by what it holds.
     * @throws {DomainError} invalid `logo-large`, `logo-invalid`; conflict `stale`
     */
    async put(actor: Actor, sent: Buffer): Promise<Logo> {
      const { bytes, width, height } = cleanPng(sent)
      const logo = { sha256: createHash('sha256').update(bytes).digest('hex'), width, height }
      await transaction(async () => {
        await logos.put(actor.organisationId, { sha256: logo.sha256, bytes })
        await save(actor, logo)
      })
      return logo
    },

    /** Without a picture again. @throws {DomainError} conflict `stale` */
    async remove(actor: Actor): Promise<void> {
      await transaction(async () => {
        await logos.remove(actor.organisationId)
        await save(actor, undefined)
      })
    },

    /** @throws {DomainError} not-found `logo-unknown` */
    async bytesOf(sha256: string): Promise<Buffer> {
      const found = await logos.bytesOf(sha256)
      if (!found) throw new DomainError('not-found', 'logo-unknown', 'There is no such logo.')
      return found
    },
  }
}
