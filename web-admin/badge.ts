import { type IconName } from './icons.ts'

/** How something stands, for a badge or a point in time: a colour and a sign, always beside words. */
export type Tone = 'plain' | 'done' | 'info' | 'warning' | 'danger'

export interface Badge {
  readonly text: string
  readonly tone: Tone
  readonly icon: IconName
}
