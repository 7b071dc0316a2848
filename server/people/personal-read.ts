/** How many people lists show somebody in a day before the log says so; it says so again at each doubling. */
const many = 100
/** From here on whoever turns pages, or asks for big ones, proves first that it is still them. */
const provenFrom = 250
/** Rows of a page as the product shows it; who asks for more at once reads in bulk. */
const ordinaryPage = 50

/** What is asked of a list of people, as far as it tells a look-up from reading on. */
export interface ListAsked {
  readonly limit: number
  readonly after?: string | undefined
}

/** Whether the log tells of it when somebody was shown `before` people that day, and `after` with this page. */
export function isToldAt(before: number, after: number): boolean {
  return doublings(after) > doublings(before)
}

function doublings(shown: number): number {
  return shown < many ? 0 : 1 + Math.floor(Math.log2(shown / many))
}

/**
 * Whether a person at a screen has to prove anew who they are before this page is shown, after `shown` people in lists
 * that day. Whoever looks somebody up is never asked: only reading on, page by page or by big ones.
 */
export function wantsProof(shown: number, { limit, after }: ListAsked): boolean {
  return shown >= provenFrom && (after !== undefined || limit > ordinaryPage)
}
