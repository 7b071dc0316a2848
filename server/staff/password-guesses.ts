/** How soon each word is tried, from 1; in lower case. */
export type TriedWords = Pick<ReadonlyMap<string, number>, 'get'>

const longestWord = 24
const shortestWord = 3

const rows = ['abcdefghijklmnopqrstuvwxyzåäö', '01234567890', 'qwertyuiopå', 'asdfghjklöä', 'zxcvbnm']
const inOrder = [...rows, ...rows.map(row => Array.from(row).reverse().join(''))]

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
}

/**
 * How many guesses it takes somebody who tries words, years, rows of keys and repetitions before single characters, as
 * the exponent of ten. The cheapest way of putting the text together counts; the model is that of zxcvbn (Wheeler,
 * USENIX Security 2016), on its list of leaked passwords. `text` is in lower case.
 */
export function guessesFor(text: string, words: TriedWords): number {
  const cheapest = [0]
  for (let end = 1; end <= text.length; end++) {
    let best = Infinity
    for (let begin = Math.max(0, end - longestWord); begin < end; begin++) {
      const cost = pieceCost(text.slice(begin, end), text.slice(0, begin), words)
      best = Math.min(best, (cheapest[begin] ?? Infinity) + cost)
    }
    cheapest.push(best)
  }
  return cheapest[text.length] ?? 0
}

function pieceCost(piece: string, before: string, words: TriedWords): number {
  if (piece.length === 1) return /[\s._-]/.test(piece) ? 0.5 : 1
  if (piece.length < shortestWord) return Infinity
  if (before.includes(piece)) return 0.3
  const rank = words.get(piece)
  if (rank !== undefined) return Math.log10(rank + 1)
  if (/^(?:19|20)\d\d$/.test(piece)) return 2
  if (isRun(piece)) return 1 + Math.log10(piece.length)
  const meant = words.get(piece.replace(/[01345@$]/g, sign => leet[sign] ?? sign))
  return meant === undefined ? Infinity : Math.log10(meant + 1) + 0.3
}

/** One sign again and again, or signs that follow each other in the alphabet, in digits or on the keyboard. */
function isRun(piece: string): boolean {
  return piece === piece.charAt(0).repeat(piece.length) || inOrder.some(row => row.includes(piece))
}
