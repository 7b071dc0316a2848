import { type Field, type Fields } from './form.ts'
import { type Say } from './language.ts'
import { type Typed } from './reader.ts'

/** One field that somebody else saved while this form was being filled in. */
export interface TheirChange {
  readonly label: string
  readonly theirs: string
  /** This reader changed it too: their own words stand in the field, and are saved if they save again. */
  readonly isClash: boolean
}

interface Met {
  /** What the form shows now: what the reader changed, and around it what stands since. */
  readonly typed: Record<string, unknown>
  readonly theirs: readonly TheirChange[]
}

/** What a form held when it was opened, as the form itself sends it back; nothing when that cannot be read. */
export function seenIn(typed: Typed): Typed {
  try {
    const seen: unknown = JSON.parse(typeof typed['seen'] === 'string' ? typed['seen'] : '')
    return typeof seen === 'object' && seen !== null ? (seen as Typed) : {}
  } catch {
    return {}
  }
}

/** What a form holds now, for its hidden field `seen`. */
export function seenText(typed: Typed): string {
  return typeof typed['seen'] === 'string' ? typed['seen'] : JSON.stringify(typed)
}

/**
 * Two people at one form. What only the other changed is taken over, so that saving does not undo it; what the reader
 * changed is kept; what both changed is kept too and told.
 */
export function meetChanges(
  fields: Fields,
  { was, mine, now }: { readonly was: Typed; readonly mine: Typed; readonly now: Typed },
  say: Say,
): Met {
  const typed: Record<string, unknown> = { ...mine }
  const theirs: TheirChange[] = []
  for (const [name, field] of Object.entries(fields)) {
    const [before, own, current] = [plain(was[name]), plain(mine[name]), plain(now[name])]
    if (before === current) continue
    const isMine = own !== before && own !== current
    if (!isMine) typed[name] = now[name]
    theirs.push({
      label: field.said ?? say(field.label),
      theirs: shown(field, now[name], say),
      isClash: isMine,
    })
  }
  return { typed, theirs }
}

/** A value as a form would send it, so that the three can be compared. */
function plain(value: unknown): string {
  if (value === true) return 'on'
  if (value === undefined || value === null || value === false) return ''
  if (Array.isArray(value)) return value.map(plain).toSorted().join(',')
  return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : JSON.stringify(value)
}

function shown({ type, options = [] }: Field, value: unknown, say: Say): string {
  if (type === 'checkbox') return say(plain(value) === '' ? 'no' : 'yes')
  if (Array.isArray(value)) return say('stale.other')
  const text = plain(value)
  return options.find(option => option.value === text)?.text ?? (text === '' ? say('stale.empty') : text)
}
