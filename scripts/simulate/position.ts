/** Somewhere on earth, in degrees, north and east positive. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A way through places at a steady pace; at the last one it stays. */
export interface Route {
  readonly places: readonly [Place, ...Place[]]
  readonly startedAt: Date
  /** Metres per second. */
  readonly speed: number
}

export interface Fix extends Place {
  /** Degrees from north, clockwise; -1 when it stands still. */
  readonly course: number
  /** Metres per second; -1 when it stands still. */
  readonly speed: number
}

const metresPerDegree = 111_320

/** Where somebody on `route` is at `now`, on straight lines between its places. */
export function whereOn({ places, startedAt, speed }: Route, now: Date): Fix {
  let left = Math.max(0, ((now.getTime() - startedAt.getTime()) / 1000) * speed)
  let from = places[0]
  for (const to of places.slice(1)) {
    const { north, east } = metresBetween(from, to)
    const length = Math.hypot(north, east)
    if (left < length) {
      const share = left / length
      return {
        latitude: from.latitude + (to.latitude - from.latitude) * share,
        longitude: from.longitude + (to.longitude - from.longitude) * share,
        course: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
        speed,
      }
    }
    left -= length
    from = to
  }
  return { ...from, course: -1, speed: -1 }
}

/** Metres between two places, near enough within a country. */
export function metresBetween(from: Place, to: Place): { readonly north: number; readonly east: number } {
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180)
  return { north: (to.latitude - from.latitude) * metresPerDegree, east: east * metresPerDegree }
}
