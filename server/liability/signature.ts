import { DomainError } from '../domain-error.ts'

/** How the borrower signed: with a finger on the screen, or by typing the name where a hand cannot. */
export type Signature = DrawnSignature | TypedSignature

export interface DrawnSignature {
  readonly kind: 'drawn'
  /** Size of the pad it was drawn on, in the unit of the points. */
  readonly width: number
  readonly height: number
  readonly strokes: readonly Stroke[]
}

interface TypedSignature {
  readonly kind: 'typed'
  readonly name: string
}

interface Stroke {
  readonly points: readonly Point[]
}

interface Point {
  readonly x: number
  readonly y: number
  /** Milliseconds, as the pad counted them; kept as evidence of how it was drawn. */
  readonly time?: number
  readonly pressure?: number
}

/** A line shorter than this part of the pad's width is a touch by mistake, not a signature. */
const shortestPart = 0.05

/** @throws {DomainError} invalid `signature-empty` for a pad that was only touched and a name that is no name */
export function checkSignature(signature: Signature): void {
  const signed =
    signature.kind === 'typed'
      ? /\p{L}.*\p{L}/u.test(signature.name)
      : lengthOf(signature.strokes) >= signature.width * shortestPart
  if (signed) return
  const message = signature.kind === 'typed' ? 'Type your name to sign.' : 'Sign in the box.'
  throw new DomainError('invalid', 'signature-empty', message, [{ path: 'signature', message }])
}

function lengthOf(strokes: readonly Stroke[]): number {
  let length = 0
  for (const { points } of strokes)
    for (const [index, point] of points.entries()) {
      const before = points[index - 1]
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y)
    }
  return length
}

/**
 * The strokes as one SVG path, scaled to fit a box with their own margins cut away; `width` and `height` are what the
 * path really takes of it.
 */
export function signaturePath(
  { strokes }: DrawnSignature,
  box: { readonly width: number; readonly height: number },
): { path: string; width: number; height: number } {
  const points = strokes.flatMap(stroke => stroke.points)
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))]
  const [right, bottom] = [Math.max(...points.map(({ x }) => x)), Math.max(...points.map(({ y }) => y))]
  const scale = Math.min(box.width / Math.max(right - left, 1), box.height / Math.max(bottom - top, 1))
  const at = ({ x, y }: Point) => `${round((x - left) * scale)} ${round((y - top) * scale)}`
  const path = strokes.map(({ points: line }) => strokePath(line, at)).join(' ')
  return { path, width: (right - left) * scale, height: (bottom - top) * scale }
}

/** One stroke; a single point becomes a dot, for a line without length is not drawn everywhere. */
function strokePath(points: readonly Point[], at: (point: Point) => string): string {
  const [first, ...rest] = points
  if (!first) return ''
  const line = rest.length > 0 ? rest : [{ ...first, x: first.x + 0.5 }]
  return `M ${at(first)} ${line.map(point => `L ${at(point)}`).join(' ')}`
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
