import { type Migration } from './migration.ts'

/**
 * Marks where data versions begin. The audit events of before have no place in the chain of their organisation yet;
 * the sealing gives it to them at the start, so nothing is to be changed here.
 */
export const dataVersionsBegin: Migration = {
  number: 1,
  name: 'data versions begin',
  run: () => Promise.resolve(),
}
