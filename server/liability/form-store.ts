import { type LiabilityForm, type Voided } from './liability-form.ts'

/** A file that is kept byte for byte. */
export interface KeptPaper {
  readonly id: string
  readonly organisationId: string
  readonly bytes: Buffer
  readonly sha256: string
  readonly createdAt: Date
}

export interface FormStore {
  find(organisationId: string, id: string): Promise<LiabilityForm | undefined>
  findByAttempt(organisationId: string, attemptId: string): Promise<LiabilityForm | undefined>
  findByReceiptNumber(organisationId: string, receiptNumber: string): Promise<LiabilityForm | undefined>
  /** Those of a person, newest first. */
  ofPerson(organisationId: string, personId: string): Promise<LiabilityForm[]>
  countOfPerson(organisationId: string, personId: string): Promise<number>
  /** Every form of `from` is found with `to`; the papers stay as they are. The ids of the forms. */
  movePerson(organisationId: string, from: string, to: string): Promise<string[]>
  insert(form: LiabilityForm): Promise<void>
  /** The one thing that can be said of a form itself later. False when it was said before. */
  markVoid(organisationId: string, id: string, voided: Voided): Promise<boolean>
  /** There is no way to change or remove a paper. */
  insertPaper(paper: KeptPaper): Promise<void>
  findPaper(organisationId: string, id: string): Promise<KeptPaper | undefined>
  /** 1, 2, 3 … of the organisation and year; each is given once. */
  nextReceipt(organisationId: string, year: number): Promise<number>
}
