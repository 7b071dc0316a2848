import { join } from 'node:path'
import test from 'ava'
import { resealAll } from '../../../server/certificates/mongo-reseal.ts'
import { connectDatabase } from '../../../server/database/connect.ts'
import { sealedFields } from '../../../server/sealed-fields.ts'
import { systemActor } from '../../../server/staff/actor.ts'
import { codeAt, stepOf } from '../../../server/staff/totp.ts'
import { ownDatabase } from '../../support/database.ts'
import { startTestServer } from '../../support/server.ts'

test('what sign-in seals is known to the change of the key, under the place it was sealed for', async t => {
  if (ownDatabase(process.env['TEST_MONGODB_URI']) !== undefined) {
    t.log('Not looked at on a MongoDB: the test joins the engine in the data folder.')
    t.pass()
    return
  }
  const server = await startTestServer(t)
  const { organisationId, ornkoll } = server
  const actor = { ...systemActor(organisationId), roles: ['admin'] as const }
  const wanted = { name: 'Asta', email: 'asta@example.se', language: 'sv', roles: ['admin'] } as const
  const { id } = await ornkoll.staff.add(actor, wanted)
  const { key, sealed } = await ornkoll.secondFactor.offer(id)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(key, letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  await ornkoll.secondFactor.accept(id, { sealed, code: codeAt(secret, stepOf(new Date(Date.now()))) })
  await ornkoll.identityProviders.save(actor, {
    version: 0,
    name: 'Ekeby',
    issuer: 'https://login.example.se',
    clientId: 'ornkoll',
    clientSecret: 'hemlig klient',
    groupClaim: 'groups',
    groupRoles: [],
    assurance: '',
    createsAccounts: false,
    vouchesForAddresses: false,
    enabled: false,
  })

  const folder = join(server.dataFolder, 'database')
  const joined = await connectDatabase({ uri: undefined, folder, attach: true })
  t.teardown(() => joined.stop())
  const places: string[] = []
  await resealAll(joined.db, sealedFields, {
    openSecret: (_sealed, place) => {
      places.push(place)
      return Buffer.from(place)
    },
    sealSecret: () => 'v1.anew',
  })
  t.true(places.includes(`staff/${id}/authenticator`))
  t.true(places.includes(`identity-provider/${organisationId}`))
})
