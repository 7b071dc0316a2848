import test from 'ava'
import { metresBetween, whereOn, type Route } from '../../../scripts/simulate/position.ts'

const startedAt = new Date('2026-11-22T09:00:00Z')
const square = { latitude: 59.27, longitude: 15.21 }
const station = { latitude: 59.28, longitude: 15.21 }
const route: Route = { places: [square, station], startedAt, speed: 10 }

const after = (seconds: number) => whereOn(route, new Date(startedAt.getTime() + seconds * 1000))

test('a stolen iPad moves along its route at its pace', t => {
  t.like(after(0), square)
  const { north, east } = metresBetween(square, after(60))
  t.true(Math.abs(north - 600) < 1)
  t.is(east, 0)
  t.is(after(60).course, 0)
  t.is(after(60).speed, 10)
})

test('at the end of its route it stands still, and before it starts it has not moved', t => {
  t.deepEqual(after(3600), { ...station, course: -1, speed: -1 })
  t.like(after(-100), square)
})

test('it turns where its route turns', t => {
  const east = { latitude: 59.28, longitude: 15.25 }
  const turn: Route = { ...route, places: [square, station, east] }
  const fix = whereOn(turn, new Date(startedAt.getTime() + 120_000))
  t.true(fix.longitude > station.longitude && fix.longitude < east.longitude)
  t.is(Math.round(fix.course), 90)
})
