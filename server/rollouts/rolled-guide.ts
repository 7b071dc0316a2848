import { booksOf } from '../../mdm/commands/results.ts'
import { type GuideVersion } from '../guides/guide.ts'
import { type Guides } from '../guides/guides.ts'
import { systemActor } from '../staff/actor.ts'
import { type RolledContent, type RolledVersion, type Seen } from './rolled-content.ts'

interface RolledGuideDeps {
  readonly guides: Pick<Guides, 'get' | 'version' | 'addressOf'>
}

/** States of a book that is still on its way (Apple, ManagedMediaList). */
const underWay = ['Queued', 'PromptingForLogin', 'Updating', 'Installing']
const there = ['Managed', 'Installed']

/** Guides, as roll-outs bring them: managed books that the iPad fetches itself (Apple, InstallMedia). */
export function createRolledGuide({ guides }: RolledGuideDeps): RolledContent {
  async function about(organisationId: string, id: string) {
    const { guide, versions } = await guides.get(systemActor(organisationId), id)
    const { name, identifier, latest } = guide
    const newest = versions.find(({ number }) => number === latest)
    return {
      id,
      name,
      identifier,
      newestApproved: latest,
      ...(newest && { newestBy: newest.savedBy, newestSince: newest.savedAt }),
    }
  }

  const ready = (name: string, identifier: string, { id, number }: GuideVersion): RolledVersion => ({
    number,
    markFor: () => String(number),
    hindrance: () => undefined,
    command: async () => ({
      requestType: 'InstallMedia',
      parameters: {
        MediaType: 'Book',
        Kind: 'pdf',
        MediaURL: await guides.addressOf(id),
        PersistentID: identifier,
        Version: String(number),
        Title: name,
      },
    }),
  })

  async function version(organisationId: string, id: string, number: number): Promise<RolledVersion> {
    const found = await guides.version(organisationId, id, number)
    const { name, identifier } = await about(organisationId, id)
    return ready(name, identifier, found)
  }

  return {
    kind: 'guide',
    requestTypes: ['InstallMedia', 'RemoveMedia'],
    about,
    version,
    // Nobody approves a guide.
    anyVersion: version,
    removal: identifier => ({
      requestType: 'RemoveMedia',
      parameters: { MediaType: 'Book', PersistentID: identifier },
    }),
    proof: { requestType: 'ManagedMediaList', parameters: {} },
    seenIn(result) {
      const seen = new Map<string, Seen>()
      for (const { identifier, state, version } of booksOf(result)) {
        if (underWay.includes(state)) seen.set(identifier, 'under-way')
        else if (there.includes(state)) seen.set(identifier, { mark: version })
      }
      return seen
    },
    // An iPad may acknowledge a book and say in the same breath that it could not be had.
    refusalIn: result =>
      typeof result['RejectionReason'] === 'string' ? result['RejectionReason'] : undefined,
  }
}
