import { type CatalogueKey } from '../catalogue/notation.ts'
import { entryFor } from '../catalogue/catalogue.ts'
import { type Words } from '../catalogue/notation.ts'
import { type PlistDictionary } from '../plist/plist-value.ts'
import { certificates, identities } from '../validation/cross-rules.ts'
import { partsOf } from './parts.ts'

/** A part that another one can point to. */
export interface Referable {
  readonly uuid: string
  /** As somebody named it; empty when nobody did. */
  readonly name: string
  readonly title: Words
}

/** The parts of the profile that a key which refers to `wanted` can point to. */
export function referables(
  profile: PlistDictionary,
  wanted: NonNullable<CatalogueKey['refersTo']>,
): Referable[] {
  const types = wanted === 'identity' ? identities : certificates
  return partsOf(profile).flatMap(part => {
    const { PayloadType: type, PayloadUUID: uuid, PayloadDisplayName: name } = part
    if (typeof type !== 'string' || typeof uuid !== 'string' || !types.has(type)) return []
    return [
      { uuid, name: typeof name === 'string' ? name : '', title: entryFor(part)?.title ?? [type, type] },
    ]
  })
}
