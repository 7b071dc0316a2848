import test from 'ava'
import { typesOn } from '../../../server/profiles/judging.ts'

const types = new Map([
  ['se.example.wifi', ['com.apple.wifi.managed']],
  ['se.example.home', ['com.apple.homescreenlayout', 'com.apple.webClip.managed']],
])
const beside = { identifier: 'se.example.own', types, isChosen: false }
const ipad = (...identifiers: string[]) => new Set(identifiers)

test('of iPads that have the profile, each other profile is counted on those alone', t => {
  const told = [
    ipad('se.example.own', 'se.example.home'),
    ipad('se.example.own', 'se.example.wifi', 'com.other.maker'),
    ipad('se.example.home'),
  ]
  t.deepEqual(
    [...typesOn(told, beside)],
    [
      ['com.apple.homescreenlayout', 1],
      ['com.apple.webClip.managed', 1],
      ['com.apple.wifi.managed', 1],
    ],
  )
})

test('of a profile that no iPad has, only what stands on every iPad counts', t => {
  const told = [ipad('se.example.wifi', 'se.example.home'), ipad('se.example.wifi')]
  t.deepEqual([...typesOn(told, beside)], [['com.apple.wifi.managed', 2]])
  t.deepEqual([...typesOn([...told, ipad()], beside)], [])
  t.deepEqual([...typesOn([], beside)], [])
})

test('of iPads that were chosen, all count', t => {
  const told = [ipad('se.example.home'), ipad()]
  t.is(typesOn(told, { ...beside, isChosen: true }).get('com.apple.homescreenlayout'), 1)
})
