import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { closeToOthers } from './data-file.ts'
import { type FileTask } from './file-tasks.ts'

/** Copies the state of the last commit into a file of its own, which appears when it is whole and on disk. */
function backUp(file: string, to: string): void {
  const unfinished = `${to}.unfinished`
  rmSync(unfinished, { force: true })
  const database = new DatabaseSync(file, { timeout: 5000 })
  try {
    closeToOthers(unfinished)
    database.prepare('VACUUM INTO ?').run(unfinished)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    database.close()
  }
  flush(unfinished)
  renameSync(unfinished, to)
  flush(dirname(to))
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** What SQLite finds wrong with the file. */
function check(file: string): readonly string[] {
  const database = new DatabaseSync(file, { timeout: 5000, returnArrays: true })
  try {
    const rows = database.prepare('PRAGMA integrity_check').all() as unknown as readonly (readonly [string])[]
    return rows.map(([line]) => line).filter(line => line !== 'ok')
  } finally {
    database.close()
  }
}

const task = workerData as FileTask
if (task.kind === 'backup') backUp(task.file, task.to)
parentPort?.postMessage(task.kind === 'check' ? check(task.file) : [])
