import { type Document } from '../values/value.ts'
import { type Scope } from './expressions/scope.ts'
import { type Limits } from './memory-limit.ts'

/** What a pipeline needs from outside: other collections, randomness, and how much it may hold. */
export interface PipelinePort {
  /**
   * The documents of a collection of the same database that match a plain filter. An index may answer; documents beyond
   * the filter are allowed, since every stage checks for itself.
   */
  readCollection(name: string, filter: Document): Iterable<Document>
  /** A number from 0 up to and without 1. */
  random(): number
  readonly limits: Limits
}

/** A stage: documents in, documents out, one by one where the stage allows it. */
export type Stage = (input: Iterable<Document>) => Iterable<Document>

/** What the stages of one pipeline are compiled with. */
export interface StageContext {
  readonly port: PipelinePort
  readonly scope: Scope
  /** Compiles a pipeline inside a stage; `owner` is the stage, for messages. */
  compileInner(pipeline: unknown, scope: Scope, owner: string): InnerPipeline
}

/** A pipeline inside a stage, over a collection or over documents at hand. */
export interface InnerPipeline {
  /** What to ask of the collection for the variables set at the moment. */
  filter(): Document
  readonly run: Stage
}
