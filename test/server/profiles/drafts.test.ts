import { randomBytes } from 'node:crypto'
import test from 'ava'
import { createSecretBox } from '../../../server/certificates/secret-box.ts'
import { newUuid } from '../../../server/ids.ts'
import { createDrafts, type DraftsDeps } from '../../../server/profiles/drafts.ts'
import { createMongoDraftStore } from '../../../server/profiles/mongo-draft-store.ts'
import { type Actor } from '../../../server/staff/actor.ts'
import { openTestDatabase } from '../../support/database.ts'
import { anActor } from '../../support/lending.ts'

test('a draft that a colleague changes in the same moment is neither thrown away nor saved without the change', async t => {
  const { tables, transaction } = await openTestDatabase(t)
  const store = createMongoDraftStore(tables, createSecretBox(Buffer.alloc(32, 1), randomBytes))
  await tables.prepare()
  const log: string[] = []
  const saved: string[] = []
  let meanwhile: (() => Promise<unknown>) | undefined
  const drafts = createDrafts({
    drafts: {
      ...store,
      async find(organisationId: string, id: string) {
        const found = await store.find(organisationId, id)
        const colleague = meanwhile
        meanwhile = undefined
        await colleague?.()
        return found
      },
    },
    profiles: { create: (_actor: unknown, { name }: { name: string }) => Promise.resolve(saved.push(name)) },
    versions: { withIdentifier: () => Promise.resolve(undefined) },
    organisations: { get: () => Promise.resolve({ name: 'Ekeby kommun' }) },
    audit: {
      record: (_actor: Actor, { action }: { action: string }) => Promise.resolve(void log.push(action)),
    },
    clock: { now: () => new Date('2026-11-22T12:00:00Z') },
    transaction,
    newId: newUuid,
  } as unknown as DraftsDeps)
  const a = anActor('a')
  const { id, version } = await drafts.begin(a, { name: 'Wi-Fi', identifier: 'se.example.wifi' })
  const colleagueAdds = (seen: number) => () =>
    drafts.addPart(a, id, { version: seen, entry: 0, language: 'sv' })

  meanwhile = colleagueAdds(version)
  await t.throwsAsync(drafts.discard(a, id, { version }), { code: 'draft-stale' })
  meanwhile = colleagueAdds(version + 1)
  await t.throwsAsync(drafts.save(a, id, { version: version + 1 }), { code: 'draft-stale' })
  t.is((await store.find('a', id))?.version, version + 2)
  t.deepEqual([log, saved], [['profiles.draft-begin'], []])

  await drafts.discard(a, id, { version: version + 2 })
  t.is(await store.find('a', id), undefined)
  await t.throwsAsync(drafts.discard(a, id, { version: version + 2 }), { code: 'draft-unknown' })
})
