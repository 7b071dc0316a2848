import Joi from 'joi'
import { type Language } from '../../server/organisations/organisation.ts'
import { answers, type ChecklistLine, type NewChecklistLine } from '../../server/policies/checklist.ts'
import { furtherQuestions } from '../../server/policies/checklist-questions.ts'
import { type Fields } from '../form.ts'
import { type Say } from '../language.ts'
import { textOf, type Typed } from '../reader.ts'

export const policyFields = {
  title: { label: 'policy.title' },
  text: { label: 'policy.text', hint: 'policy.text.hint', type: 'textarea', rows: 14 },
} as const satisfies Fields

export const policySchema = Joi.object<{ title: string; text: string; basedOn: number }>({
  title: Joi.string().trim().max(200).required(),
  text: Joi.string().trim().max(200_000).required(),
  basedOn: Joi.number().integer().min(0).default(0),
})

const cells = ['question', 'answer', 'comment'] as const
type Cell = (typeof cells)[number]
const emptyRows = 3
/** As many as the API takes. */
const mostRows = 200

const nameOf = (row: number, cell: Cell) => `check-${row}-${cell}`

/**
 * What a new version begins with: the lines of the one before, and after them those of the authority's questions that
 * it lacks, in `language`.
 */
export function typedChecklist(before: readonly ChecklistLine[], language: Language): Typed {
  const there = before.map(({ question }) => question)
  const further = furtherQuestions(there, language).map(question => ({ question }))
  const lines = [...before, ...further]
    .slice(0, mostRows)
    .flatMap((line: ChecklistLine, row) => cells.map(cell => [nameOf(row, cell), line[cell] ?? ''] as const))
  return Object.fromEntries(lines)
}

/** The lines as fields: those that were typed, and empty ones after them. */
export function checklistRows(typed: Typed, say: Say, before: readonly ChecklistLine[] = []) {
  const filled = [...Array(mostRows).keys()].filter(row => textOf(typed[nameOf(row, 'question')]) !== '')
  const count = Math.min(mostRows, (filled.at(-1) ?? -1) + 1 + emptyRows)
  return [...Array(count).keys()].map(row => {
    const field = (cell: Cell) => ({
      name: nameOf(row, cell),
      id: `field-${nameOf(row, cell)}`,
      value: textOf(typed[nameOf(row, cell)]),
    })
    const [question, answer] = [field('question'), field('answer')]
    const former = before.find(line => line.question === question.value)
    return {
      legend: say('policy.line', { number: row + 1 }),
      question,
      answer: {
        ...answer,
        options: answers.map(value => ({
          value,
          text: say(`policy.answer.${value}`),
          isChosen: value === answer.value,
        })),
      },
      comment: field('comment'),
      signed: former?.signedBy !== undefined && {
        text: say('policy.signed', { name: former.signedBy, day: former.signedOn ?? '' }),
      },
    }
  })
}

/** The lines that were typed; those without a question are none, and those without an answer wait for one. */
export function readChecklist(typed: Typed): NewChecklistLine[] {
  const checklist: NewChecklistLine[] = []
  for (let row = 0; row < mostRows; row++) {
    const cell = (name: Cell) => textOf(typed[nameOf(row, name)]).trim()
    const question = cell('question').slice(0, 1000)
    if (question === '') continue
    const answer = answers.find(each => each === cell('answer'))
    const comment = cell('comment').slice(0, 4000)
    checklist.push({ question, ...(answer && { answer }), ...(comment !== '' && { comment }) })
  }
  return checklist
}
