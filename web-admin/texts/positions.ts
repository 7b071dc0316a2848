import { type Text } from './texts.ts'

export const positionTexts = {
  'position.age': { sv: 'Ålder', en: 'Age' },
  'position.now': { sv: 'nyss', en: 'just now' },
  'position.minutes': { sv: '{count} minuter', en: '{count} minutes' },
  'position.minutes.one': { sv: 'en minut', en: 'one minute' },
  'position.hours': { sv: '{count} timmar', en: '{count} hours' },
  'position.hours.one': { sv: 'en timme', en: 'one hour' },
  'position.days': { sv: '{count} dygn', en: '{count} days' },
  'position.days.one': { sv: 'ett dygn', en: 'one day' },
  'position.latest': { sv: 'Senaste position', en: 'Latest position' },
  'position.copy': { sv: 'Kopiera koordinaterna', en: 'Copy the coordinates' },
  'position.copied': { sv: 'Kopierade', en: 'Copied' },
  'position.plot': {
    sv: 'Positionerna utan karta, norr uppåt. Cirkeln är osäkerheten i den senaste.',
    en: 'The positions without a map, north up. The circle shows how uncertain the latest one is.',
  },
  'position.metres': { sv: '{count} m', en: '{count} m' },
  'position.kilometres': { sv: '{count} km', en: '{count} km' },
  'position.logged': {
    sv: 'Visningen har skrivits i händelseloggen.',
    en: 'This look has been recorded in the audit log.',
  },
} as const satisfies Record<string, Text>
