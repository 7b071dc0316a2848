import { failedToParse } from '../errors.ts'
import { shellText } from '../indexes/shell-text.ts'
import { type Test } from '../query/path.ts'
import { typeName } from '../query/type-alias.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { arrayOperators } from './array-operators.ts'
import { fieldOperators } from './field-operators.ts'
import { type Change, type UpdateOperator } from './operator.ts'
import { parseRename, rename } from './rename.ts'
import { comparePaths, parseModifierPath, refuseConflicts, refuseDollarField } from './update-path.ts'
import { visit } from './visit.ts'

const operators: Readonly<Record<string, UpdateOperator>> = { ...fieldOperators, ...arrayOperators }

/** The names of the update operators that the engine takes. */
export const updateOperators: readonly string[] = [...Object.keys(operators), '$rename']

/** What an update needs to know of the document it changes. */
export interface Occasion {
  readonly now: Date
  readonly matchedIndex: number | undefined
  readonly isInsert: boolean
}

interface Modification {
  /** What conflicts are looked for in, and the order of application. */
  readonly paths: readonly string[]
  readonly onlyOnInsert: boolean
  readonly apply: (document: Document, occasion: Occasion) => void
}

/**
 * Checks an update made of operators and gives the function that changes a document in place.
 * Fields are set in the server's order: by name, whatever the order of the operators.
 */
export function compileModifiers(update: Document, arrayFilters: ReadonlyMap<string, Test>) {
  const modifications = [...update].flatMap(([name, fields]) => parseOperator(name, fields, arrayFilters))
  const paths = modifications.flatMap(modification => modification.paths)
  refuseConflicts(paths)
  refuseUnusedFilters(update, paths, arrayFilters)
  const inOrder = [...modifications].sort((a, b) => comparePaths(a.paths.at(-1) ?? '', b.paths.at(-1) ?? ''))
  return (document: Document, occasion: Occasion): void => {
    for (const { onlyOnInsert, apply } of inOrder)
      if (!onlyOnInsert || occasion.isInsert) apply(document, occasion)
  }
}

function parseOperator(name: string, fields: Value, arrayFilters: ReadonlyMap<string, Test>): Modification[] {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (!operator && name !== '$rename') {
    throw failedToParse(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    )
  }
  if (!isDocument(fields)) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${shellText(fields)}}`,
    )
  }
  return [...fields].map(([path, argument]) => {
    if (!operator) return renaming(path, argument)
    const change = operator.prepare(argument, path)
    return modifying(
      { path, argument, change, operator, onlyOnInsert: name === '$setOnInsert' },
      arrayFilters,
    )
  })
}

interface Modifying {
  readonly path: string
  readonly argument: Value
  readonly change: Change
  readonly operator: UpdateOperator
  readonly onlyOnInsert: boolean
}

function modifying(
  { path, argument, change, operator: { creates, passesBy }, onlyOnInsert }: Modifying,
  arrayFilters: ReadonlyMap<string, Test>,
): Modification {
  const parsed = parseModifierPath(path)
  return {
    paths: [path],
    onlyOnInsert,
    apply: (document, { now, matchedIndex }) => {
      if (creates) refuseDollarField(parsed)
      const call = { path, argument, now, id: document.get('_id') }
      const resolution = { matchedIndex, arrayFilters, creates, passesBy }
      visit(document, parsed, resolution, place => change(place, call))
    },
  }
}

function renaming(from: string, to: Value): Modification {
  const parsed = parseRename(from, to)
  return {
    paths: [parsed.from.text, parsed.to.text],
    onlyOnInsert: false,
    apply: document => rename(document, parsed),
  }
}

function refuseUnusedFilters(
  update: Document,
  paths: readonly string[],
  arrayFilters: ReadonlyMap<string, Test>,
): void {
  for (const identifier of arrayFilters.keys()) {
    if (paths.some(path => path.split('.').includes(`$[${identifier}]`))) continue
    throw failedToParse(
      `The array filter for identifier '${identifier}' was not used in the update ${shellText(update)}`,
    )
  }
}
