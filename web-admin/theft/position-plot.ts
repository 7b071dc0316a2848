import { type Position } from '../../server/incidents/position.ts'

const width = 320
const height = 220
const margin = 24
/** A smaller piece of ground would make the noise of one position look like a journey. */
const leastMetres = 120
const metresPerDegree = 111_320

type Place = Pick<Position, 'latitude' | 'longitude' | 'accuracyMetres'>

/** A drawing of `width` by `height` units, north up. */
interface Plot {
  readonly width: number
  readonly height: number
  /** The newest one, and how far off it may be; the radius is undefined when the iPad did not say. */
  readonly newest: { readonly x: number; readonly y: number; readonly radius: number | undefined }
  readonly earlier: readonly { readonly x: number; readonly y: number }[]
  /** The way from the oldest to the newest, as points of a line; empty for a single position. */
  readonly trail: string
  readonly scale: { readonly metres: number; readonly length: number }
}

/**
 * Positions as a drawing without a map: where the iPad is beside where it was, and how well that is known. No tile is
 * fetched from anybody, so nobody learns where it is.
 * @param places newest first, at least one
 */
export function plotOf(places: readonly [Place, ...Place[]]): Plot {
  const [newest] = places
  const points = places.map(place => offsetFrom(newest, place))
  const reach = Math.min(newest.accuracyMetres ?? 0, 50_000)
  const [xs, ys] = [points.map(({ east }) => east), points.map(({ north }) => north)]
  const left = Math.min(...xs, -reach)
  const right = Math.max(...xs, reach)
  const low = Math.min(...ys, -reach)
  const high = Math.max(...ys, reach)
  const perMetre = Math.min(
    (width - 2 * margin) / Math.max(right - left, leastMetres),
    (height - 2 * margin) / Math.max(high - low, leastMetres),
  )
  const at = ({ east, north }: Offset) => ({
    x: round(width / 2 + (east - (left + right) / 2) * perMetre),
    y: round(height / 2 - (north - (low + high) / 2) * perMetre),
  })
  const [here, ...earlier] = points.map(at)
  const metres = niceLength(width / 3 / perMetre)
  return {
    width,
    height,
    newest: {
      ...(here ?? { x: width / 2, y: height / 2 }),
      radius: newest.accuracyMetres === undefined ? undefined : round(reach * perMetre),
    },
    earlier,
    trail:
      earlier.length === 0
        ? ''
        : points
            .map(at)
            .reverse()
            .map(({ x, y }) => `${x},${y}`)
            .join(' '),
    scale: { metres, length: round(metres * perMetre) },
  }
}

interface Offset {
  readonly east: number
  readonly north: number
}

/** Metres from `from`; flat ground is good enough for the distance that a tablet is carried. */
function offsetFrom(from: Place, to: Place): Offset {
  return {
    north: (to.latitude - from.latitude) * metresPerDegree,
    east: (to.longitude - from.longitude) * metresPerDegree * Math.cos((from.latitude * Math.PI) / 180),
  }
}

/** The largest of 1, 2, 5, 10, 20, 50 … that is no longer than `most`. */
function niceLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2].find(step => step * power <= most) ?? 1) * power
}

const round = (value: number) => Math.round(value * 10) / 10
