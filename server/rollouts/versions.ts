import { contentKey, type ContentKind, type ContentRef } from '../assignments/content.ts'
import { type RolledContent, type RolledVersion } from './rolled-content.ts'

/** Every kind of content that there is. */
export interface Contents {
  readonly all: readonly RolledContent[]
  of(kind: ContentKind): RolledContent
}

export function createContents(all: readonly RolledContent[]): Contents {
  return {
    all,
    of(kind) {
      const found = all.find(each => each.kind === kind)
      if (!found) throw new Error(`Nobody rolls out ${kind}`)
      return found
    },
  }
}

interface FoundVersion {
  /** As the content is called. */
  readonly name: string
  readonly identifier: string
  readonly version: RolledVersion
}

/** The versions that one round needs, each opened once. */
export interface Versions {
  /**
   * A version that was loaded. Asking for another is a mistake in the code: what is not known must never look like what
   * is not wanted.
   */
  get(content: ContentRef, number: number): FoundVersion
  /** @throws {DomainError} as `RolledContent.version` */
  load(wanted: readonly (readonly [ContentRef, number])[]): Promise<void>
}

/** @param unapproved also those that nobody has approved, to look at what they would do */
export function createVersions(
  organisationId: string,
  contents: Contents,
  { unapproved = false }: { readonly unapproved?: boolean } = {},
): Versions {
  const known = new Map<string, FoundVersion>()
  const keyOf = (content: ContentRef, number: number) => `${contentKey(content)}/${number}`
  return {
    get(content, number) {
      const found = known.get(keyOf(content, number))
      if (!found) throw new Error(`Version ${number} of ${contentKey(content)} was not loaded`)
      return found
    },
    async load(wanted) {
      for (const [content, number] of wanted) {
        const key = keyOf(content, number)
        if (known.has(key)) continue
        const kind = contents.of(content.kind)
        const { name, identifier } = await kind.about(organisationId, content.id)
        const asked = [organisationId, content.id, number] as const
        const version = await (unapproved ? kind.anyVersion(...asked) : kind.version(...asked))
        known.set(key, { name, identifier, version })
      }
    },
  }
}
