import { writableText } from '../../profiles/plist/write-plist.ts'
import { type Role } from '../staff/rights.ts'
import { type FieldError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'
import { isDay } from '../calendar-day.ts'
import { colourFault } from './colour.ts'
import { type Logo } from './logo.ts'

/** One of the organisations that share an installation; what it owns is invisible to the others. */
export interface Organisation {
  readonly id: string
  readonly name: string
  /** Swedish organisation number as written, e.g. `212000-0000`; empty until known. */
  readonly number: string
  readonly language: Language
  readonly settings: OrganisationSettings
  readonly version: number
}

export type Language = 'sv' | 'en'
export const languages = ['sv', 'en'] as const satisfies readonly Language[]

export interface OrganisationSettings {
  /** Shown on the lock screen of a stolen iPad. */
  readonly lostModeMessage: string
  readonly lostModePhone: string
  /** A wipe needs the approval of a second person. */
  readonly fourEyes: boolean
  /** A deed on more iPads than this at once needs the approval of a second person. */
  readonly bulkLimit: number
  /** A roll-out or a removal that changes more iPads than this needs the approval of a second person. */
  readonly rolloutLimit: number
  /** Retiring an iPad or handing it over for good needs the approval of a second person. */
  readonly disposalNeedsTwo: boolean
  /** People with one of these roles sign in with more than a password. */
  readonly secondFactorFor: readonly Role[]
  /** Behind white text in the margin and on buttons, `#rrggbb`; empty for that of the product. */
  readonly colour: string
  readonly logo: Logo | null
  /** What a borrower may have to pay for, in öre; what is missing has no price. */
  readonly prices: Prices
  /** Whose addresses are the municipality's own; while none is named every address counts (requirement R08). */
  readonly mailDomains: readonly string[]
  /** The oldest iPadOS on which confidential papers may be read, such as `18.0` (requirement R12). */
  readonly papersOldestSystem: string
  /** An answer about the passcode that is older than this proves nothing for confidential papers. */
  readonly papersAnswerDays: number
  /** What staff tick at each hand-out, in the organisation's own words. */
  readonly checklist: readonly string[]
  /** Whom to tell when something cannot be used, in the accessibility statement. */
  readonly accessibilityEmail: string
  readonly accessibilityPhone: string
  /** When the organisation last went through its statement, `YYYY-MM-DD`; empty until it has. */
  readonly accessibilityReviewedOn: string
  /** Faults that the organisation knows of besides those of the product: its terms, its guides. */
  readonly accessibilityFaults: readonly string[]
}

export const pricedThings = ['device', 'screen', 'charger', 'cable', 'pen', 'cover'] as const
export type PricedThing = (typeof pricedThings)[number]
export type Prices = Readonly<Partial<Record<PricedThing, number | undefined>>>

/** A price is whole öre, up to a hundred thousand kronor. */
const highestPriceOre = 10_000_000

/** What a new organisation goes through at each hand-out, until it writes its own lines. */
const firstChecklists: Readonly<Record<Language, readonly string[]>> = {
  sv: [
    'En tekniker har hjälpt till',
    'Lathunden är utlämnad',
    'iPaden och mötesappen är visade',
    'E-posten fungerar',
  ],
  en: [
    'A technician has helped',
    'The guide has been handed over',
    'The iPad and the meeting app have been shown',
    'The e-mail works',
  ],
}

/** What a new organisation starts with: nothing dangerous is possible alone. */
export const firstSettingsIn = (language: Language): OrganisationSettings => ({
  ...firstSettings,
  checklist: firstChecklists[language],
})

/** Of an organisation in Swedish. */
export const firstSettings: OrganisationSettings = {
  lostModeMessage: 'Den här iPaden är stulen eller borttappad. Ring numret nedan.',
  lostModePhone: '',
  fourEyes: true,
  bulkLimit: 25,
  rolloutLimit: 50,
  disposalNeedsTwo: true,
  secondFactorFor: [],
  colour: '',
  logo: null,
  prices: {},
  mailDomains: [],
  // The oldest that Apple still mends, and what came later. iPads are asked every day.
  papersOldestSystem: '18.0',
  papersAnswerDays: 7,
  checklist: firstChecklists.sv,
  accessibilityEmail: '',
  accessibilityPhone: '',
  accessibilityReviewedOn: '',
  accessibilityFaults: [],
}

export interface OrganisationChanges {
  readonly name?: string | undefined
  readonly number?: string | undefined
  readonly language?: Language | undefined
  readonly settings?:
    | { readonly [K in Exclude<keyof OrganisationSettings, 'logo'>]?: OrganisationSettings[K] | undefined }
    | undefined
}

/** A phone number as people write it: digits with blanks, hyphens and brackets, perhaps with a plus first. */
const phonePattern = /^\+?[0-9][0-9 ()-]{4,24}$/

const systemPattern = /^[1-9][0-9]?(\.[0-9]{1,2}){0,2}$/

const domainPattern = /^([a-z0-9åäö]([a-z0-9åäö-]*[a-z0-9åäö])?\.)+[a-zåäö]{2,}$/i

/** Whether mail to the address is the municipality's own: of one of the domains, or below one. */
export function isOwnMail(address: string, domains: readonly string[]): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const isBelow = (own: string) => domain === own || domain.endsWith(`.${own}`)
  return domains.length === 0 || domains.some(own => isBelow(own.toLowerCase()))
}

/** What is wrong with the changes, in words for the one who wrote them; empty when nothing is. */
export function organisationErrors({ name, number, settings = {} }: OrganisationChanges): FieldError[] {
  const { lostModeMessage: message, lostModePhone: phone } = settings
  const checks: [path: string, ok: boolean, reason: Reason][] = [
    [
      'name',
      name === undefined || (name.trim().length > 0 && name.length <= 120),
      because('name-length', 'A name has 1–120 characters.'),
    ],
    [
      'number',
      !number || /^\d{6}-\d{4}$/.test(number),
      because('organisation-number', 'An organisation number looks like 212000-0000.'),
    ],
    [
      'settings.lostModeMessage',
      message === undefined || (message.trim().length > 0 && message.length <= 300),
      because('lock-message-length', 'The text on the lock screen has 1–300 characters.'),
    ],
    [
      'settings.lostModePhone',
      !phone || phonePattern.test(phone),
      because('phone-form', 'A phone number looks like 019-21 00 00.'),
    ],
    [
      'settings.bulkLimit',
      isLimit(settings.bulkLimit),
      because('bulk-limit', 'Write a whole number between 1 and 100000.'),
    ],
    [
      'settings.rolloutLimit',
      isLimit(settings.rolloutLimit),
      because('bulk-limit', 'Write a whole number between 1 and 100000.'),
    ],
  ]
  const { accessibilityEmail: mail, accessibilityPhone, accessibilityReviewedOn: on } = settings
  checks.push(
    [
      'settings.accessibilityEmail',
      !mail || (mail.length <= 200 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)),
      because('mail-form', 'An e-mail address looks like name@example.se.'),
    ],
    [
      'settings.accessibilityPhone',
      !accessibilityPhone || phonePattern.test(accessibilityPhone),
      because('phone-form', 'A phone number looks like 019-21 00 00.'),
    ],
    [
      'settings.accessibilityReviewedOn',
      !on || isDay(on),
      because('day-form', 'A day is written as 2026-03-02.'),
    ],
    [
      'settings.mailDomains',
      areLines(settings.mailDomains, { most: 20, length: 253 }) &&
        (settings.mailDomains ?? []).every(domain => domainPattern.test(domain)),
      because('domains-20', 'Write at most 20 different domains, such as example.se.'),
    ],
    [
      'settings.papersOldestSystem',
      settings.papersOldestSystem === undefined || systemPattern.test(settings.papersOldestSystem),
      because('system-form', 'A version of iPadOS looks like 18.0 or 17.7.10.'),
    ],
    [
      'settings.papersAnswerDays',
      isWithin(settings.papersAnswerDays, 90),
      because('days-90', 'Write a whole number between 1 and 90.'),
    ],
    [
      'settings.checklist',
      areLines(settings.checklist, { most: 12, length: 120 }),
      because('lines-12', 'Write at most 12 different lines of at most 120 characters.'),
    ],
    [
      'settings.accessibilityFaults',
      areLines(settings.accessibilityFaults, { most: 20, length: 300 }),
      because('lines-20', 'Write at most 20 different lines of at most 300 characters.'),
    ],
  )
  const wrong = checks.filter(([, ok]) => !ok).map(([path, , reason]) => ({ path, ...reason }))
  const colour = colourFault(settings.colour ?? '')
  if (colour) wrong.push({ path: 'settings.colour', ...colour })
  const prices = Object.entries(settings.prices ?? {}).filter(([, ore]) => ore !== undefined && !isPrice(ore))
  const reason = because('price-range', 'A price is 0 to 100 000 kronor.')
  return [...wrong, ...prices.map(([thing]) => ({ path: `settings.prices.${thing}`, ...reason }))]
}

/** Whether somebody could do more alone after the changes than before, or come in with less. */
export function loosens({ settings: before }: Organisation, { settings = {} }: OrganisationChanges): boolean {
  const isRaised = (limit: 'bulkLimit' | 'rolloutLimit') => (settings[limit] ?? 0) > before[limit]
  const isDropped = (rule: 'fourEyes' | 'disposalNeedsTwo') => before[rule] && settings[rule] === false
  const { secondFactorFor = before.secondFactorFor } = settings
  return (
    before.secondFactorFor.some(role => !secondFactorFor.includes(role)) ||
    takesMoreMail(before.mailDomains, settings.mailDomains ?? before.mailDomains) ||
    isRaised('bulkLimit') ||
    isRaised('rolloutLimit') ||
    isDropped('fourEyes') ||
    isDropped('disposalNeedsTwo')
  )
}

/**
 * Whether mail of other addresses would count as the municipality's own. The first domain opens single sign-on to it;
 * without any, profiles take every address.
 */
function takesMoreMail(before: readonly string[], after: readonly string[]): boolean {
  if (after.length === 0) return before.length > 0
  return after.some(domain => before.length === 0 || !isOwnMail(`@${domain}`, before))
}

/** Lines that each say something, once. */
function areLines(
  lines: readonly string[] | undefined,
  { most, length }: { readonly most: number; readonly length: number },
): boolean {
  if (lines === undefined) return true
  const isWritten = (line: string) => line.trim().length > 0 && line.length <= length
  return lines.length <= most && lines.every(isWritten) && new Set(lines).size === lines.length
}

const isWithin = (count: number | undefined, most: number) =>
  count === undefined || (Number.isInteger(count) && count >= 1 && count <= most)

const isLimit = (count: number | undefined) => isWithin(count, 100_000)

const isPrice = (ore: number) => Number.isInteger(ore) && ore >= 0 && ore <= highestPriceOre

/** The organisation with the changes in it, and its version one higher. */
export function changed(
  organisation: Organisation,
  { settings, ...rest }: OrganisationChanges,
): Organisation {
  return {
    ...organisation,
    ...given(rest),
    settings: { ...organisation.settings, ...given(settings ?? {}) },
    version: organisation.version + 1,
  }
}

/** What is changed. Texts go on to iPads, so they hold nothing that a command cannot carry. */
function given(fields: object): object {
  const entries = Object.entries(fields) as [string, unknown][]
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? writableText(value).trim() : value]),
  )
}
