import { createHash } from 'node:crypto'
import { type Audit } from '../audit/audit.ts'
import { dayOf } from '../calendar-day.ts'
import { DomainError } from '../domain-error.ts'
import { type PointsAtPeople } from '../people/merge.ts'
import { type People } from '../people/people.ts'
import { mayReveal } from '../people/shown-person.ts'
import { type Actor } from '../staff/actor.ts'
import { type FormStore, type KeptPaper } from './form-store.ts'
import { receiptNumber, type LiabilityForm, type Voided } from './liability-form.ts'

interface PapersDeps {
  readonly forms: FormStore
  readonly people: Pick<People, 'get' | 'revealedOnPaper'>
  readonly audit: Audit
}

/**
 * Who looks at a paper: the borrower, who has the screen for this very loan, or staff. `prove` throws unless they proved
 * lately who they are; it is called where the name on the paper is protected.
 */
export type PaperReader = 'borrower' | { readonly prove: () => void }

/** A form without what was drawn or typed: that is on the paper only. */
export type FormSummary = Omit<LiabilityForm, 'signature'> & {
  readonly signedBy: LiabilityForm['signature']['kind']
}

/** What was signed and given in return: kept once, read by those who may. */
export function createPapers({ forms, people, audit }: PapersDeps) {
  async function form(actor: Actor, id: string): Promise<LiabilityForm> {
    const found = await forms.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'form-unknown', 'There is no such form.')
    return found
  }

  /**
   * The bytes of a paper about `personId`, exactly as they were kept. When staff look, the log says so before they see
   * it; for a protected identity, as a look at who it is.
   * @throws {DomainError} forbidden `person-protected`, for the name stands on it; not-found `paper-unknown`; whatever
   * `prove` throws
   */
  async function paper(actor: Actor, id: string, personId: string, reader: PaperReader): Promise<Buffer> {
    const isHidden = reader !== 'borrower' && (await people.get(actor, personId)).protectedIdentity
    if (isHidden && !mayReveal(actor))
      throw new DomainError('forbidden', 'person-protected', 'This person has a protected identity.')
    if (isHidden) reader.prove()
    const kept = await forms.findPaper(actor.organisationId, id)
    if (!kept) throw new DomainError('not-found', 'paper-unknown', 'There is no such document.')
    if (sha256OfBytes(kept.bytes) !== kept.sha256) throw new Error(`The paper ${id} is not what was kept`)
    if (reader !== 'borrower') await noteLook(actor, id, { personId, isHidden })
    return kept.bytes
  }

  async function noteLook(
    actor: Actor,
    id: string,
    { personId, isHidden }: { personId: string; isHidden: boolean },
  ): Promise<void> {
    const look = { on: { kind: 'person', id: personId }, after: { paper: id } }
    if (isHidden) await people.revealedOnPaper(actor, personId, id)
    await audit.record(actor, { action: 'papers.read', ...look })
  }

  const pointer: PointsAtPeople = {
    kind: 'forms',
    count: (organisationId, personId) => forms.countOfPerson(organisationId, personId),
    move: ({ organisationId }, from, to) => forms.movePerson(organisationId, from, to),
  }

  return {
    pointer,

    /** @throws {DomainError} not-found `form-unknown` */
    async get(actor: Actor, id: string): Promise<FormSummary> {
      return summary(await form(actor, id))
    },

    /** The form whose receipt has this number, as people read it from the paper. */
    async byReceiptNumber(actor: Actor, number: string): Promise<FormSummary | undefined> {
      const found = await forms.findByReceiptNumber(actor.organisationId, number)
      return found && summary(found)
    },

    /** What a person has signed, newest first. */
    async ofPerson(actor: Actor, personId: string): Promise<FormSummary[]> {
      return (await forms.ofPerson(actor.organisationId, personId)).map(summary)
    },

    /** The signed receipt and a name for its file, without any person's name in it. */
    async receipt(
      actor: Actor,
      formId: string,
      reader: PaperReader,
    ): Promise<{ bytes: Buffer; fileName: string }> {
      const { id, personId, receiptNumber } = await form(actor, formId)
      return { bytes: await paper(actor, id, personId, reader), fileName: `kvittens-${receiptNumber}.pdf` }
    },

    paper,

    /** The form that an attempt to sign has made, if it has made one. */
    async formOfAttempt(organisationId: string, attemptId: string): Promise<LiabilityForm | undefined> {
      return forms.findByAttempt(organisationId, attemptId)
    },

    /** The next number of the organisation and the year of `at`. A number that is not used is left out for ever. */
    async nextReceiptNumber(organisationId: string, at: Date): Promise<string> {
      const year = Number(dayOf(at).slice(0, 4))
      return receiptNumber(year, await forms.nextReceipt(organisationId, year))
    },

    /** A signed form and its receipt. Called inside the transaction of the hand-out. */
    async keepForm(form: LiabilityForm, bytes: Buffer): Promise<void> {
      const { id, organisationId, signedAt: createdAt, pdfSha256: sha256 } = form
      await forms.insert(form)
      await forms.insertPaper({ id, organisationId, bytes, sha256, createdAt })
    },

    /** The form kept as it is, and marked as binding nobody. Called inside the transaction of what voids it. */
    async markVoid(actor: Actor, formId: string, voided: Voided): Promise<void> {
      if (await forms.markVoid(actor.organisationId, formId, voided)) return
      throw new DomainError('not-found', 'form-unknown', 'There is no such form.')
    },

    /** Another paper. Called inside the transaction that it belongs to. */
    async keep(kept: Omit<KeptPaper, 'sha256'>): Promise<{ sha256: string }> {
      const sha256 = sha256OfBytes(kept.bytes)
      await forms.insertPaper({ ...kept, sha256 })
      return { sha256 }
    },
  }
}

/** SHA-256 of a file, in hexadecimal. */
export function sha256OfBytes(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export type Papers = ReturnType<typeof createPapers>

function summary({ signature, ...form }: LiabilityForm): FormSummary {
  return { ...form, signedBy: signature.kind }
}
