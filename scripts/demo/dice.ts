/** Numbers that look random and are the same in every demo. */
export interface Dice {
  /** From 0 to below `sides`. */
  roll(sides: number): number
  pick<T>(choices: readonly T[]): T
  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[]
}

/** Mulberry32, a generator of 32 bits by Tommy Ettinger (public domain): enough to spread things about. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const roll = (sides: number) => Math.floor(next() * sides)
  return {
    roll,
    pick(choices) {
      const choice = choices[roll(choices.length)]
      if (choice === undefined) throw new RangeError('There is nothing to pick from.')
      return choice
    },
    shuffle(things) {
      return things
        .map(thing => ({ thing, place: next() }))
        .sort((one, other) => one.place - other.place)
        .map(({ thing }) => thing)
    },
  }
}
