import { newScope } from '../../../../../server/database/embedded/aggregation/expressions/scope.ts'
import {
  defaultLimits,
  type Limits,
} from '../../../../../server/database/embedded/aggregation/memory-limit.ts'
import { compilePipeline } from '../../../../../server/database/embedded/aggregation/run-pipeline.ts'
import { compileMatch } from '../../../../../server/database/embedded/query/match.ts'
import { compileSort } from '../../../../../server/database/embedded/query/sort.ts'
import { toDocument } from '../../../../../server/database/embedded/values/plain.ts'
import { type Document } from '../../../../../server/database/embedded/values/value.ts'

export type Collections = Readonly<Record<string, readonly object[]>>

interface Asked {
  readonly name: string
  readonly filter: Document
}

/** A database of plain objects that answers exactly what is asked of it and writes down what that was. */
export function database(collections: Collections, limits: Limits = defaultLimits) {
  const asked: Asked[] = []
  const read = (name: string, filter: Document) => {
    const matches = compileMatch(filter)
    return (collections[name] ?? []).map(toDocument).filter(document => matches(document))
  }
  const port = {
    limits,
    random: () => 0.5,
    readCollection: (name: string, filter: Document) => {
      asked.push({ name, filter })
      return read(name, filter)
    },
  }
  return {
    asked,
    aggregate(name: string, pipeline: readonly object[]): Document[] {
      const { source, run } = compilePipeline(
        pipeline.map(toDocument),
        port,
        newScope(new Date('2026-11-22T10:00:00Z')),
      )
      const matching = read(name, source.filter)
      const sorted = source.sort ? compileSort(source.sort).sorted(matching) : matching
      return [
        ...run(
          sorted.slice(source.skip, source.limit === undefined ? undefined : source.skip + source.limit),
        ),
      ]
    },
  }
}
