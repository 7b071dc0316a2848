import { type Migration } from './migration.ts'

/**
 * Marks where data versions begin. Earlier audit events have no place in the chain of their organisation yet; sealing
 * gives them one at the start, so nothing is changed here.
 */
export const dataVersionsBegin: Migration = {
  number: 1,
  name: 'data versions begin',
  run: () => Promise.resolve(),
}
