import { boolean, integer, payload } from './notation.ts'

export const passcode = payload('com.apple.mobiledevice.passwordpolicy', {
  title: ['Lösenkod', 'Passcode'],
  help: ['Krav på lösenkoden som låser upp iPaden.', 'Demands on the passcode that unlocks the iPad.'],
  family: 'security',
  since: '4.0',
  several: true,
  sharedPlace: 'none',
  keys: {
    allowSimple: boolean(
      ['Enkla koder', 'Simple codes'],
      ['Av: 1111 och 1234 godtas inte.', 'Off: 1111 and 1234 are not accepted.'],
      { default: true, userEnrolment: 'ignored' },
    ),
    forcePIN: boolean(
      ['Kräv lösenkod', 'Require a passcode'],
      ['På: användaren måste sätta en kod inom en timme.', 'On: the user must set a code within an hour.'],
      { default: false, userEnrolment: 'ignored' },
    ),
    maxFailedAttempts: integer(
      ['Felaktiga försök före radering', 'Wrong attempts before erasing'],
      [
        'Efter så många felaktiga försök raderas iPaden. Från sjätte försöket ökar väntetiden.',
        'After that many wrong attempts the iPad is erased. From the sixth the waiting grows.',
      ],
      { min: 2, max: 11, default: 11, userEnrolment: 'ignored' },
    ),
    maxInactivity: integer(
      ['Lås efter, minuter', 'Lock after, minutes'],
      ['Längsta tid utan användning innan iPaden låses.', 'The longest idle time before the iPad locks.'],
      { min: 0, max: 15, userEnrolment: 'ignored' },
    ),
    maxPINAgeInDays: integer(
      ['Byt kod efter, dagar', 'Change code after, days'],
      ['0 betyder aldrig.', '0 means never.'],
      { min: 0, max: 730, userEnrolment: 'ignored' },
    ),
    minComplexChars: integer(
      ['Minsta antal specialtecken', 'Fewest special characters'],
      ['Tecken som varken är siffror eller bokstäver.', 'Characters that are neither digits nor letters.'],
      { min: 0, max: 4, default: 0, userEnrolment: 'ignored' },
    ),
    minLength: integer(['Minsta längd', 'Shortest length'], ['Antal tecken.', 'Number of characters.'], {
      min: 0,
      max: 16,
      default: 0,
      userEnrolment: 'ignored',
    }),
    requireAlphanumeric: boolean(
      ['Kräv bokstäver', 'Require letters'],
      ['På: bara siffror räcker inte.', 'On: digits alone are not enough.'],
      { default: false, userEnrolment: 'ignored' },
    ),
    pinHistory: integer(
      ['Koder som inte får återanvändas', 'Codes that may not come again'],
      ['Så många tidigare koder nekas.', 'That many former codes are refused.'],
      { min: 1, max: 50, userEnrolment: 'ignored' },
    ),
    maxGracePeriod: integer(
      ['Frist utan kod, minuter', 'Grace without code, minutes'],
      ['0 betyder att koden alltid krävs.', '0 means that the code is always asked.'],
      { default: 0, userEnrolment: 'ignored' },
    ),
  },
})
