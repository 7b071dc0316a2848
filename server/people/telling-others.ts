import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { systemActor, type Actor } from '../staff/actor.ts'
import { changedFields, type Person } from './person.ts'

/**
 * Writes in the logs of the other organisations that know the person what one of them did: neither which one, who, from
 * where nor why. For use inside the transaction of the deed.
 */
export async function tellOthers(
  audit: Audit,
  { organisationId: own }: Pick<Actor, 'organisationId'>,
  { id, organisationIds }: Pick<Person, 'id' | 'organisationIds'>,
  told: Pick<AuditEntry, 'action' | 'after'>,
): Promise<void> {
  for (const other of organisationIds.filter(each => each !== own))
    await audit.record(systemActor(other), { ...told, on: { kind: 'person', id }, elsewhere: true })
}

/** The same of a change: which fields are others now, and not what stands in them. Nothing when none is. */
export async function tellOthersOfChange(
  audit: Audit,
  actor: Pick<Actor, 'organisationId'>,
  before: Person,
  after: Person,
): Promise<void> {
  const fields = changedFields(before, after)
  if (fields.length > 0)
    await tellOthers(audit, actor, before, { action: 'people.changed-elsewhere', after: { fields } })
}
