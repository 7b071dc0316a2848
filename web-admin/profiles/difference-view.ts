import { catalogue } from '../../profiles/catalogue/catalogue.ts'
import { type Keys } from '../../profiles/catalogue/notation.ts'
import { everyPayload, topLevel } from '../../profiles/catalogue/top-level.ts'
import { type Difference } from '../../profiles/compare-profiles.ts'
import { mask } from '../../profiles/secrets.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Badge } from '../badge.ts'
import { sayIn } from '../language.ts'
import { inWords, pathWords } from './words.ts'

const badges = {
  added: { tone: 'done', icon: 'plus' },
  removed: { tone: 'danger', icon: 'close' },
  changed: { tone: 'info', icon: 'pen' },
  reordered: { tone: 'info', icon: 'refresh' },
} as const satisfies Record<Difference['change'], Pick<Badge, 'tone' | 'icon'>>

/** Two versions side by side, a row for each value that they do not have in common. */
export function differenceRows(differences: readonly Difference[], language: Language) {
  const say = sayIn(language)
  const valueOf = (text: string | undefined) => {
    if (text === mask) return say('profile.hidden')
    if (text === 'true' || text === 'false') return say(text === 'true' ? 'profile.yes' : 'profile.no')
    return text
  }
  return differences.map(({ change, part, path, before, after }) => {
    const keys = part ? { ...everyPayload.keys, ...keysOfType(part.type) } : topLevel.keys
    return {
      badge: { ...badges[change], text: say(`profile.change.${change}`) },
      part: part ? inWords(part.title, language) : say('profile.itself'),
      what: path.length === 0 ? say('profile.whole-part') : pathWords(keys, path, language),
      before: valueOf(before),
      after: valueOf(after),
    }
  })
}

/** The keys of whatever a type stands for; they mean the same in each of its variants. */
const keysOfType = (type: string): Keys =>
  Object.fromEntries(catalogue.filter(each => each.type === type).flatMap(({ keys }) => Object.entries(keys)))
