import { type Audit } from '../audit/audit.ts'

/** Deeds after which other things may be meant for an iPad: who holds it, in which seats, under which words. */
const deeds = [
  ...[
    'loans.',
    'mandates.',
    'people.edit',
    'people.merge',
    'bodies.',
    'devices.edit',
    'devices.label',
    'devices.move',
  ],
  ...['profiles.approve', 'guides.save', 'organisation'],
]

export type Signals = ReturnType<typeof createSignals>

/**
 * Hears from the log that something was done which bears on what is assigned, and says so when it stands. Only a hint:
 * what nobody heard is found by the next round.
 */
export function createSignals() {
  const touched = new Set<string>()
  let tell: (organisationId: string) => void = () => undefined
  return {
    /** The log that is listened to. */
    hearing: <A extends Audit>(audit: A): A => ({
      ...audit,
      record: async (actor, entry) => {
        await audit.record(actor, entry)
        if (deeds.some(deed => entry.action.startsWith(deed))) touched.add(actor.organisationId)
      },
    }),
    /** What was written in these organisations stands. */
    committed(organisationIds: ReadonlySet<string>): void {
      for (const organisationId of organisationIds) if (touched.delete(organisationId)) tell(organisationId)
    },
    /** Whom to tell. */
    onTouched(listener: (organisationId: string) => void): void {
      tell = listener
    },
  }
}
