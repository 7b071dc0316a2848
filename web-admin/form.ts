import { type ObjectSchema, type ValidationErrorItem } from 'joi'
import { DomainError } from '../server/domain-error.ts'
import { type Reason } from '../server/reason.ts'
import { isText, type Say } from './language.ts'
import { type TextKey } from './texts/texts.ts'

export interface Option {
  readonly value: string
  readonly text: string
}

/** One field as a form describes it. The label doubles as its name in error messages. */
export interface Field {
  readonly label: TextKey
  /** Its own name where no text of the catalogue is one, such as that of a committee. */
  readonly said?: string
  readonly hint?: TextKey
  readonly type?:
    | 'text'
    | 'email'
    | 'password'
    | 'tel'
    | 'date'
    | 'datetime-local'
    | 'number'
    | 'textarea'
    | 'select'
    | 'checkbox'
    | 'file'
    | 'search'
  readonly options?: readonly Option[]
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'decimal' | 'tel'
  readonly optional?: boolean
  readonly rows?: number
}

interface FieldView {
  readonly name: string
  readonly id: string
  readonly label: string
  readonly hint: string | undefined
  readonly error: string | undefined
  readonly describedBy: string | undefined
  readonly value: string
  readonly isChecked: boolean
  readonly type: string
  readonly isInput: boolean
  readonly isTextarea: boolean
  readonly isSelect: boolean
  readonly isCheckbox: boolean
  readonly isOptional: boolean
  readonly options: readonly (Option & { readonly isChosen: boolean })[]
  readonly autocomplete: string | undefined
  readonly inputmode: string | undefined
  readonly rows: number
}

export interface FormError {
  readonly path: string
  readonly message: string
}

interface FormView<Name extends string = string> {
  readonly fields: Readonly<Record<Name, FieldView>>
  /** For the summary above the form; `href` leads to the field, and is absent for what concerns no single one. */
  readonly errors: readonly { readonly message: string; readonly href: string | undefined }[]
}

export type Fields<Name extends string = string> = Readonly<Record<Name, Field>>

/** The form as the templates show it: what was typed stays, each error stands at its field and in the summary. */
export function formView<Name extends string>(
  fields: Fields<Name>,
  typed: Readonly<Record<string, unknown>>,
  say: Say,
  errors: readonly FormError[] = [],
): FormView<Name> {
  const names = Object.keys(fields) as Name[]
  const views = names.map(name => {
    const error = errors.find(({ path }) => path === name)?.message
    return [name, fieldView(name, fields[name], { typed: typed[name], error, say })] as const
  })
  return {
    fields: Object.fromEntries(views) as Record<Name, FieldView>,
    errors: errors.map(({ path, message }) => ({
      message,
      href: path in fields ? `#field-${path}` : undefined,
    })),
  }
}

/** The form with ids of its own, for a page that holds several. */
export function withPrefix<Name extends string>(form: FormView<Name>, prefix: string): FormView<Name> {
  const own = (text: string | undefined) => text?.replaceAll('field-', `${prefix}-`)
  const fields = Object.entries<FieldView>(form.fields).map(([name, field]) => [
    name,
    { ...field, id: own(field.id), describedBy: own(field.describedBy) },
  ])
  return {
    fields: Object.fromEntries(fields) as Record<Name, FieldView>,
    errors: form.errors.map(({ message, href }) => ({ message, href: own(href) })),
  }
}

interface Shown {
  readonly typed: unknown
  readonly error: string | undefined
  readonly say: Say
}

function fieldView(name: string, field: Field, { typed, error, say }: Shown): FieldView {
  const id = `field-${name}`
  const { type = 'text', hint, options = [], rows = 3, optional = false } = field
  const value = typeof typed === 'string' || typeof typed === 'number' ? String(typed) : ''
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    name,
    id,
    type,
    // What opened a door once is never sent back.
    value: type === 'password' || type === 'file' ? '' : value,
    label: say(field.label),
    hint: hint && say(hint),
    error,
    describedBy: described === '' ? undefined : described,
    isChecked: value === 'on' || typed === true,
    isInput: !['textarea', 'select', 'checkbox'].includes(type),
    isTextarea: type === 'textarea',
    isSelect: type === 'select',
    isCheckbox: type === 'checkbox',
    isOptional: optional,
    options: options.map(option => ({ ...option, isChosen: option.value === value })),
    autocomplete: field.autocomplete,
    inputmode: field.inputmode,
    rows,
  }
}

type Read<T> = { readonly value: T } | { readonly errors: readonly FormError[] }

/** What was sent, checked by `schema`, or an error in the reader's words for each wrong field. */
export function readForm<T>(schema: ObjectSchema<T>, payload: unknown, fields: Fields, say: Say): Read<T> {
  const result = schema.validate(payload ?? {}, { abortEarly: false, stripUnknown: true })
  if (!result.error) return { value: result.value }
  const seen = new Set<string>()
  const errors = result.error.details
    .map(detail => ({ path: fieldOf(detail.path, fields), message: wordsFor(detail, fields, say) }))
    .filter(({ path }) => !seen.has(path) && seen.add(path))
  return { errors }
}

/** The field that an error belongs to: what is inside of a field, such as the name of a file, is the field's. */
function fieldOf(path: ValidationErrorItem['path'], fields: Fields): string {
  const name = String(path[0])
  return name in fields ? name : path.join('.')
}

function wordsFor({ type, path, context }: ValidationErrorItem, fields: Fields, say: Say): string {
  const { label, type: sort } = fields[String(path[0])] ?? {}
  const values = {
    label: label ? say(label) : path.join('.'),
    limit: String(context?.['limit'] ?? ''),
    line: String(context?.['line'] ?? ''),
  }
  const empty = ['any.required', 'string.empty', 'any.only-checked'].includes(type)
  if (empty) return say(sort === 'file' ? 'form.error.no-file' : 'form.error.empty', values)
  const key = `form.error.${type}`
  return isText(key) ? say(key, values) : say('form.error.other', values)
}

/**
 * What a use case refused, in the reader's words: each field's reason; where there is none, the words for the refusal's
 * code. Faults, and things that are not there, are thrown on.
 */
export function refusalErrors(thrown: unknown, say: Say): FormError[] {
  if (!(thrown instanceof DomainError) || thrown.kind === 'not-found') throw thrown
  const words = refusalWords(thrown, say)
  const isOne = thrown.fields.length === 1
  if (thrown.fields.length === 0) return [{ path: '', message: words }]
  return thrown.fields.map(({ path: wholePath, message, code = '', values }) => {
    const path = wholePath.split('.').at(-1) ?? wholePath
    const own = reasonWords({ code, message, ...(values && { values }) }, say)
    const isKnown = isText(`reason.${code}`)
    return { path, message: !isKnown && isOne ? words : own }
  })
}

/** The catalogue's words for a reason, or its own English ones when the catalogue does not know the code. */
export function reasonWords({ code, message, values }: Reason, say: Say): string {
  const key = `reason.${code}`
  return isText(key) ? say(key, values) : message
}

/** The catalogue's words for a refusal's code, or the refusal's own message when the code has none. */
export function refusalWords({ code, message }: Pick<DomainError, 'code' | 'message'>, say: Say): string {
  const key = `refusal.${code}`
  return isText(key) ? say(key) : message
}
