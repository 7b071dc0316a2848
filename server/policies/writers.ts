import { checklistQuestions } from './checklist-questions.ts'
import { type SecurityPolicy } from './policy.ts'

/** So many words in a row are somebody's text: fewer are found in every policy. */
const wordsInARow = 5

/**
 * The accounts that wrote in a version: who saved it, and each who wrote an earlier draft of which something still stands
 * in it. What the approved version before them said is everybody's, for two have seen it.
 */
export function writersOf(policy: SecurityPolicy, versions: readonly SecurityPolicy[]): ReadonlySet<string> {
  const earlier = versions
    .filter(({ number }) => number < policy.number)
    .toSorted((one, other) => one.number - other.number)
  const agreed = earlier.findLastIndex(({ approval }) => approval !== undefined)
  const known = new Set(agreed < 0 ? [] : saidIn(earlier[agreed]))
  const said = new Set(saidIn(policy))
  const writers = new Set([policy.writtenBy.id])
  for (const draft of earlier.slice(agreed + 1)) {
    const own = saidIn(draft).filter(each => !known.has(each))
    if (own.some(each => said.has(each))) writers.add(draft.writtenBy.id)
    for (const each of own) known.add(each)
  }
  return writers
}

/** All that a version says, in pieces that stay alike when the text around them is changed. */
function saidIn(policy: SecurityPolicy | undefined): string[] {
  if (policy === undefined) return []
  const { title, text, checklist } = policy
  const asked = checklist.map(({ question }) => question).filter(question => !given.has(question))
  const written = [title, text, ...asked, ...checklist.map(({ comment = '' }) => comment)]
  const answered = checklist.flatMap(({ question, answer }) => answer && `${question}\n${answer}`)
  return [...written.flatMap(runsOf), ...answered.filter(each => each !== undefined)]
}

/** Questions that the product gives are nobody's. */
const given = new Set((['sv', 'en'] as const).flatMap(checklistQuestions))

function runsOf(text: string): string[] {
  const words = text.split(/\s+/).filter(word => word !== '')
  if (words.length <= wordsInARow) return words.length === 0 ? [] : [words.join(' ')]
  return words.slice(wordsInARow - 1).map((_, at) => words.slice(at, at + wordsInARow).join(' '))
}
