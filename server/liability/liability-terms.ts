import { createHash } from 'node:crypto'
import { type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { languages, type Language } from '../organisations/organisation.ts'

/** One version of what a borrower signs. It is never changed: a new wording is a new version. */
export interface LiabilityTerms {
  readonly id: string
  readonly organisationId: string
  /** 1, 2, 3 … within the organisation; the highest is in force. */
  readonly number: number
  /** An agreement is accepted; information is only received, as where schooling is free. */
  readonly kind: TermsKind
  readonly texts: TermsTexts
  /** Of the kind and both texts; stands on every receipt. */
  readonly sha256: string
  readonly publishedAt: Date
  readonly publishedBy: string
}

export const termsKinds = ['agreement', 'information-receipt'] as const
export type TermsKind = (typeof termsKinds)[number]
type TermsTexts = Readonly<Record<Language, TermsText>>

interface TermsText {
  readonly title: string
  /** Paragraphs with empty lines between them; a line that begins with `# ` is a heading, with `- ` a point. */
  readonly body: string
}

export interface NewTerms {
  readonly kind: TermsKind
  readonly texts: TermsTexts
}

/** A piece of the text as it is shown and printed. */
type TermsBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }

/** What is wrong with the wording, in words for the one who wrote it; empty when nothing is. */
export function termsErrors({ texts }: NewTerms): FieldError[] {
  return languages.flatMap(language => {
    const { title, body } = texts[language]
    const checks: [path: string, ok: boolean, reason: Reason][] = [
      [
        `texts.${language}.title`,
        title.trim().length > 0 && title.length <= 120,
        because('title-length', 'A title has 1–120 characters.'),
      ],
      [
        `texts.${language}.body`,
        body.trim().length > 0 && body.length <= 30_000,
        because('terms-length', 'The text has 1–30 000 characters.'),
      ],
    ]
    return checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
  })
}

/** The wording as it is stored: line ends and blanks at line ends do not make another text. */
export function tidyTerms({ kind, texts }: NewTerms): NewTerms {
  const tidy = ({ title, body }: TermsText) => ({
    title: title.trim(),
    body: body
      .replaceAll('\r\n', '\n')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  })
  return { kind, texts: { sv: tidy(texts.sv), en: tidy(texts.en) } }
}

/** SHA-256 in hexadecimal of kind and texts, in this order and nothing else. */
export function sha256OfTerms({ kind, texts: { sv, en } }: NewTerms): string {
  const said = JSON.stringify([kind, sv.title, sv.body, en.title, en.body])
  return createHash('sha256').update(said).digest('hex')
}

/** The pieces of a text in order. */
export function blocksOf(body: string): TermsBlock[] {
  return body.split(/\n{2,}/).flatMap(chunk => {
    const lines = chunk.split('\n').filter(line => line.trim() !== '')
    if (lines.length === 0) return []
    if (lines.every(line => line.startsWith('- '))) {
      return [{ kind: 'list', items: lines.map(line => line.slice(2).trim()) }]
    }
    const [first = '', ...rest] = lines
    if (!first.startsWith('# ')) return [{ kind: 'paragraph', text: lines.join(' ') }]
    const heading: TermsBlock = { kind: 'heading', text: first.slice(2).trim() }
    return rest.length > 0 ? [heading, ...blocksOf(rest.join('\n'))] : [heading]
  })
}
