import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { type Language } from '../server/organisations/organisation.ts'
import { iconSvg } from './icons.ts'
import { isText, sayIn } from './language.ts'

export const viewsFolder = join(import.meta.dirname, 'views')

/**
 * An engine of our own, with the helpers the views use and every file of `views/partials` under its name:
 * `{{t "key" name=value}}` a text of the catalogue, `{{icon "name"}}` an inline icon, `{{eq a b}}` sameness,
 * `{{mail address}}` an address that breaks where people would break it.
 * An unknown text key throws, so that a page never shows a key to a person.
 */
export function createHandlebars(): typeof Handlebars {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => {
    if (!isText(key)) throw new Error(`The catalogue has no text '${key}'`)
    const { language } = (options.data as { root: { language: Language } }).root
    return sayIn(language)(key, options.hash as Record<string, string | number>)
  })
  handlebars.registerHelper('icon', (name: unknown) => new handlebars.SafeString(iconSvg(String(name))))
  handlebars.registerHelper(
    'mail',
    (address: string | undefined) => new handlebars.SafeString(breakable(address ?? '')),
  )
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b)
  const partials = join(viewsFolder, 'partials')
  for (const file of readdirSync(partials).filter(name => name.endsWith('.hbs'))) {
    handlebars.registerPartial(file.slice(0, -'.hbs'.length), readFileSync(join(partials, file), 'utf8'))
  }
  return handlebars
}

/** May break after the at sign and before a dot, rather than one letter before the end of the line. */
function breakable(address: string): string {
  return Handlebars.escapeExpression(address).replace(/@/g, '@<wbr>').replace(/\./g, '<wbr>.')
}
