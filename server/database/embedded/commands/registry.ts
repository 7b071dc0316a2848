import { writesCollection } from './aggregate-command.ts'
import { aggregate } from './aggregate-command.ts'
import { type Command } from './call.ts'
import {
  createCollection,
  dropCollection,
  listCollections,
  modifyCollection,
  renameCollection,
} from './collection-commands.ts'
import { getMore, killCursors } from './cursor-commands.ts'
import { collStats, dbStats, dropDatabase, listDatabases } from './database-commands.ts'
import {
  buildInfo,
  commandLine,
  connectionStatus,
  currentOperations,
  emptyLog,
  getParameter,
  hostInfo,
  listCommands,
  ping,
  profile,
  replicaSetStatus,
  serverStatus,
  setParameter,
  syncToDisk,
  whatsMyUri,
} from './diagnostics.ts'
import { explain } from './explain-command.ts'
import { configureFailPoint } from './fail-point.ts'
import { find } from './find-command.ts'
import { hello } from './hello.ts'
import { createIndexesCommand, dropIndexesCommand, listIndexes } from './index-commands.ts'
import { count, distinct } from './read-commands.ts'
import {
  abort,
  commit,
  endSessions,
  killAllSessions,
  refreshSessions,
  startSession,
} from './session-commands.ts'
import { validate } from './validate-command.ts'
import { deleteCommand, findAndModify, insert, update } from './write-commands.ts'

const isMaster: Command = { run: hello }
const build: Command = { run: buildInfo }
const modify: Command = { run: findAndModify, writes: true, transactional: true }
const dropIndexes: Command = { run: dropIndexesCommand, writes: true }
const statistics: Command = { run: collStats }

/** All commands by the names clients know them under. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', isMaster],
  ['isMaster', isMaster],
  ['ismaster', isMaster],
  ['ping', { run: ping }],
  ['buildInfo', build],
  ['buildinfo', build],
  ['hostInfo', { run: hostInfo }],
  ['connectionStatus', { run: connectionStatus }],
  ['whatsmyuri', { run: whatsMyUri }],
  ['getCmdLineOpts', { run: commandLine, adminOnly: true }],
  ['getLog', { run: emptyLog, adminOnly: true }],
  ['serverStatus', { run: serverStatus }],
  ['replSetGetStatus', { run: replicaSetStatus, adminOnly: true }],
  ['currentOp', { run: currentOperations, adminOnly: true }],
  ['fsync', { run: syncToDisk, adminOnly: true }],
  ['listCommands', { run: () => listCommands([...commands.keys()]) }],
  ['profile', { run: profile }],
  ['getParameter', { run: getParameter, adminOnly: true }],
  ['setParameter', { run: setParameter, adminOnly: true }],
  ['configureFailPoint', { run: configureFailPoint, adminOnly: true, forTests: true }],

  ['listDatabases', { run: listDatabases, adminOnly: true }],
  ['dropDatabase', { run: dropDatabase, writes: true }],
  ['dbStats', { run: dbStats }],
  ['dbstats', { run: dbStats }],
  ['listCollections', { run: listCollections }],
  ['create', { run: createCollection, writes: true, transactional: true }],
  ['drop', { run: dropCollection, writes: true }],
  ['renameCollection', { run: renameCollection, writes: true, adminOnly: true }],
  ['collMod', { run: modifyCollection, writes: true }],
  ['collStats', statistics],
  ['collstats', statistics],
  ['validate', { run: validate }],
  ['createIndexes', { run: createIndexesCommand, writes: true, transactional: true }],
  ['listIndexes', { run: listIndexes }],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],

  ['insert', { run: insert, writes: true, transactional: true }],
  ['update', { run: update, writes: true, transactional: true }],
  ['delete', { run: deleteCommand, writes: true, transactional: true }],
  ['findAndModify', modify],
  ['findandmodify', modify],
  ['find', { run: find, transactional: true }],
  ['count', { run: count }],
  ['distinct', { run: distinct, transactional: true }],
  ['aggregate', { run: aggregate, writes: writesCollection, transactional: true }],
  ['explain', { run: explain }],
  ['getMore', { run: getMore, transactional: true }],
  ['killCursors', { run: killCursors, transactional: true }],

  ['startSession', { run: startSession }],
  ['refreshSessions', { run: refreshSessions }],
  ['endSessions', { run: endSessions, transactional: true }],
  ['killSessions', { run: endSessions }],
  ['killAllSessions', { run: killAllSessions }],
  ['commitTransaction', { run: commit, writes: true, transactional: true }],
  ['abortTransaction', { run: abort, transactional: true }],
])
