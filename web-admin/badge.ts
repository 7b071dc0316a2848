import { type IconName } from './icons.ts'

/** A state as a colour and a sign, for a badge or a point in time; always beside words. */
export type Tone = 'plain' | 'done' | 'info' | 'warning' | 'danger'

export interface Badge {
  readonly text: string
  readonly tone: Tone
  readonly icon: IconName
}
