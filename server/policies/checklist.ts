import { isDay } from '../calendar-day.ts'
import { type FieldError } from '../domain-error.ts'

export const answers = ['yes', 'no', 'partly', 'not-applicable'] as const

/** One line of the authority's checklist in a version of the policy (R13). */
export interface ChecklistLine {
  readonly question: string
  /** Missing: not answered yet, so nobody has signed it. */
  readonly answer?: (typeof answers)[number]
  readonly comment?: string
  /** Name of who answers for it, as it was then. */
  readonly signedBy?: string
  /** Their account. Missing in lines from before accounts signed them. */
  readonly signerId?: string
  /** 'YYYY-MM-DD' */
  readonly signedOn?: string
}

/** A line as somebody writes it; who signs it is the account that writes. */
export type NewChecklistLine = Pick<ChecklistLine, 'question' | 'answer' | 'comment' | 'signedOn'>

interface Signing {
  /** Lines of the version before. */
  readonly before: readonly ChecklistLine[]
  readonly signer: { readonly id: string; readonly name: string }
  /** 'YYYY-MM-DD' */
  readonly today: string
}

/**
 * The lines as they are kept: one that stands as in the version before stays with who answered it and the day; each
 * other answer is signed by `signer`, on the day that was given or today.
 */
export function signedLines(
  lines: readonly NewChecklistLine[],
  { before, signer, today }: Signing,
): ChecklistLine[] {
  return lines.map(({ question, answer, comment, signedOn }) => {
    const said = { question: question.trim(), ...(answer && { answer }), ...(comment && { comment }) }
    if (answer === undefined) return said
    const same = before.find(
      line =>
        line.question === said.question &&
        line.answer === answer &&
        (line.comment ?? '') === (comment ?? '') &&
        (signedOn === undefined || line.signedOn === signedOn),
    )
    return same ?? { ...said, signedBy: signer.name, signerId: signer.id, signedOn: signedOn ?? today }
  })
}

/** What is wrong with the lines on the day `today`; empty when nothing is. */
export function checklistErrors(lines: readonly NewChecklistLine[], today: string): FieldError[] {
  const wrong: FieldError[] = []
  for (const [index, { question, signedOn }] of lines.entries()) {
    const at = `checklist.${index}`
    if (question.trim() === '')
      wrong.push({ path: `${at}.question`, code: 'missing', message: 'Give the question.' })
    if (signedOn !== undefined && !isDay(signedOn))
      wrong.push({ path: `${at}.signedOn`, code: 'day', message: 'Give the day as YYYY-MM-DD.' })
    else if (signedOn !== undefined && signedOn > today)
      wrong.push({ path: `${at}.signedOn`, code: 'later', message: 'The day cannot be later than today.' })
  }
  return wrong
}

/** Whether there are lines, and each is answered. */
export const isAnswered = (lines: readonly ChecklistLine[]): boolean =>
  lines.length > 0 && lines.every(({ answer }) => answer !== undefined)
