import { type Audit } from '../audit/audit.ts'
import { answerableId, type Maker } from '../staff/actor.ts'

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
  const whoIn = new Map<string, Map<string, Maker>>()
  const whoBefore = new Map<string, ReadonlyMap<string, Maker>>()
  let tell: (organisationId: string) => void = () => undefined
  return {
    /** The log that is listened to. */
    hearing: <A extends Audit>(audit: A): A => ({
      ...audit,
      record: async (actor, entry) => {
        await audit.record(actor, entry)
        if (!deeds.some(deed => entry.action.startsWith(deed))) return
        const { organisationId, kind, id, name, behind } = actor
        touched.add(organisationId)
        if (kind !== 'staff' && kind !== 'token') return
        const who = whoIn.get(organisationId) ?? new Map<string, Maker>()
        whoIn.set(organisationId, who.set(answerableId(actor), behind ?? { id, name }))
      },
    }),
    /** What was written in these organisations stands. */
    committed(organisationIds: ReadonlySet<string>): void {
      for (const organisationId of organisationIds) if (touched.delete(organisationId)) tell(organisationId)
    },
    /** Who did such a deed since it was last asked, or shortly before: what they did may stand only now. */
    takeWho(organisationId: string): Maker[] {
      const fresh = whoIn.get(organisationId) ?? new Map<string, Maker>()
      const all = new Map([...(whoBefore.get(organisationId) ?? []), ...fresh])
      whoIn.delete(organisationId)
      whoBefore.set(organisationId, fresh)
      return [...all.values()]
    },
    /** Whom to tell. */
    onTouched(listener: (organisationId: string) => void): void {
      tell = listener
    },
  }
}
