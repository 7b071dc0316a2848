import test from 'ava'
import { faultOf } from '../../server/fault.ts'

test('a fault tells its kind and its place, and nothing that somebody typed', t => {
  const typed = 'Åsa Ek\n    said 19800101-1234'
  const fault = faultOf(new TypeError(typed, { cause: new RangeError(`because of ${typed}`) }))
  t.is(fault.name, 'TypeError')
  t.regex(fault.at ?? '', /fault\.test\.ts/)
  t.is(fault.cause?.name, 'RangeError')
  t.notRegex(JSON.stringify(fault), /Åsa|19800101/)
})

test('what is no error is named by its type alone', t => {
  t.is(faultOf('secret words').name, 'string')
  t.is(faultOf(undefined).name, 'undefined')
})
