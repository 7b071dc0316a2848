import { type Position } from '../../server/incidents/position.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { sayIn, type Say } from '../language.ts'
import { positionView } from './case-view.ts'
import { plotOf } from './position-plot.ts'

/** The fetched positions as numbers to pass on and as a drawing; undefined when none has come yet. */
export function positionsView(positions: readonly Position[], now: Date, language: Language) {
  const say = sayIn(language)
  const [newest, ...earlier] = [...positions].sort((a, b) => Number(b.at) - Number(a.at))
  if (!newest) return undefined
  const rows = [newest, ...earlier].map(one => ({
    ...positionView(one, language),
    age: ageWords(one.at, now, say),
  }))
  const plot = plotOf([newest, ...earlier])
  return {
    rows,
    latest: rows[0],
    isTrail: earlier.length > 0,
    plot: {
      ...plot,
      scaleText: lengthWords(plot.scale.metres, say),
    },
  }
}

/** How long ago, in whole minutes, hours or days. */
export function ageWords(at: Date, now: Date, say: Say): string {
  const minutes = Math.floor((Number(now) - Number(at)) / 60_000)
  if (minutes < 1) return say('position.now')
  if (minutes < 60) return say('position.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return say('position.hours', { count: hours })
  return say('position.days', { count: Math.floor(hours / 24) })
}

function lengthWords(metres: number, say: Say): string {
  return metres < 1000
    ? say('position.metres', { count: metres })
    : say('position.kilometres', { count: metres / 1000 })
}
