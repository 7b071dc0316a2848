import { failedToParse } from '../../errors.ts'
import { compileMatch } from '../../query/match.ts'
import { distinctValues } from '../../query/path.ts'
import { asNumber, isNumber } from '../../values/numbers.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { compileExpression } from '../expressions/compile.ts'
import { pathNames } from '../expressions/field-path.ts'
import { type Evaluate } from '../expressions/scope.ts'
import { identityOf } from '../identity.ts'
import { HeldMemory } from '../memory-limit.ts'
import { type Stage, type StageContext } from '../pipeline-context.ts'
import { withField } from './unwind.ts'

interface Graph {
  readonly from: string
  readonly as: readonly string[]
  readonly connectFromField: string
  readonly connectToField: string
  readonly startWith: Evaluate
  readonly maxDepth: number
  readonly depthField: readonly string[] | undefined
  readonly restriction: Document | undefined
}

const texts = ['from', 'as', 'connectFromField', 'connectToField'] as const

function parseGraph(argument: Value, { scope }: StageContext): Graph {
  if (!isDocument(argument)) throw failedToParse('the $graphLookup stage specification must be an object')
  const [from = '', as = '', connectFromField = '', connectToField = ''] = texts.map(key => {
    const value = argument.get(key)
    if (typeof value !== 'string') throw failedToParse(`$graphLookup argument '${key}' must be a string`)
    return value
  })
  const known = new Set<string>([...texts, 'startWith', 'maxDepth', 'depthField', 'restrictSearchWithMatch'])
  for (const key of argument.keys())
    if (!known.has(key)) throw failedToParse(`Unknown argument to $graphLookup: ${key}`)
  const [depth, depthField, restriction] = ['maxDepth', 'depthField', 'restrictSearchWithMatch'].map(key =>
    argument.get(key),
  )
  return {
    from,
    as: pathNames(as),
    connectFromField,
    connectToField,
    startWith: compileExpression(argument.get('startWith') ?? null, scope),
    maxDepth: depth !== undefined && isNumber(depth) ? asNumber(depth) : Infinity,
    depthField: typeof depthField === 'string' ? pathNames(depthField) : undefined,
    restriction: isDocument(restriction) ? restriction : undefined,
  }
}

/** `$graphLookup`: breadth first, one question to the collection for each depth; each document is found once. */
export function compileGraphLookup(argument: Value, context: StageContext): Stage {
  const graph = parseGraph(argument, context)
  return function* graphLookup(input) {
    for (const document of input)
      yield withField(document, graph.as, [...reachable(document, graph, context)])
  }
}

function* reachable(document: Document, graph: Graph, { port }: StageContext): Generator<Document> {
  const memory = new HeldMemory('$graphLookup', port.limits)
  const seen = new Set<string>()
  const start = graph.startWith(document) ?? null
  let frontier: Value[] = Array.isArray(start) ? start : [start]
  for (let depth = 0; depth <= graph.maxDepth && frontier.length > 0; depth++) {
    const next: Value[] = []
    for (const found of connected(frontier, graph, port)) {
      const identity = identityOf(found.get('_id') ?? null)
      if (seen.has(identity)) continue
      seen.add(identity)
      next.push(...distinctValues(found, graph.connectFromField))
      yield memory.hold(graph.depthField ? withField(found, graph.depthField, BigInt(depth)) : found)
    }
    frontier = next
  }
}

function* connected(values: Value[], graph: Graph, port: StageContext['port']): Generator<Document> {
  const filter: Document = new Map([[graph.connectToField, new Map([['$in', values]])]])
  const both: Document = graph.restriction ? new Map([['$and', [filter, graph.restriction]]]) : filter
  const matches = compileMatch(both)
  for (const found of port.readCollection(graph.from, both)) if (matches(found)) yield found
}
