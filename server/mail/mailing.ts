import { type Clock } from '../clock.ts'
import { type NewId } from '../ids.ts'
import { activeIn } from '../staff/staff-member.ts'
import { type StaffStore } from '../staff/staff-store.ts'
import { attempted, ended, type Mail, type SendLetter } from './mail.ts'
import { type MailStore } from './mail-store.ts'

interface MailingDeps {
  readonly mails: MailStore
  readonly staff: Pick<StaffStore, 'find'>
  readonly send: SendLetter
  readonly clock: Clock
  readonly newId: NewId
  readonly noteFault: (error: unknown) => void
}

export type Mailing = ReturnType<typeof createMailing>

const atOnce = 20
/** Longer than a mail server may take for one letter. */
const leaseMs = 120_000

/** Mail to members of the staff: written down with what causes it, sent afterwards, and again when that failed. */
export function createMailing({ mails, staff, send, clock, newId, noteFault }: MailingDeps) {
  async function attempt(mail: Mail): Promise<void> {
    const member = await staff.find(mail.staffId)
    // Somebody who has left is told nothing more.
    if (!member || !activeIn(member, mail.organisationId)) return mails.save(ended(mail, 'failed'))
    const { id, subject, text } = mail
    try {
      await send({ id, to: member.email, subject, text })
      await mails.save(attempted(mail, true, clock.now()))
    } catch (error) {
      noteFault(error)
      await mails.save(attempted(mail, false, clock.now()))
    }
  }

  return {
    /** Writes a mail down; called inside the transaction of what causes it. */
    async put(
      to: Pick<Mail, 'organisationId' | 'staffId'>,
      { subject, text }: Pick<Mail, 'subject' | 'text'>,
    ) {
      const now = clock.now()
      const begun = { state: 'waiting', attempts: 0, createdAt: now, nextAt: now } as const
      await mails.add({ id: newId(), ...to, subject, text, ...begun })
    },

    /** Sends what waits and what failed earlier, when its time has come. */
    async deliverDue(): Promise<void> {
      for (const mail of await mails.due(clock.now(), atOnce)) {
        if (await mails.claim(mail, new Date(clock.now().getTime() + leaseMs))) await attempt(mail)
      }
    },
  }
}
