import test from 'ava'
import { type Position } from '../../../server/incidents/position.ts'
import { sayIn } from '../../../web-admin/language.ts'
import { plotOf } from '../../../web-admin/theft/position-plot.ts'
import { ageWords, positionsView } from '../../../web-admin/theft/positions-view.ts'

const now = new Date('2026-11-22T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

function aPosition(fields: Partial<Position> = {}): Position {
  const id = 'p1'
  const ids = { id, organisationId: 'o1', incidentId: 'i1' }
  return { ...ids, latitude: 59.62, longitude: 14.87, at: now, receivedAt: now, ...fields }
}

test('without a position there is nothing to show', t => {
  t.is(positionsView([], now, 'sv'), undefined)
})

test('the newest position leads, also when it came first', t => {
  const view = positionsView(
    [
      aPosition({ at: minutesAgo(50), latitude: 59.6 }),
      aPosition({ at: minutesAgo(5), accuracyMetres: 12.6 }),
    ],
    now,
    'sv',
  )
  t.like(view?.latest, { where: '59.62000, 14.87000', within: '13 m', age: '5 minuter' })
  t.true(view?.isTrail)
})

test('an age is said in the largest unit that it fills', t => {
  const say = sayIn('en')
  const said = [0, 1, 59, 60, 47 * 60, 48 * 60].map(minutes => ageWords(minutesAgo(minutes), now, say))
  t.deepEqual(said, ['just now', 'one minute', '59 minutes', 'one hour', '47 hours', '2 days'])
})

test('an iPad whose clock is ahead is not said to be from the future', t => {
  t.is(ageWords(minutesAgo(-3), now, sayIn('sv')), 'nyss')
})

test('a single position stands in the middle with the circle of what it may be off', t => {
  const plot = plotOf([{ latitude: 59.62, longitude: 14.87, accuracyMetres: 30 }])
  t.deepEqual({ x: plot.newest.x, y: plot.newest.y }, { x: plot.width / 2, y: plot.height / 2 })
  t.is(plot.trail, '')
  // The scale bar and the circle measure the same ground.
  const unitsPerMetre = plot.scale.length / plot.scale.metres
  t.true(Math.abs((plot.newest.radius ?? 0) - 30 * unitsPerMetre) < 0.2)
})

test('an iPad that does not say how sure it is gets no circle', t => {
  t.is(plotOf([{ latitude: 59.62, longitude: 14.87 }]).newest.radius, undefined)
})

test('north is up, east is right, and the way leads from the oldest to the newest', t => {
  const plot = plotOf([
    { latitude: 59.63, longitude: 14.9 },
    { latitude: 59.62, longitude: 14.87 },
  ])
  const [old] = plot.earlier
  t.true(old !== undefined && old.y > plot.newest.y && old.x < plot.newest.x)
  t.is(plot.trail, `${old?.x},${old?.y} ${plot.newest.x},${plot.newest.y}`)
})

test('every position lies inside the drawing, however far the iPad went and however unsure it is', t => {
  const far = { latitude: 55.6, longitude: 13 }
  for (const accuracyMetres of [5, 900, 9_000_000]) {
    const plot = plotOf([{ latitude: 67.85, longitude: 20.2, accuracyMetres }, far, far])
    for (const { x, y } of [plot.newest, ...plot.earlier]) {
      t.true(x >= 0 && x <= plot.width && y >= 0 && y <= plot.height)
    }
    t.true(plot.scale.length <= plot.width / 3)
  }
})

test('the scale is a round length', t => {
  for (const latitude of [59.621, 59.63, 59.7, 60.9]) {
    const { metres } = plotOf([
      { latitude: 59.62, longitude: 14.87 },
      { latitude, longitude: 14.87 },
    ]).scale
    t.regex(String(metres), /^[125]0*$/)
  }
})
