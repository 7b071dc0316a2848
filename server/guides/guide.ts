import { DomainError, type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { pdfStructure } from './pdf-structure.ts'

/** A paper that borrowers read on their iPad: the short guide, the slides of the course (requirement R11). */
export interface Guide {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  /** PersistentID on iPads, in reverse-DNS form: it lets a revision replace the previous version. */
  readonly identifier: string
  /** Number of the newest version. */
  readonly latest: number
}

/** One wording of a guide. Never changed. */
export interface GuideVersion {
  readonly id: string
  readonly organisationId: string
  readonly guideId: string
  /** 1, 2, 3 … in the guide. */
  readonly number: number
  readonly size: number
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  readonly note?: string
  readonly savedAt: Date
  readonly savedBy: { readonly id: string; readonly name: string }
}

/** The largest file, in bytes: an iPad fetches it over a telephone network too. */
export const maxGuideBytes = 10 * 1024 * 1024

/** By which an iPad knows the guide, whatever it is called. */
export const identifierOfGuide = (id: string): string => `se.ornkoll.guide.${id}`

const names = { encrypted: /\/Encrypt\b/, active: /\/(?:JavaScript|JS|Launch|RichMedia)\b/ } as const

/** What is wrong with a file as a guide, judged by what is in it and not by its name; undefined when nothing is. */
export function guideFault(bytes: Uint8Array): FieldError | undefined {
  const told = (reason: Reason) => ({ path: 'file', ...reason })
  if (bytes.length > maxGuideBytes) return told(because('guide-too-large', 'A guide is at most 10 MB.'))
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const begins = buffer.subarray(0, 1024).toString('latin1').includes('%PDF-')
  const ends = buffer.subarray(-2048).toString('latin1')
  if (!begins || !ends.includes('%%EOF') || !ends.includes('startxref'))
    return told(because('guide-no-pdf', 'This is not a complete PDF file.'))
  const text = pdfStructure(bytes)
  if (text === undefined)
    return told(
      because('guide-packed', 'The PDF holds too much to be looked through; save it anew as a PDF.'),
    )
  if (names.encrypted.test(text))
    return told(because('guide-locked', 'The PDF is locked; save it without a password.'))
  if (names.active.test(text))
    return told(because('guide-active', 'The PDF contains scripts or starts programs; save it without them.'))
  return undefined
}

/** @throws {DomainError} invalid `guide-invalid` */
export function mustBeGuide(bytes: Uint8Array): void {
  const fault = guideFault(bytes)
  if (fault) throw new DomainError('invalid', 'guide-invalid', fault.message, [fault])
}
