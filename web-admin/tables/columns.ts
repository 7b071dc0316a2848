import { type Badge } from '../badge.ts'
import { type Cell } from '../csv.ts'
import { type TextKey } from '../texts/texts.ts'

/** One column of a list: how its cell reads on the page, and what stands in a file. */
export interface Column<Row> {
  readonly key: string
  readonly text: TextKey
  /** Its name in the address, where the list can be in its order. */
  readonly sort?: string
  /** Not shown until somebody chooses it. */
  readonly isSpare?: boolean
  readonly isNumber?: boolean
  /** `page`: a deed, which no file takes along. `file`: too much to read on a page. Neither is chosen or put away. */
  readonly only?: 'page' | 'file'
  readonly show: (row: Row) => CellView | string | undefined
  readonly file: (row: Row) => Cell
}

export interface CellView {
  readonly text?: string | undefined
  readonly href?: string | undefined
  readonly badges?: readonly Badge[]
  /** Codes and numbers that are compared letter by letter. */
  readonly isMono?: boolean
  readonly isSoft?: boolean
  readonly isUnbroken?: boolean
  /** An address or the like, which may break between any two letters. */
  readonly isAnywhere?: boolean
  /** What the eye finds first in its row. */
  readonly isStrong?: boolean
  /** Small words under it. */
  readonly note?: string | undefined
  /** What is opened by whoever wants to know more. */
  readonly details?: CellDetails | undefined
  readonly deed?: CellDeed | undefined
}

interface CellDetails {
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[]
}

/**
 * A button in a row: a form that is sent to `action`, or with `href` a link; `label` says it without the row. With
 * `asks` the button is shown with these words first, and sends when it is pressed there.
 */
type CellDeed = { readonly label: string; readonly text?: string; readonly icon?: string } & (
  { readonly action: string; readonly asks?: string } | { readonly href: string }
)

/**
 * The first column names the row and stays, as do deeds and what is for files alone; of the others those that somebody
 * chose, or else all but the spare ones.
 */
export function chosenColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
): readonly Column<Row>[] {
  return columns.filter(
    ({ key, isSpare = false, only }, at) =>
      at === 0 || only !== undefined || (chosen ? chosen.includes(key) : !isSpare),
  )
}

const listPattern = /^[a-z-]{1,20}(?:\.[a-zA-Z]{1,24}){0,30}$/

/** What a browser remembers of the columns of each list; what was tampered with is forgotten. */
export function readChoices(cookie: unknown): ReadonlyMap<string, readonly string[]> {
  const lists = typeof cookie === 'string' ? cookie.split('~').filter(text => listPattern.test(text)) : []
  return new Map(
    lists.map(text => {
      const [list = '', ...keys] = text.split('.')
      return [list, keys] as const
    }),
  )
}

/** The same with another choice for one list, as a cookie; nothing for that list when `keys` is undefined. */
export function writeChoices(
  choices: ReadonlyMap<string, readonly string[]>,
  list: string,
  keys: readonly string[] | undefined,
): string {
  const all = new Map(choices)
  if (keys) all.set(list, keys)
  else all.delete(list)
  return [...all].map(([name, chosen]) => [name, ...chosen].join('.')).join('~')
}
