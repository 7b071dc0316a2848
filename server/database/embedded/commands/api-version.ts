import { badValue, MongoError } from '../errors.ts'
import { type Document, isDocument } from '../values/value.ts'

/** The commands of version 1 of the Stable API, as MongoDB lists them, and the old names that it takes for hello. */
const versionOne: ReadonlySet<string> = new Set([
  'abortTransaction',
  'aggregate',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'getMore',
  'hello',
  'insert',
  'isMaster',
  'ismaster',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'refreshSessions',
  'update',
])

/** Stages that no version of the Stable API has. */
const outsideStages = ['$currentOp', '$indexStats', '$listLocalSessions', '$listSessions', '$planCacheStats']

/**
 * Checks `apiVersion` and what goes with it.
 * @throws MongoError 322 for another version than 1, 323 for what a strict client may not use, 4886600 without a version
 */
export function checkApiVersion(name: string, command: Document): void {
  const version = command.get('apiVersion')
  const strict = command.get('apiStrict')
  if (version === undefined) {
    const stray = ['apiStrict', 'apiDeprecationErrors'].find(field => command.has(field))
    if (stray !== undefined)
      throw new MongoError(
        4886600,
        'Location4886600',
        `Provided ${stray} without passing apiVersion. Please pass apiVersion.`,
      )
    return
  }
  if (typeof version !== 'string')
    throw badValue("BSON field 'apiVersion' is the wrong type, expected 'string'")
  if (version !== '1')
    throw new MongoError(322, 'APIVersionError', `API version must be "1", not "${version}"`)
  if (strict !== true) return
  if (!versionOne.has(name)) throw strictError(`the command ${name}`)
  const stages = command.get('pipeline')
  for (const stage of Array.isArray(stages) ? stages : []) {
    const [outside] = isDocument(stage) ? [...stage.keys()].filter(key => outsideStages.includes(key)) : []
    if (outside !== undefined) throw strictError(`the stage ${outside}`)
  }
}

const strictError = (what: string) =>
  new MongoError(323, 'APIStrictError', `Provided apiStrict:true, but ${what} is not in API Version 1.`)
