import Joi from 'joi'
import { type Devices } from '../../server/devices/devices.ts'
import { DomainError } from '../../server/domain-error.ts'
import { type Actor } from '../../server/staff/actor.ts'

/** Asset tags or serial numbers as people write them in one field: with commas, blanks or lines between them. */
export const tagsInput = Joi.string()
  .trim()
  .empty('')
  .custom((typed: string) => typed.split(/[\s,;]+/).filter(tag => tag !== ''))
  .default([])

/**
 * The ids of the iPads that are called so.
 * @throws {DomainError} invalid `tag-unknown` at `path`, naming the tags that no iPad carries
 */
export async function deviceIdsOf(
  devices: Pick<Devices, 'writtenAs'>,
  actor: Actor,
  { tags, path }: { readonly tags: readonly string[]; readonly path: string },
): Promise<string[]> {
  if (tags.length === 0) return []
  const { own } = await devices.writtenAs(actor, { serialNumbers: tags.map(upper), assetTags: tags })
  const known = new Set(own.flatMap(({ assetTag, serialNumber }) => [upper(assetTag), serialNumber]))
  const missing = tags.filter(tag => !known.has(upper(tag)))
  if (missing.length > 0) {
    const message = `No iPad of yours is called ${missing.slice(0, 5).join(', ')}.`
    const named = { path, code: 'tag-unknown', message, values: { tags: missing.slice(0, 5).join(', ') } }
    throw new DomainError('invalid', 'tag-unknown', message, [named])
  }
  return own.map(({ id }) => id)
}

const upper = (text: string): string => text.toUpperCase()
