import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** The data file of a folder. */
export const dataFile = (folder: string) => join(folder, 'data.sqlite')

const ownerOnly = 0o600

/** Makes the file, or takes it as it is, and closes it to everybody but its owner. SQLite's other files follow it. */
export function closeToOthers(file: string): void {
  closeSync(openSync(file, 'a', ownerOnly))
  chmodSync(file, ownerOnly)
}
