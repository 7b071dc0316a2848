import { type Device } from '../../server/devices/device.ts'
import { type LiabilityTerms, blocksOf } from '../../server/liability/liability-terms.ts'
import { priceRows, receiptWords } from '../../server/liability/receipt-words.ts'
import { type Loan } from '../../server/loans/loan.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { fullName, type Person } from '../../server/people/person.ts'
import { deviceBadges } from '../devices/device-state.ts'
import { type Say } from '../language.ts'
import { listName } from '../people/person-view.ts'

/** What the address of the screen holds: the choice so far and what was scanned last. */
export interface HandOutAddress {
  readonly person: string
  readonly device: string
  readonly q: string
}

/** The address of the screen with these choices; what is empty is left out. */
export function handOutHref(address: Partial<HandOutAddress>): string {
  const given = Object.entries(address).filter(([, value]) => value !== '')
  const query = new URLSearchParams(given).toString()
  return query === '' ? '/hand-out' : `/hand-out?${query}`
}

/** What was found, each as a link that chooses it and keeps the other choice. */
export function foundView(
  { people, devices }: { people: readonly Person[]; devices: readonly Device[] },
  { person, device }: HandOutAddress,
  { say, now }: { say: Say; now: Date },
) {
  return {
    people: people.map(one => ({
      href: handOutHref({ person: one.id, device }),
      text: listName(one),
      hint: one.email,
    })),
    devices: devices.map(one => ({
      href: handOutHref({ person, device: one.id }),
      text: one.assetTag,
      hint: one.model,
      badge: deviceBadges(one, now, say)[0],
    })),
  }
}

/** The person who is to borrow, with what they already hold. */
export function personCard(person: Person, heldTags: readonly string[], bodies: readonly string[], say: Say) {
  return {
    id: person.id,
    name: fullName(person),
    email: person.email,
    language: person.language,
    bodies: bodies.join(', '),
    holds: heldTags.length > 0 ? say('hand-out.holds', { tags: heldTags.join(', ') }) : undefined,
  }
}

/** The words to be read, as blocks that the template prints, in the language the borrower chose. */
export function termsView({ number, kind, sha256, texts }: LiabilityTerms, language: Language) {
  const { title, body } = texts[language]
  return {
    number,
    kind,
    sha256,
    title,
    blocks: blocksOf(body).map(block => ({
      heading: block.kind === 'heading' ? block.text : undefined,
      paragraph: block.kind === 'paragraph' ? block.text : undefined,
      items: block.kind === 'list' ? block.items : undefined,
    })),
  }
}

/** What the equipment costs, as it will stand on the paper; undefined where there are no prices. */
export function pricesView({ prices = {} }: Pick<Loan, 'prices'>, language: Language) {
  const rows = priceRows(prices, language).map(([thing, amount]) => ({ thing, amount }))
  if (rows.length === 0) return undefined
  return { heading: receiptWords.prices[language], text: receiptWords.pricesText[language], rows }
}
