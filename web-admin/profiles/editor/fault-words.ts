import { type FieldFault } from '../../../profiles/editor/read-fields.ts'
import { type Say } from '../../language.ts'

/** What is wrong with a piece of XML, and where. */
export function faultWords(broken: FieldFault['broken'], say: Say): string {
  if (broken.fault === 'no-secret') return say('refusal.secret-lost')
  const { line, column } = broken
  return say(`reason.profile-broken-${broken.fault}`, { line, column })
}
