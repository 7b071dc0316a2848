import { hash } from 'node:crypto'
import { type FormField } from '../../../profiles/editor/form-field.ts'
import { type Sent, type SentFields } from '../../../profiles/editor/read-fields.ts'

/** What each field said when the form was shown, as a form carries it along: short marks, not the words themselves. */
export const marksOf = (fields: readonly FormField[]): string =>
  JSON.stringify(Object.fromEntries(fields.flatMap(marksWithin)))

function marksWithin(field: FormField): [string, string][] {
  const { name, control, text, chosen, fields, rows } = field
  if (control === 'group' || control === 'rows') return [...fields, ...rows].flatMap(marksWithin)
  return [[name, markOf({ texts: control === 'checks' || control === 'references' ? chosen : [text] })]]
}

const markOf = ({ texts }: Sent): string =>
  hash(
    'sha256',
    JSON.stringify(
      texts
        .filter(text => text !== '')
        .map(text => text.replace(/\r\n?/g, '\n'))
        .sort(),
    ),
  ).slice(0, 12)

/** What somebody changed since the form was shown: the rest is left as whoever saved meanwhile has left it. */
export function changedSince(sent: SentFields, marks: unknown): SentFields {
  const known = readMarks(marks)
  return new Map(
    [...sent].filter(([name, each]) => each.file !== undefined || known.get(name) !== markOf(each)),
  )
}

function readMarks(marks: unknown): ReadonlyMap<string, unknown> {
  if (typeof marks !== 'string') return new Map()
  try {
    const read: unknown = JSON.parse(marks)
    return new Map(typeof read === 'object' && read !== null ? Object.entries(read) : [])
  } catch {
    return new Map()
  }
}
