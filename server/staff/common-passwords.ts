import { dictionary } from '@zxcvbn-ts/language-common'

/** What Swedes reach for that lists from elsewhere do not hold. */
const swedish = [
  ...[
    'lösenord',
    'losenord',
    'välkommen',
    'valkommen',
    'hejsan',
    'kommun',
    'kommunen',
    'surfplatta',
    'örnkoll',
  ],
  ...['sommar', 'vinter', 'vår', 'höst', 'sommaren', 'vintern', 'hösten', 'jul', 'midsommar', 'fotboll'],
  ...['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober'],
  ...['november', 'december', 'måndag', 'fredag', 'stockholm', 'göteborg', 'malmö', 'sverige', 'hemligt'],
]

/** Passwords that are tried first, in lower case: fifty thousand that leaked most often, and Swedish ones. */
export const commonPasswords: ReadonlySet<string> = new Set([...dictionary['passwords-common'], ...swedish])
