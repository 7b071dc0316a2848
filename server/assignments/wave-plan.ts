/** How a roll-out goes on. */
export interface WavePlan {
  /** The sizes of the waves before the last; the last takes everybody who is left. */
  readonly waves: readonly Wave[]
  /** Minutes without a new failure after which the next wave opens; missing: a person opens it. */
  readonly pauseMinutes?: number
  /** It stops by itself when more than this fails, is gone again or is not heard of since; missing: never. */
  readonly stopAfter?: StopAfter
}

export type Wave =
  | { readonly kind: 'count'; readonly count: number }
  /** Of all iPads, rounded up. */
  | { readonly kind: 'percent'; readonly percent: number }

export type StopAfter =
  | { readonly kind: 'count'; readonly count: number }
  /** Of the iPads whose wave has come. */
  | { readonly kind: 'percent'; readonly percent: number }

/** Five, then a tenth, then everybody; a person opens each; more than one failure in twenty stops it. */
export const usualPlan: WavePlan = {
  waves: [
    { kind: 'count', count: 5 },
    { kind: 'percent', percent: 10 },
  ],
  stopAfter: { kind: 'percent', percent: 5 },
}

/** Everybody at once. */
export const allAtOnce: WavePlan = { waves: [] }

/**
 * The wave of each iPad, from 0, for iPads in the order in which they are to get it. Waves for which no iPad is left
 * are not made.
 */
export function wavesOf(deviceIds: readonly string[], { waves }: WavePlan): readonly (readonly string[])[] {
  const made: string[][] = []
  let taken = 0
  for (const wave of waves) {
    const size = wave.kind === 'count' ? wave.count : Math.ceil((deviceIds.length * wave.percent) / 100)
    const part = deviceIds.slice(taken, taken + size)
    if (part.length > 0) made.push(part)
    taken += part.length
  }
  const rest = deviceIds.slice(taken)
  return rest.length > 0 || made.length === 0 ? [...made, rest] : made
}
