const longest = 80

/**
 * The one of `names` that `name` is most likely a slip of: the fewest letters changed, put in, left out or swapped,
 * capitals aside, and at most a third of them. Undefined when none is near.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined
  let best: { readonly name: string; readonly distance: number } | undefined
  const allowed = Math.max(1, Math.floor(name.length / 3))
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) > allowed) continue
    const distance = slips(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= allowed && (best === undefined || distance < best.distance))
      best = { name: candidate, distance }
  }
  return best?.name
}

/** Optimal string alignment distance. */
function slips(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1)
      current.push(least)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
