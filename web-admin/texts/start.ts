import { type Text } from './texts.ts'

export const startTexts = {
  'start.title': { sv: 'Start', en: 'Start' },
} as const satisfies Record<string, Text>
