const plain = /^[\p{L}\p{N} _\-:/@,;=!"#%&'<>~`]$/u
const optional: ReadonlySet<string> = new Set(['*', '?', '{'])

/** The fixed text that every match of an anchored pattern begins with; empty when there is none. */
export function literalPrefix(pattern: string): string {
  if (!pattern.startsWith('^') || pattern.includes('|')) return ''
  const characters = Array.from(pattern.slice(1))
  let prefix = ''
  for (let at = 0; at < characters.length;) {
    const literal = literalAt(characters, at)
    if (literal === undefined) break
    const next = at + literal.length
    const following = characters[next]
    if (following !== undefined && optional.has(following)) break
    prefix += literal.text
    at = next
  }
  return prefix
}

/** The character a pattern stands for at this place and how long its spelling is. */
function literalAt(characters: readonly string[], at: number): { text: string; length: number } | undefined {
  const character = characters[at] ?? ''
  if (plain.test(character)) return { text: character, length: 1 }
  const escaped = characters[at + 1]
  return character === '\\' && escaped !== undefined && /^[^\p{L}\p{N}\s]$/u.test(escaped)
    ? { text: escaped, length: 2 }
    : undefined
}
