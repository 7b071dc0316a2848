import { createHash } from 'node:crypto'
import { DomainError } from '../domain-error.ts'
import { mayReveal, type People } from '../people/people.ts'
import { type Actor } from '../staff/actor.ts'
import { type FormStore } from './form-store.ts'
import { type LiabilityForm } from './liability-form.ts'

export interface PapersDeps {
  readonly forms: FormStore
  readonly people: Pick<People, 'get'>
}

/** A form without what was drawn or typed: that stands on the paper alone. */
export type FormSummary = Omit<LiabilityForm, 'signature'> & {
  readonly signedBy: LiabilityForm['signature']['kind']
}

/** Reading what was signed and given in return. Nothing here writes. */
export function createPapers({ forms, people }: PapersDeps) {
  async function form(actor: Actor, id: string): Promise<LiabilityForm> {
    const found = await forms.find(actor.organisationId, id)
    if (!found) throw new DomainError('not-found', 'form-unknown', 'There is no such form.')
    return found
  }

  /**
   * The bytes of a paper about `personId`, exactly as they were kept.
   * @throws {DomainError} forbidden `person-protected`, for the name stands on it; not-found `paper-unknown`
   */
  async function paper(actor: Actor, id: string, personId: string): Promise<Buffer> {
    if ((await people.get(actor, personId)).protectedIdentity && !mayReveal(actor))
      throw new DomainError('forbidden', 'person-protected', 'This person has a protected identity.')
    const kept = await forms.findPaper(actor.organisationId, id)
    if (!kept) throw new DomainError('not-found', 'paper-unknown', 'There is no such paper.')
    if (createHash('sha256').update(kept.bytes).digest('hex') !== kept.sha256)
      throw new Error(`The paper ${id} is not what was kept`)
    return kept.bytes
  }

  return {
    /** @throws {DomainError} not-found `form-unknown` */
    async get(actor: Actor, id: string): Promise<FormSummary> {
      return summary(await form(actor, id))
    },

    /** What a person has signed, newest first. */
    async ofPerson(actor: Actor, personId: string): Promise<FormSummary[]> {
      return (await forms.ofPerson(actor.organisationId, personId)).map(summary)
    },

    /** The signed receipt and a name for its file, without any person's name in it. */
    async receipt(actor: Actor, formId: string): Promise<{ bytes: Buffer; fileName: string }> {
      const { id, personId, receiptNumber } = await form(actor, formId)
      return { bytes: await paper(actor, id, personId), fileName: `kvittens-${receiptNumber}.pdf` }
    },

    paper,
  }
}

export type Papers = ReturnType<typeof createPapers>

function summary({ signature, ...form }: LiabilityForm): FormSummary {
  return { ...form, signedBy: signature.kind }
}
