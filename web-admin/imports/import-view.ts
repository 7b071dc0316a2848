import { type Outcome } from '../../server/imports/import-plan.ts'
import { type Preview } from '../../server/imports/imports.ts'
import { type Delimiter } from '../../server/imports/reading.ts'
import { type Badge } from '../badge.ts'
import { reasonWords } from '../form.ts'
import { type Say } from '../language.ts'

/** Separators by a name that a form can send; a tab cannot be seen there. */
export const delimiterNames = { semicolon: ';', comma: ',', tab: '\t' } as const satisfies Record<
  string,
  Delimiter
>
export type DelimiterName = keyof typeof delimiterNames

const outcomes: readonly Outcome[] = ['create', 'change', 'same', 'error']
const badges: Readonly<Record<Outcome, Pick<Badge, 'tone' | 'icon'>>> = {
  create: { tone: 'done', icon: 'plus' },
  change: { tone: 'info', icon: 'pen' },
  same: { tone: 'plain', icon: 'done' },
  error: { tone: 'danger', icon: 'warning' },
}

const shownRows = 200

/** What a file would do: counts, the rows with the errors first, and what can be taken in. */
export function previewView(preview: Preview, say: Say) {
  const { counts, rows, fileName, encoding, delimiter, ignored } = preview
  const badge = (outcome: Outcome): Badge => ({ ...badges[outcome], text: say(`import.outcome.${outcome}`) })
  const ordered = [...rows].sort(
    (a, b) => Number(b.outcome === 'error') - Number(a.outcome === 'error') || a.row - b.row,
  )
  const taken = counts.create + counts.change
  const name = (Object.keys(delimiterNames) as DelimiterName[]).find(one => delimiterNames[one] === delimiter)
  return {
    title: say('import.preview', { file: fileName }),
    readAs: say('import.read-as', {
      encoding: say(`import.encoding.${encoding}`),
      delimiter: say(`import.delimiter.${name ?? 'semicolon'}`).toLowerCase(),
    }),
    ignored: ignored.length > 0 ? say('import.ignored', { columns: ignored.join(', ') }) : undefined,
    counts: outcomes.map(outcome => ({ ...badge(outcome), count: counts[outcome] })),
    rows: ordered.slice(0, shownRows).map(({ row, outcome, subject, reasons }) => ({
      row,
      subject,
      badge: badge(outcome),
      reasons: reasons.map(reason => reasonWords(reason, say)),
    })),
    shown: rows.length > shownRows ? say('import.first-rows', { count: shownRows }) : undefined,
    hasErrors: counts.error > 0,
    errorsText: say('import.errors.text', { count: counts.error }),
    isDone: preview.state !== 'previewed',
    mayTake: taken > 0 && preview.state === 'previewed',
    takeText: say(counts.error > 0 ? 'import.do.rest' : 'import.do', { count: taken }),
  }
}
