import { writableText } from '../../profiles/plist/write-plist.ts'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type NewId, type RandomBytes } from '../ids.ts'
import { accountOf, type Actor } from '../staff/actor.ts'
import { identifierOfGuide, mustBeGuide, type Guide, type GuideVersion } from './guide.ts'
import { type GuideStore } from './guide-store.ts'

interface GuidesDeps {
  readonly guides: GuideStore
  /** Made the secret part of addresses before each version kept its own. */
  readonly addressKey: string
  readonly randomBytes: RandomBytes
  /** Public base address without a trailing slash. */
  readonly publicUrl: string
  readonly audit: Audit
  readonly transaction: Transaction
  readonly clock: Clock
  readonly newId: NewId
}

interface NewGuideVersion {
  readonly bytes: Uint8Array
  readonly note?: string | undefined
}

const secretBytes = 32

export type Guides = ReturnType<typeof createGuides>

/** Guides and their versions: kept byte for byte, and handed to iPads under addresses that nobody can guess. */
export function createGuides(deps: GuidesDeps) {
  const { guides, addressKey, publicUrl, randomBytes, audit, transaction, clock, newId } = deps

  /** @throws {DomainError} not-found `guide-unknown` */
  async function find(organisationId: string, id: string): Promise<Guide> {
    const found = await guides.find(organisationId, id)
    if (!found) throw new DomainError('not-found', 'guide-unknown', 'There is no such guide.')
    return found
  }

  /** Kept with the version, so that an address outlives a change of the secret key. */
  const secretOf = async (versionId: string): Promise<string> =>
    (await guides.secretOf(versionId)) ??
    createHmac('sha256', addressKey).update(versionId).digest('base64url')

  async function insert(actor: Actor, guide: Guide, { bytes, note }: NewGuideVersion): Promise<GuideVersion> {
    const version: GuideVersion = {
      id: newId(),
      organisationId: actor.organisationId,
      guideId: guide.id,
      number: guide.latest,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...(note !== undefined && { note }),
      savedAt: clock.now(),
      savedBy: accountOf(actor),
    }
    const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url')
    await guides.insertVersion(version, bytes, secret)
    await audit.record(actor, {
      action: 'guides.save',
      on: { kind: 'guide', id: guide.id },
      after: { number: version.number, sha256: version.sha256, size: version.size },
    })
    return version
  }

  return {
    /** Every guide, by name. */
    list: (actor: Actor): Promise<Guide[]> => guides.all(actor.organisationId),

    /** A guide with its versions, newest first. @throws {DomainError} not-found `guide-unknown` */
    async get(actor: Actor, id: string): Promise<{ guide: Guide; versions: GuideVersion[] }> {
      const guide = await find(actor.organisationId, id)
      return { guide, versions: await guides.versions(actor.organisationId, id) }
    },

    /** @throws {DomainError} not-found `guide-unknown`, `version-unknown` */
    async version(organisationId: string, id: string, number: number): Promise<GuideVersion> {
      await find(organisationId, id)
      const found = await guides.findVersion(organisationId, id, number)
      if (!found) throw new DomainError('not-found', 'version-unknown', 'There is no such version.')
      return found
    },

    /** A new guide with its first version. @throws {DomainError} invalid `guide-invalid` */
    async create(
      actor: Actor,
      { name, ...first }: NewGuideVersion & { readonly name: string },
    ): Promise<{ guide: Guide; version: GuideVersion }> {
      mustBeGuide(first.bytes)
      const id = newId()
      const { organisationId } = actor
      const guide: Guide = {
        id,
        organisationId,
        name: writableText(name).trim(),
        identifier: identifierOfGuide(id),
        latest: 1,
      }
      return transaction(async () => {
        await guides.insert(guide)
        return { guide, version: await insert(actor, guide, first) }
      })
    },

    /**
     * A revision; where the newest is assigned it is rolled out by itself.
     * @throws {DomainError} not-found `guide-unknown`; invalid `guide-invalid`; conflict `stale`
     */
    async revise(actor: Actor, id: string, revision: NewGuideVersion): Promise<GuideVersion> {
      mustBeGuide(revision.bytes)
      const guide = await find(actor.organisationId, id)
      return transaction(async () => {
        if (!(await guides.advance(actor.organisationId, id, guide.latest)))
          throw new DomainError('conflict', 'stale', 'Somebody saved a version meanwhile. Look at it first.')
        return insert(actor, { ...guide, latest: guide.latest + 1 }, revision)
      })
    },

    /** The file of a version, byte for byte. @throws {DomainError} as `version` */
    async file(actor: Actor, id: string, number: number): Promise<{ bytes: Uint8Array; fileName: string }> {
      const found = await this.version(actor.organisationId, id, number)
      const { name } = await find(actor.organisationId, id)
      const bytes = (await guides.file(found.id)) ?? new Uint8Array()
      return { bytes, fileName: `${name.replace(/[^\p{L}\p{N} .-]/gu, '_')}-${number}.pdf` }
    },

    /** Where an iPad fetches a version: whoever has the address may read it. */
    addressOf: async (versionId: string): Promise<string> =>
      `${publicUrl}/guides/${versionId}/${await secretOf(versionId)}/guide.pdf`,

    /** The file behind such an address; undefined for one that we did not make. */
    async behind(versionId: string, secret: string): Promise<Uint8Array | undefined> {
      const [given, wanted] = [Buffer.from(secret), Buffer.from(await secretOf(versionId))]
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
      return guides.file(versionId)
    },
  }
}
