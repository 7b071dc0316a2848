/** The smallest value that `share` (0–1) of the values do not exceed; nearest rank. Throws for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new RangeError('There are no values.')
  return value
}

/** The last line of a bench: what was measured, what it must not pass, and the one over the other. */
export function resultLine(name: string, value: number, limit: number): string {
  const short = (number: number) => String(Number(number.toPrecision(3)))
  return `RESULT ${name} value=${short(value)} limit=${short(limit)} ratio=${short(value / limit)}`
}
