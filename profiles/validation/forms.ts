import { type Form, type Words } from '../catalogue/notation.ts'
import { isList, type PlistValue } from '../plist/plist-value.ts'
import { holdsVariables } from '../variables.ts'

/** How a form is asked for, after the name of the key. */
export const formWords = {
  port: ['ska vara en port, 1–65535', 'must be a port, 1–65535'],
  url: [
    'ska vara en hel webbadress, som https://kommun.se/',
    'must be a whole web address, such as https://kommun.se/',
  ],
  https: [
    'ska vara en webbadress som börjar med https://',
    'must be a web address that begins with https://',
  ],
  link: [
    'öppnar ingenting. Skriv hela adressen, som https://kommun.se/ipad',
    'opens nothing. Write the whole address, such as https://kommun.se/ipad',
  ],
  host: [
    'ska vara bara serverns namn eller IP-adress, som mail.kommun.se, utan https:// framför och utan mellanslag',
    'must be only the name or IP address of the server, such as mail.kommun.se, without https:// before it and without spaces',
  ],
  mail: [
    'ska vara en e-postadress, som eva.berg@kommun.se',
    'must be a mail address, such as eva.berg@kommun.se',
  ],
} as const satisfies Record<Form, Words>

/** Whether a value has the form. An empty text stands for nothing given; of a list, every item must have it. */
export function hasForm(form: Form, value: PlistValue): boolean {
  if (isList(value)) return value.every(each => hasForm(form, each))
  if (form === 'port')
    return (typeof value !== 'number' && typeof value !== 'bigint') || (value >= 1 && value <= 65_535)
  return typeof value !== 'string' || value === '' || holdsVariables(value) || texts[form](value)
}

const texts: Readonly<Record<Exclude<Form, 'port'>, (value: string) => boolean>> = {
  url: value => isOfTheWeb(value, ['http:', 'https:']),
  https: value => isOfTheWeb(value, ['https:']),
  link: value => opensSomething.test(value),
  host: value => /^[^\s/@?#]+$/.test(value),
  mail: value => /^[^\s@]+@[^\s@]+$/.test(value),
}

/** Apps have schemes of their own, so that only what opens nothing is refused. */
const opensSomething = /^(?!javascript:|data:)[a-z][a-z0-9+.-]*:./i

function isOfTheWeb(value: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return hostname !== '' && schemes.includes(protocol)
}
