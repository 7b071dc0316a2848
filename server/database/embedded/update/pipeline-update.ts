import { newScope } from '../aggregation/expressions/scope.ts'
import { compileReshape, isReshape } from '../aggregation/stages/reshape.ts'
import { stageOf } from '../aggregation/stage.ts'
import { MongoError } from '../errors.ts'
import { cloneDocument } from '../values/clone.ts'
import { type Document, type Value } from '../values/value.ts'

/** The stages that an update may be made of. */
export const updateStages: readonly string[] = [
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]

interface PipelineUpdateOptions {
  readonly now: Date
  readonly variables: ReadonlyMap<string, Value>
}

/** Checks a pipeline of stages that reshape one document. Throws `MongoError` 72 (InvalidOptions) for any other stage. */
export function compilePipelineUpdate(pipeline: readonly Value[], { now, variables }: PipelineUpdateOptions) {
  const scope = newScope(now, variables)
  const stages = pipeline.map(stage => {
    const { name, argument } = stageOf(stage)
    if (!updateStages.includes(name) || !isReshape(name)) {
      throw new MongoError(72, 'InvalidOptions', `${name} is not allowed to be used within an update`)
    }
    return compileReshape(name, argument, scope)
  })
  return (document: Document): Document => {
    const changed = stages.reduce((current, reshape) => reshape(current), document)
    const id = document.get('_id')
    const copy = cloneDocument(changed)
    // A new root without an _id keeps the old one.
    if (copy.has('_id') || id === undefined) return copy
    return new Map([['_id', id], ...copy])
  }
}
