import { type Words } from '../catalogue/notation.ts'
import { type Finding, type FindingCode, type Place } from './finding.ts'

/** No profile needs more to be told; a hostile one could ask for millions. */
const mostFindings = 500

const tooMany: Finding = {
  severity: 'error',
  code: 'too-many-findings',
  place: { path: [] },
  words: ['Profilen har fler fel än som visas här.', 'The profile has more errors than are shown here.'],
}

type Extra = Pick<Finding, 'suggestion' | 'ipads'>

/** Collects what is found, in order, up to a bound. */
export class Findings {
  readonly #found: Finding[] = []

  add(finding: Finding): void {
    if (this.#found.length < mostFindings) this.#found.push(finding)
    else if (this.#found.length === mostFindings) this.#found.push(tooMany)
  }

  error(code: FindingCode, place: Place, words: Words, extra?: Extra): void {
    this.add({ severity: 'error', code, place, words, ...extra })
  }

  warning(code: FindingCode, place: Place, words: Words, extra?: Extra): void {
    this.add({ severity: 'warning', code, place, words, ...extra })
  }

  get isFull(): boolean {
    return this.#found.length > mostFindings
  }

  all(): readonly Finding[] {
    return this.#found
  }
}
