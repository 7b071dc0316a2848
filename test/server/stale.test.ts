import test from 'ava'
import { DomainError } from '../../server/domain-error.ts'
import { againWhenStale } from '../../server/stale.ts'

const stale = () => new DomainError('conflict', 'stale', 'Somebody came in between.')

test('whoever comes second looks again, as often as it was allowed', async t => {
  let looks = 0
  const secondTime = () => {
    looks += 1
    return looks < 3 ? Promise.reject(stale()) : Promise.resolve(looks)
  }
  t.is(await againWhenStale(secondTime, 3), 3)
  looks = 0
  await t.throwsAsync(againWhenStale(secondTime, 2), { message: 'Somebody came in between.' })
  t.is(looks, 2)
})

test('any other refusal is not tried again', async t => {
  let looks = 0
  const refused = () => {
    looks += 1
    return Promise.reject(new DomainError('conflict', 'rollout-overtaken', 'No.'))
  }
  await t.throwsAsync(againWhenStale(refused), { message: 'No.' })
  t.is(looks, 1)
})
