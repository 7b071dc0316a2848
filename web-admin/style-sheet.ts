import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files of `styles` in the order in which they are sent: where two speak of one thing, the later one holds. */
export const styleFiles = [
  ...['tokens', 'base', 'desk', 'desk-side', 'door', 'desk-narrow', 'print'],
  ...['buttons', 'fields', 'notices', 'badges', 'cards', 'tables', 'filters', 'timeline', 'ask', 'steps'],
  ...['chips', 'ipad', 'theft', 'hand-out', 'signer', 'start', 'choices', 'log', 'costs', 'print-screens'],
  ...['position', 'second-step', 'findings', 'editor', 'notifications', 'design', 'search', 'list-tools'],
  'settings',
] as const

export const stylesFolder = join(import.meta.dirname, 'styles')

/** All of them as the one sheet that every page asks for. */
export function styleSheet(): string {
  return styleFiles.map(name => readFileSync(join(stylesFolder, `${name}.css`), 'utf8')).join('\n')
}
