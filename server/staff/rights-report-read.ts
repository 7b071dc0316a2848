import { type Audit } from '../audit/audit.ts'
import { type Actor } from './actor.ts'

/** Notes in the log that somebody read who may what, on a page or as a program. Resolves when the log has it. */
export async function noteRightsRead(audit: Audit, actor: Actor, people: number): Promise<void> {
  const on = { kind: 'organisation', id: actor.organisationId }
  await audit.record(actor, { action: 'staff.report', on, after: { people } })
}
