import { atLocation } from '../errors.ts'
import { isDocument, type Value } from '../values/value.ts'

export interface StageCall {
  readonly name: string
  readonly argument: Value
}

/** The name and argument of a stage. Throws `MongoError` 40323 when it is not a document of one field. */
export function stageOf(stage: Value): StageCall {
  const [field] = isDocument(stage) && stage.size === 1 ? stage : []
  if (!field) throw atLocation(40323, 'A pipeline stage specification object must contain exactly one field.')
  return { name: field[0], argument: field[1] }
}
