import Joi from 'joi'
import { isDay } from '../../server/calendar-day.ts'
import { answers, type ChecklistAnswer, type NewPolicy } from '../../server/policies/policy.ts'
import { type Fields, type FormError } from '../form.ts'
import { type Say } from '../language.ts'
import { textOf, type Typed } from '../reader.ts'

export const policyFields = {
  title: { label: 'policy.title' },
  text: { label: 'policy.text', hint: 'policy.text.hint', type: 'textarea', rows: 14 },
} as const satisfies Fields

export const policySchema = Joi.object<{ title: string; text: string }>({
  title: Joi.string().trim().max(200).required(),
  text: Joi.string().trim().max(200_000).required(),
})

const cells = ['question', 'answer', 'comment', 'signedBy', 'signedOn'] as const
type Cell = (typeof cells)[number]
const emptyRows = 3
/** As many as the API takes. */
const mostRows = 200

const nameOf = (row: number, cell: Cell) => `check-${row}-${cell}`

/** The lines of a checklist as the form sends them. */
export function typedChecklist(checklist: readonly ChecklistAnswer[]): Typed {
  const lines = checklist.flatMap((line, row) =>
    cells.map(cell => [nameOf(row, cell), line[cell] ?? ''] as const),
  )
  return Object.fromEntries(lines)
}

/** The lines as fields: those that were typed, and empty ones after them. */
export function checklistRows(typed: Typed, say: Say, errors: readonly FormError[] = []) {
  const filled = [...Array(mostRows).keys()].filter(row => textOf(typed[nameOf(row, 'question')]) !== '')
  const count = Math.min(mostRows, (filled.at(-1) ?? -1) + 1 + emptyRows)
  return [...Array(count).keys()].map(row => {
    const field = (cell: Cell) => ({
      name: nameOf(row, cell),
      id: `field-${nameOf(row, cell)}`,
      value: textOf(typed[nameOf(row, cell)]),
    })
    const answer = field('answer')
    return {
      legend: say('policy.line', { number: row + 1 }),
      error: errors.find(({ path }) => path === nameOf(row, 'question'))?.message,
      question: field('question'),
      answer: {
        ...answer,
        options: answers.map(value => ({
          value,
          text: say(`policy.answer.${value}`),
          isChosen: value === answer.value,
        })),
      },
      comment: field('comment'),
      signedBy: field('signedBy'),
      signedOn: field('signedOn'),
    }
  })
}

/** The lines that were typed; those without a question are none. Each line that lacks something is an error. */
export function readChecklist(typed: Typed, say: Say) {
  const errors: FormError[] = []
  const checklist: NewPolicy['checklist'][number][] = []
  for (let row = 0; row < mostRows; row++) {
    const cell = (name: Cell) => textOf(typed[nameOf(row, name)])
    if (cell('question') === '') continue
    const answer = answers.find(each => each === cell('answer'))
    const [signedBy, signedOn, comment] = [cell('signedBy'), cell('signedOn'), cell('comment')]
    if (answer === undefined || signedBy === '' || !isDay(signedOn))
      errors.push({
        path: nameOf(row, 'question'),
        message: say('policy.line.wrong', { number: row + 1 }),
      })
    else
      checklist.push({
        question: cell('question').slice(0, 1000),
        answer,
        signedBy: signedBy.slice(0, 200),
        signedOn,
        ...(comment !== '' && { comment: comment.slice(0, 4000) }),
      })
  }
  return { checklist, errors }
}
