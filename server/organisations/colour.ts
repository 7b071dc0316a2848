import { because, type Reason } from '../reason.ts'

/** WCAG 2.1, 1.4.3: text has at least this contrast with what it stands on. */
const leastContrast = 4.5

/** Why white text cannot stand on this colour; undefined when it can, and for no colour at all. */
export function colourFault(colour: string): Reason | undefined {
  if (colour === '') return undefined
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return because('colour-form', 'A colour looks like #0f4c56.')
  const contrast = contrastWithWhite(colour)
  if (contrast >= leastContrast) return undefined
  const values = { contrast: Math.floor(contrast * 10) / 10 }
  return because(
    'colour-contrast',
    'White text on this colour has a contrast of {contrast}. It takes 4.5 to be readable. Choose a darker colour.',
    values,
  )
}

/** The contrast ratio of white text on `#rrggbb`, 1 to 21, as WCAG 2.1 computes it. */
export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map(channel => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

/** The colour with that share of its light, 0 to 1, as `#rrggbb`. */
export function darker(colour: string, share: number): string {
  return `#${channelsOf(colour)
    .map(channel =>
      Math.round(channel * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
}
