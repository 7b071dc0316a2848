import { atLocation } from '../errors.ts'
import { type Document, isDocument, type Value } from '../values/value.ts'
import { type Scope } from './expressions/scope.ts'
import { isOutputStage, type OutputStage, parseOutputStage } from './output-stage.ts'
import { type InnerPipeline, type PipelinePort, type Stage, type StageContext } from './pipeline-context.ts'
import { plainFilter, usesVariables } from './pushdown.ts'
import { type StageCall, stageOf } from './stage.ts'
import { compileBucket, compileBucketAuto, compileSortByCount } from './stages/bucket.ts'
import {
  compileCount,
  compileFacet,
  compileLimit,
  compileMatchStage,
  compileSample,
  compileSkip,
  compileSortStage,
  compileUnionWith,
  stageCount,
} from './stages/flow.ts'
import { compileGraphLookup } from './stages/graph-lookup.ts'
import { compileGroup } from './stages/group.ts'
import { compileLookup } from './stages/lookup.ts'
import { compileReshape, type Reshape } from './stages/reshape.ts'
import { compileUnwind } from './stages/unwind.ts'

type CompileStage = (argument: Value, context: StageContext) => Stage

const reshaping =
  (name: string): CompileStage =>
  (argument, { scope }) =>
    each(compileReshape(name, argument, scope))

const each = (reshape: Reshape): Stage =>
  function* reshaped(input) {
    for (const document of input) yield reshape(document)
  }

const compilers: Readonly<Record<string, CompileStage>> = {
  $addFields: reshaping('$addFields'),
  $bucket: compileBucket,
  $bucketAuto: compileBucketAuto,
  $count: compileCount,
  $facet: compileFacet,
  $graphLookup: compileGraphLookup,
  $group: compileGroup,
  $limit: compileLimit,
  $lookup: compileLookup,
  $match: compileMatchStage,
  $project: reshaping('$project'),
  $replaceRoot: reshaping('$replaceRoot'),
  $replaceWith: reshaping('$replaceWith'),
  $sample: compileSample,
  $set: reshaping('$set'),
  $skip: compileSkip,
  $sort: compileSortStage,
  $sortByCount: compileSortByCount,
  $unionWith: compileUnionWith,
  $unset: reshaping('$unset'),
  $unwind: compileUnwind,
}

/** The names of the stages that the engine takes. */
export const pipelineStages: readonly string[] = [...Object.keys(compilers), '$out', '$merge']

/** What the first stages ask of the collection, so that an index can answer it. */
export interface PipelineSource {
  readonly filter: Document
  readonly sort: Document | undefined
  readonly skip: number
  readonly limit: number | undefined
}

interface Pipeline {
  readonly source: PipelineSource
  /** The rest of the pipeline, over the documents that the source asked for. */
  readonly run: Stage
  /** How many stages `run` is made of; with none the source's answer is the pipeline's. */
  readonly stagesLeft: number
  readonly output: OutputStage | undefined
}

/**
 * Checks a pipeline once. Throws `MongoError` 40324 for a stage that is not taken, 40323 for one of the wrong form,
 * 40601 when `$out` or `$merge` is not the last, and the stages' own errors.
 */
export function compilePipeline(pipeline: readonly Value[], port: PipelinePort, scope: Scope): Pipeline {
  const calls = pipeline.map(stageOf)
  const last = calls.at(-1)
  const output = last && isOutputStage(last.name) ? parseOutputStage(last) : undefined
  const stages = output ? calls.slice(0, -1) : calls
  const misplaced = stages.find(({ name }) => isOutputStage(name))
  if (misplaced) throw atLocation(40601, `${misplaced.name} can only be the final stage in the pipeline`)
  const context = contextFor(port, scope)
  // Everything is compiled, so that what the source takes over is checked as well.
  const compiled = stages.map(call => compileStage(call, context))
  const { source, taken } = sourceOf(stages, scope)
  const left = compiled.slice(taken)
  return { source, run: chain(left), stagesLeft: left.length, output }
}

const chain =
  (stages: readonly Stage[]): Stage =>
  input =>
    stages.reduce((documents, stage) => stage(documents), input)

function compileStage({ name, argument }: StageCall, context: StageContext): Stage {
  const compile = Object.hasOwn(compilers, name) ? compilers[name] : undefined
  if (!compile) throw atLocation(40324, `Unrecognized pipeline stage name: '${name}'`)
  return compile(argument, context)
}

function contextFor(port: PipelinePort, scope: Scope): StageContext {
  return {
    port,
    scope,
    compileInner: (pipeline, innerScope, owner) =>
      compileInner(pipeline, contextFor(port, innerScope), owner),
  }
}

function compileInner(pipeline: unknown, context: StageContext, owner: string): InnerPipeline {
  if (!Array.isArray(pipeline)) throw atLocation(40319, `A pipeline must be an array of objects: ${owner}`)
  const calls = pipeline.map((stage: Value) => stageOf(stage))
  const forbidden = calls.find(({ name }) => isOutputStage(name) || (owner === '$facet' && name === '$facet'))
  if (forbidden)
    throw atLocation(
      owner === '$facet' ? 40600 : 51047,
      `${forbidden.name} is not allowed to be used within a ${owner} stage`,
    )
  const [first] = calls
  const isMatch = first?.name === '$match' && isDocument(first.argument)
  const filter =
    isMatch && isDocument(first.argument)
      ? plainFilter(first.argument, context.scope)
      : () => new Map<string, Value>()
  return { filter, run: chain(calls.map(call => compileStage(call, context))) }
}

/** The leading `$match`, `$sort`, `$skip` and `$limit`, as far as they can be asked of the collection as they are. */
function sourceOf(calls: readonly StageCall[], scope: Scope): { source: PipelineSource; taken: number } {
  const filters: Document[] = []
  let taken = 0
  for (const { name, argument } of calls) {
    if (name !== '$match' || !isDocument(argument) || usesVariables(argument)) break
    filters.push(argument)
    taken += 1
  }
  const next = calls[taken]
  if (next?.name === '$match' && isDocument(next.argument)) {
    filters.push(plainFilter(next.argument, scope)())
    return { source: { filter: allOf(filters), sort: undefined, skip: 0, limit: undefined }, taken }
  }
  return takeOrder(calls, allOf(filters), taken)
}

function takeOrder(
  calls: readonly StageCall[],
  filter: Document,
  from: number,
): { source: PipelineSource; taken: number } {
  let taken = from
  const take = (name: string): Value | undefined => {
    const call = calls[taken]
    if (call?.name !== name) return undefined
    taken += 1
    return call.argument
  }
  const sort = take('$sort')
  const skip = take('$skip')
  const limit = take('$limit')
  return {
    source: {
      filter,
      sort: isDocument(sort) ? sort : undefined,
      skip: skip === undefined ? 0 : stageCount('$skip', skip),
      limit: limit === undefined ? undefined : stageCount('$limit', limit),
    },
    taken,
  }
}

function allOf(filters: readonly Document[]): Document {
  const some = filters.filter(filter => filter.size > 0)
  const [only, second] = some
  if (!only) return new Map()
  return second ? new Map([['$and', [...some]]]) : only
}

/** Runs a whole pipeline over documents at hand: the source's part included. */
export function runPipeline(
  pipeline: readonly Value[],
  documents: Iterable<Document>,
  port: PipelinePort,
  scope: Scope,
): Iterable<Document> {
  const context = contextFor(port, scope)
  return chain(pipeline.map(stage => compileStage(stageOf(stage), context)))(documents)
}
