import { inherit, type IpadFacts } from '../../../profiles/catalogue/availability.ts'
import { catalogue } from '../../../profiles/catalogue/catalogue.ts'
import { otherNames } from '../../../profiles/catalogue/other-names.ts'
import { type CataloguePayload, type Family } from '../../../profiles/catalogue/notation.ts'
import { kindsOfIpads, lacksOf } from '../../../profiles/validation/check-availability.ts'
import { type Language } from '../../../server/organisations/organisation.ts'
import { sayIn } from '../../language.ts'
import { inWords } from '../words.ts'

const families: readonly Family[] = [
  ...(['network', 'accounts', 'security', 'restrictions', 'certificates', 'apps', 'appearance'] as const),
  ...(['sign-in', 'shared', 'management'] as const),
]

/** As many settings as are named for a part that was found by them. */
const mostSettings = 5

/** Management itself comes with enrolment alone, and an iPad refuses it elsewhere. */
const elsewhere = new Set(['com.apple.mdm'])

/**
 * The parts that can be added, by purpose, those whose words, type or settings hold every word of `search`; each with
 * the number of `ipads` that do not know it.
 */
export function partChoices(
  search: string,
  {
    ipads,
    there,
    language,
  }: {
    readonly ipads: readonly IpadFacts[]
    readonly there: ReadonlySet<string>
    readonly language: Language
  },
) {
  const say = sayIn(language)
  const wanted = searched(search)
    .split(/\s+/)
    .filter(word => word !== '')
  const kinds = kindsOfIpads(ipads)
  const rows = catalogue.flatMap((entry, index) => {
    if (elsewhere.has(entry.type) || !wanted.every(word => textOf(entry).includes(word))) return []
    const isThere = !entry.several && there.has(entry.type)
    return [
      {
        index,
        family: entry.family,
        title: inWords(entry.title, language),
        help: inWords(entry.help, language),
        type: entry.type,
        isThere,
        settings: settingsWith(entry, wanted, language),
        notes: [
          ...(isThere ? [say('editor.only-one')] : []),
          ...(entry.deprecated === undefined
            ? []
            : [say('editor.deprecated', { version: entry.deprecated })]),
          ...lacksOf(inherit({}, entry), kinds).map(({ words, count }) =>
            say('editor.lacking-because', { count, of: ipads.length, why: inWords(words, language) }),
          ),
        ],
      },
    ]
  })
  return families
    .map(family => ({ title: say(`family.${family}`), rows: rows.filter(row => row.family === family) }))
    .filter(group => group.rows.length > 0)
}

/** The settings of the part that are why it was found, when its own words do not say it. */
function settingsWith(
  { type, title, help, keys }: CataloguePayload,
  wanted: readonly string[],
  language: Language,
): string | undefined {
  const own = searched(type, ...title, ...help, otherNames[type] ?? '')
  const hidden = wanted.filter(word => !own.includes(word))
  if (hidden.length === 0) return undefined
  const found = Object.entries(keys).flatMap(([name, key]) => {
    const words = searched(name, ...(key.title ?? []))
    return hidden.some(word => words.includes(word)) ? [key.title ? inWords(key.title, language) : name] : []
  })
  const more = found.length - mostSettings
  const shown = [...new Set(found)].slice(0, mostSettings).join(', ')
  return more > 0 ? `${shown} …` : shown
}

function textOf({ type, title, help, keys }: CataloguePayload): string {
  const names = Object.entries(keys).flatMap(([name, key]) => [name, ...(key.title ?? [])])
  return searched(type, ...title, ...help, otherNames[type] ?? '', ...names)
}

/** As it is searched: epost is e-post, and wifi is Wi-Fi. */
const searched = (...words: readonly string[]): string => words.join(' ').toLowerCase().replaceAll('-', '')
