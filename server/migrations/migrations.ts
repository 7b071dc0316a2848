import { type SecretBox } from '../certificates/secret-box.ts'
import { type Migration } from './migration.ts'
import { dataVersionsBegin } from './001-data-versions-begin.ts'
import { peopleByMailAndDoubleKeys } from './002-people-by-mail-and-double-keys.ts'
import { whatIpadsHave } from './003-what-ipads-have.ts'
import { commandsSealed } from './004-commands-sealed.ts'

/** Every migration there has ever been. A new one gets the next number, in a file that begins with it. */
export function migrationsWith(secrets: Pick<SecretBox, 'sealSecret'>): readonly Migration[] {
  return [dataVersionsBegin, peopleByMailAndDoubleKeys, whatIpadsHave, commandsSealed(secrets)]
}
