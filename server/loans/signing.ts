import { isDeepStrictEqual } from 'node:util'
import { type Device } from '../devices/device.ts'
import { DomainError } from '../domain-error.ts'
import {
  sha256OfRecord,
  type IdentityCheck,
  type LiabilityForm,
  type SignedDevice,
  type SignedRecord,
} from '../liability/liability-form.ts'
import { sha256OfBytes, type Papers } from '../liability/papers.ts'
import { type Receipts } from '../liability/receipts.ts'
import { checkSignature, type Signature } from '../liability/signature.ts'
import { checkSignedName } from '../liability/signed-name.ts'
import { type Organisations } from '../organisations/organisations.ts'
import { fullName } from '../people/person.ts'
import { type Actor } from '../staff/actor.ts'
import { type HandOutDeps } from './hand-out.ts'
import { type Loan } from './loan.ts'

export interface SigningDeps extends HandOutDeps {
  readonly papers: Papers
  readonly organisations: Organisations
  readonly receipts: Receipts
}

export interface Signing {
  /** Made by the desk when the signature is asked for; sent again, it gets the same answer. */
  readonly attemptId: string
  /** Of the terms that were read. */
  readonly termsSha256: string
  readonly signature: Signature
  readonly identityCheck: IdentityCheck
  readonly station?: string | undefined
  /** Further loans of the same person that the one signature covers. */
  readonly alsoLoanIds?: readonly string[] | undefined
}

/** What one signature does: with it, and only with it, the iPad is on loan. */
export function createSigning(deps: SigningDeps, get: (actor: Actor, id: string) => Promise<Loan>) {
  const { loans, papers, terms, devices, people, audit, transaction, clock, newId } = deps

  /**
   * The signature: with it the iPad is on loan. Form, receipt, loans, iPads and log are saved together or not at all.
   * The same attempt sent again, even at the same time, gets the form that it made.
   * @throws {DomainError} invalid `signature-empty`, `signature-other-name` when another name was typed than the
   * borrower's; conflict `terms-changed` when other terms are in force than were read, `terms-not-shown`, `already-signed`, `attempt-reused`, `other-person`, `loans-differ`, `lifecycle-transition`
   * when the iPad was reported stolen meanwhile
   */
  async function sign(
    actor: Actor,
    id: string,
    signing: Signing,
  ): Promise<{ form: LiabilityForm; loans: Loan[] }> {
    const earlier = await answerOf(actor, id, signing.attemptId)
    if (earlier) return earlier
    checkSignature(signing.signature)
    const signed = await Promise.all(
      [...new Set([id, ...(signing.alsoLoanIds ?? [])])].map(one => get(actor, one)),
    )
    refuseUnsignable(signed)
    const { record, organisation, ...facts } = await recordOf(actor, signed, signing)
    const pdf = await deps.receipts.signed(record, organisation)
    const form: LiabilityForm = {
      id: newId(),
      organisationId: actor.organisationId,
      attemptId: signing.attemptId,
      loanIds: signed.map(loan => loan.id),
      ...facts,
      language: record.language,
      signature: record.signature,
      identityCheck: record.identityCheck,
      devices: record.devices,
      accessories: record.accessories,
      staff: { id: actor.id, name: actor.name },
      ...(record.station !== undefined && { station: record.station }),
      signedAt: record.signedAt,
      receiptNumber: record.receiptNumber,
      recordSha256: sha256OfRecord(record),
      pdfSha256: sha256OfBytes(pdf),
    }
    try {
      return { form, loans: await transaction(() => keep(actor, form, pdf, signed)) }
    } catch (error) {
      // The same attempt on another connection may have been first: then its answer is the answer.
      const winner = await answerOf(actor, id, signing.attemptId)
      if (winner) return winner
      throw error
    }
  }

  async function answerOf(actor: Actor, loanId: string, attemptId: string) {
    const form = await papers.formOfAttempt(actor.organisationId, attemptId)
    if (!form) return undefined
    if (!form.loanIds.includes(loanId))
      throw new DomainError(
        'conflict',
        'attempt-reused',
        'This attempt signed another loan. Begin a new one.',
      )
    return { form, loans: await Promise.all(form.loanIds.map(one => get(actor, one))) }
  }

  async function recordOf(
    actor: Actor,
    signed: readonly Loan[],
    { termsSha256, signature, ...rest }: Signing,
  ) {
    const now = clock.now()
    const [{ personId, language = 'sv', dueOn, prices }] = signed as [Loan]
    const current = await terms.current(actor)
    if (current.sha256 !== termsSha256)
      throw new DomainError('conflict', 'terms-changed', 'Other terms apply now. Show them before signing.')
    const organisation = await deps.organisations.get(actor)
    const person = await people.forPaper(actor, personId)
    checkSignedName(signature, person)
    const bodyIds = new Set(signed.flatMap(loan => loan.bodyIds))
    const bodies = (await deps.bodies.list(actor)).filter(body => bodyIds.has(body.id))
    const lent = await devices.many(
      actor,
      signed.map(loan => loan.deviceId),
    )
    const record: SignedRecord = {
      // Taken before the transaction: a number may be left out, but no desk waits for another's signature.
      receiptNumber: await papers.nextReceiptNumber(actor.organisationId, now),
      organisation: { name: organisation.name, number: organisation.number },
      language,
      borrower: { name: fullName(person), email: person.email },
      bodies: bodies.map(body => body.name),
      devices: lent.map(signedDevice),
      accessories: signed.flatMap(loan => loan.accessories),
      ...(dueOn !== undefined && { dueOn }),
      terms: {
        ...current.texts[language],
        number: current.number,
        kind: current.kind,
        sha256: current.sha256,
      },
      ...(prices && Object.keys(prices).length > 0 && { prices }),
      signature,
      identityCheck: rest.identityCheck,
      staffName: actor.name,
      ...(rest.station !== undefined && { station: rest.station }),
      signedAt: now,
    }
    return { record, organisation, personId, termsId: current.id, termsNumber: current.number, termsSha256 }
  }

  async function keep(
    actor: Actor,
    form: LiabilityForm,
    pdf: Buffer,
    signed: readonly Loan[],
  ): Promise<Loan[]> {
    const { id: formId, signedAt, pdfSha256 } = form
    await papers.keepForm(form, pdf)
    const active: Loan[] = []
    for (const before of signed) {
      const loan: Loan = {
        ...before,
        state: 'active',
        formId,
        signedAt,
        handedOutAt: signedAt,
        version: before.version + 1,
      }
      await loans.save(loan)
      await devices.moveLifecycle(actor, loan.deviceId, 'on-loan')
      await audit.record(actor, {
        action: 'loans.sign',
        on: { kind: 'loan', id: loan.id },
        after: { formId, receiptNumber: form.receiptNumber, pdfSha256, termsSha256: form.termsSha256 },
      })
      active.push(loan)
    }
    return active
  }

  return { sign }
}

/** @throws {DomainError} conflict `already-signed`, `terms-not-shown`, `other-person` */
/** What the one paper says for all of them. */
const onePaper = ['dueOn', 'language', 'prices'] as const

function refuseUnsignable(signed: readonly Loan[]): void {
  for (const loan of signed) {
    const { state, personId } = loan
    if (state === 'reserved')
      throw new DomainError('conflict', 'terms-not-shown', 'Show the terms before they are signed.')
    if (state !== 'terms-shown')
      throw new DomainError('conflict', 'already-signed', 'This loan has already been signed or closed.')
    if (personId !== signed[0]?.personId)
      throw new DomainError('conflict', 'other-person', 'One signature covers the loans of one person.')
    if (onePaper.some(key => !isDeepStrictEqual(loan[key], signed[0]?.[key])))
      throw new DomainError(
        'conflict',
        'loans-differ',
        'These loans have different last days, languages or prices. Have them signed one by one.',
      )
  }
}

/** The iPad as a paper names it. */
export function signedDevice({ id, assetTag, serialNumber, model, theftMark }: Device): SignedDevice {
  return { id, assetTag, serialNumber, model, ...(theftMark !== undefined && { theftMark }) }
}
