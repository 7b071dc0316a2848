import { type CatalogueKey } from '../catalogue/notation.ts'
import { type Control } from './control.ts'
import { type FieldPath } from './field-path.ts'

/** One value of a payload as a form shows it. Nothing secret is in it. */
export interface FormField {
  /** As it is sent. */
  readonly name: string
  readonly path: FieldPath
  readonly key: CatalogueKey
  readonly control: Control
  readonly isSet: boolean
  /** The catalogue does not know it: it is in the payload and is passed on as it is. */
  readonly isUnknown: boolean
  /** The text in the field. */
  readonly text: string
  /** Of checks and references: what is chosen. */
  readonly chosen: readonly string[]
  /** Of a file: its length. */
  readonly bytes?: number
  /** Of a group. */
  readonly fields: readonly FormField[]
  /** Of an array with fields of its own. */
  readonly rows: readonly FormField[]
}

/** How moments are written in forms. */
export interface Moments {
  show(at: Date): string
  /** Undefined when the text is no moment. */
  read(text: string): Date | undefined
}
