/**
 * `totalOre` in whole öre after `weights`, by largest remainder: each share is at most one öre from the exact one, and
 * they sum to the total exactly (N-11). Of equal remainders the first one gets the öre, so the order of `weights` is
 * part of the answer. A negative total is a credit and is split as its opposite.
 * @throws {RangeError} when the weights are all 0 or one is negative
 */
export function split(totalOre: number, weights: readonly bigint[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum <= 0n || weights.some(weight => weight < 0n))
    throw new RangeError('Weights are not negative and not all 0')
  const total = BigInt(Math.abs(totalOre))
  const exact = weights.map((weight, index) => ({
    index,
    floor: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }))
  const left = Number(total - exact.reduce((a, { floor }) => a + floor, 0n))
  const luckiest = [...exact]
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)
    .slice(0, left)
  const extra = new Set(luckiest.map(({ index }) => index))
  const sign = totalOre < 0 ? -1 : 1
  return exact.map(({ floor, index }) => sign * (Number(floor) + (extra.has(index) ? 1 : 0)) || 0)
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `amountOre` × `part` / `whole`, rounded to the nearest öre; half an öre goes away from zero. */
export function proportion(amountOre: number, part: number, whole: number): number {
  const doubled = BigInt(Math.abs(amountOre)) * BigInt(part) * 2n
  const rounded = Number((doubled + BigInt(whole)) / (2n * BigInt(whole)))
  return (amountOre < 0 ? -1 : 1) * rounded || 0
}

export function lcm(a: bigint, b: bigint): bigint {
  return (a / gcd(a, b)) * b
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
