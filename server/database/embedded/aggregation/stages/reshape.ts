import { atLocation, failedToParse } from '../../errors.ts'
import { compileProjectStage } from '../../query/projection.ts'
import { keepOthers, plant, type PlanTree } from '../../query/projection-tree.ts'
import { typeName } from '../../query/type-alias.ts'
import { type Document, isDocument, type Value } from '../../values/value.ts'
import { compileExpression } from '../expressions/compile.ts'
import { pathNames } from '../expressions/field-path.ts'
import { type Evaluate, type Scope } from '../expressions/scope.ts'

/** Makes one document of one document. */
export type Reshape = (document: Document) => Document

const compilers: Readonly<Record<string, (argument: Value, scope: Scope) => Reshape>> = {
  $addFields: (argument, scope) => addFields('$addFields', argument, scope),
  $set: (argument, scope) => addFields('$set', argument, scope),
  $project: (argument, scope) => {
    if (!isDocument(argument)) throw atLocation(15969, '$project specification must be an object')
    return compileProjectStage(argument, scope)
  },
  $unset: unset,
  $replaceRoot: (argument, scope) => {
    const newRoot = isDocument(argument) ? argument.get('newRoot') : undefined
    if (newRoot === undefined) throw atLocation(40231, 'no newRoot specified for the $replaceRoot stage')
    return replaceRoot(compileExpression(newRoot, scope))
  },
  $replaceWith: (argument, scope) => replaceRoot(compileExpression(argument, scope)),
}

/** Whether a stage makes one document of one document. */
export const isReshape = (name: string) => Object.hasOwn(compilers, name)

/** Compiles such a stage. Throws `MongoError` 40324 for any other. */
export function compileReshape(name: string, argument: Value, scope: Scope): Reshape {
  const compile = isReshape(name) ? compilers[name] : undefined
  if (!compile) throw atLocation(40324, `Unrecognized pipeline stage name: '${name}'`)
  return compile(argument, scope)
}

function addFields(name: string, argument: Value, scope: Scope): Reshape {
  if (!isDocument(argument))
    throw atLocation(40272, `${name} specification stage must be an object, got ${typeName(argument)}`)
  const tree: PlanTree = new Map()
  for (const [path, value] of argument) plantField(tree, path, value, scope)
  return document => keepOthers(document, tree, document)
}

/** A document without operators sets the fields in it one by one, so that those beside them stay. */
function plantField(tree: PlanTree, path: string, value: Value, scope: Scope): void {
  pathNames(path)
  const [first] = isDocument(value) ? value.keys() : []
  if (isDocument(value) && first !== undefined && !first.startsWith('$')) {
    for (const [name, inner] of value) plantField(tree, `${path}.${name}`, inner, scope)
  } else {
    plant(tree, path, { kind: 'compute', compute: compileExpression(value, scope) })
  }
}

function unset(argument: Value): Reshape {
  const paths = Array.isArray(argument) ? argument : [argument]
  const tree: PlanTree = new Map()
  for (const path of paths) {
    if (typeof path !== 'string' || paths.length === 0)
      throw atLocation(31002, '$unset specification must be a string or an array')
    if (path.startsWith('$'))
      throw failedToParse(
        `FieldPath field names may not start with '$'. Consider using $getField or $setField. Found: ${path}`,
      )
    plant(tree, path, { kind: 'exclude' })
  }
  return document => keepOthers(document, tree, document)
}

function replaceRoot(newRoot: Evaluate): Reshape {
  return document => {
    const root = newRoot(document)
    if (isDocument(root)) return root
    const found = root === undefined ? 'missing' : typeName(root)
    throw atLocation(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${found}`,
    )
  }
}
