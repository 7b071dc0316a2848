import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The values of the style sheet by name, without the dashes before it. */
type Tokens = Readonly<Record<string, string>>

export interface Palette {
  readonly light: Tokens
  /** Dark is light with these changes. */
  readonly dark: Tokens
}

/** The tokens as the pages use them: read from the style sheet itself, so that nothing here can be out of date. */
export function readTokens(): Palette {
  const sheet = readFileSync(join(import.meta.dirname, '..', 'styles', 'tokens.css'), 'utf8')
  const light = tokensIn(blockOf(sheet, ':root {'))
  return { light, dark: { ...light, ...tokensIn(blockOf(sheet, ":root[data-theme='dark'] {")) } }
}

function blockOf(sheet: string, opening: string): string {
  const from = sheet.indexOf(opening)
  if (from === -1) throw new Error(`tokens.css has no ${opening}`)
  return sheet.slice(from, sheet.indexOf('}', from))
}

function tokensIn(block: string): Tokens {
  const found = block.matchAll(/--([\w-]+):\s*([^;]+);/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value.replace(/\s+/g, ' ')]))
}

/** The ratio of WCAG 2.1 between two colours, `#rgb` or `#rrggbb`: 1 when they are the same, 21 at most. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1]
  if (digits === undefined) throw new Error(`${colour} is no colour in digits`)
  const size = digits.length / 3
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map(index => {
    const part = digits.slice(index * size, (index + 1) * size)
    const value = Number.parseInt(size === 1 ? part + part : part, 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Which colour is shown on which, with the contrast that WCAG 2.1 AA asks for: 4.5 for text, 3 for edges and signs. */
export const pairs: readonly (readonly [front: string, back: string, least: number])[] = [
  ['ink', 'paper', 4.5],
  ['ink', 'card', 4.5],
  ['ink', 'sunk', 4.5],
  ['soft', 'paper', 4.5],
  ['soft', 'card', 4.5],
  ['soft', 'sunk', 4.5],
  ['link', 'paper', 4.5],
  ['link', 'card', 4.5],
  ['on-brand', 'brand', 4.5],
  ['on-danger', 'danger', 4.5],
  ['on-side', 'side', 4.5],
  ['on-side', 'side-here', 4.5],
  ['soft-on-side', 'side', 4.5],
  ['pupil', 'iris', 4.5],
  ['done', 'done-paper', 4.5],
  ['warning', 'warning-paper', 4.5],
  ['danger', 'danger-paper', 4.5],
  ['info', 'info-paper', 4.5],
  ['plain', 'plain-paper', 4.5],
  ['edge', 'card', 3],
  ['edge', 'paper', 3],
  ['focus', 'paper', 3],
  ['focus', 'card', 3],
]
