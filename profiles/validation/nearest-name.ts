const longest = 80

/**
 * The one of `names` that `name` is most likely a slip of: the fewest letters changed, put in, left out or swapped,
 * capitals aside, and at most a third of them. Undefined when none is near.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined
  let best: { readonly name: string; readonly distance: number } | undefined
  const allowed = Math.max(1, Math.floor(name.length / 3))
  const typed = name.toLowerCase()
  for (const candidate of names) {
    const known = candidate.toLowerCase()
    // A hostile file has thousands of unknown names: those that share too few letters are not compared in full.
    if (Math.abs(known.length - typed.length) > allowed || foreignLetters(typed, known) > allowed) continue
    const distance = slips(typed, known)
    if (distance <= allowed && (best === undefined || distance < best.distance))
      best = { name: candidate, distance }
  }
  return best?.name
}

const codes = 128
const counts = new Int8Array(codes)

/** How many letters one of the two has that the other has not, wherever they stand: never more than their distance. */
function foreignLetters(a: string, b: string): number {
  counts.fill(0)
  for (let at = 0; at < a.length; at += 1) count(a.charCodeAt(at), 1)
  for (let at = 0; at < b.length; at += 1) count(b.charCodeAt(at), -1)
  let [more, less] = [0, 0]
  for (const left of counts) {
    if (left > 0) more += left
    else less -= left
  }
  return Math.max(more, less)
}

function count(code: number, change: 1 | -1): void {
  // Letters that share a place count as one: that tells too few foreign ones, never too many.
  const place = code % codes
  counts[place] = (counts[place] ?? 0) + change
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
