import { type Audit, type AuditEntry } from '../audit/audit.ts'
import { answerableId, type Maker } from '../staff/actor.ts'

/** Deeds that may change what is assigned to an iPad: who holds it, their seats, its labels. */
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

/** What a newer version waited for, so that it may follow now. Nobody's change: the version is of who saved it. */
function endsWaves({ action, after }: Pick<AuditEntry, 'action' | 'after'>): boolean {
  if (action === 'rollouts.open-wave') return after?.['wave'] === after?.['of']
  return action === 'rollouts.stop' || action === 'rollouts.close'
}

interface Deed {
  readonly maker: Maker
  /** How often what followed from it was looked through. */
  readonly seen: 0 | 1
}

export type Signals = ReturnType<typeof createSignals>

/**
 * Hears from the log of deeds that may change what is assigned, and says so after the commit. Only a hint: what is
 * missed is found by the next round.
 */
export function createSignals() {
  const touched = new Set<string>()
  const whoIn = new Map<string, Map<string, Deed>>()
  let tell: (organisationId: string) => void = () => undefined
  return {
    /** The log that is listened to. */
    hearing: <A extends Audit>(audit: A): A => ({
      ...audit,
      record: async (actor, entry) => {
        await audit.record(actor, entry)
        const { organisationId, kind, id, name, behind } = actor
        if (endsWaves(entry)) touched.add(organisationId)
        if (!deeds.some(deed => entry.action.startsWith(deed))) return
        touched.add(organisationId)
        if (kind !== 'staff' && kind !== 'token') return
        const who = whoIn.get(organisationId) ?? new Map<string, Deed>()
        whoIn.set(organisationId, who.set(answerableId(actor), { maker: behind ?? { id, name }, seen: 0 }))
      },
    }),
    /** What was written in these organisations stands. */
    committed(organisationIds: ReadonlySet<string>): void {
      for (const organisationId of organisationIds) if (touched.delete(organisationId)) tell(organisationId)
    },
    /**
     * Does `work` with who did such a deed lately. They are forgotten after two complete rounds: in the first, their
     * change may not have been committed yet.
     */
    async knowing(organisationId: string, work: (by: readonly Maker[]) => Promise<void>): Promise<void> {
      const known = [...(whoIn.get(organisationId) ?? [])]
      await work(known.map(([, { maker }]) => maker))
      const now = whoIn.get(organisationId)
      for (const [key, deed] of known) {
        // Whoever did something else meanwhile is looked for anew.
        if (now?.get(key) !== deed) continue
        if (deed.seen > 0) now.delete(key)
        else now.set(key, { ...deed, seen: 1 })
      }
    },
    /** Whom to tell. */
    onTouched(listener: (organisationId: string) => void): void {
      tell = listener
    },
  }
}
