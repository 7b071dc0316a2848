import { entryFor } from '../../../profiles/catalogue/catalogue.ts'
import { inherit, type IpadFacts } from '../../../profiles/catalogue/availability.ts'
import { type CataloguePayload } from '../../../profiles/catalogue/notation.ts'
import { everyPayload } from '../../../profiles/catalogue/top-level.ts'
import { firstKeys } from '../../../profiles/editor/first-keys.ts'
import { type FormField } from '../../../profiles/editor/form-field.ts'
import { fieldsOfPart, fieldsOfProfile, textAt } from '../../../profiles/editor/parts.ts'
import { type FieldFault } from '../../../profiles/editor/read-fields.ts'
import { referables } from '../../../profiles/editor/references.ts'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { kindsOfIpads } from '../../../profiles/validation/check-availability.ts'
import { type Finding } from '../../../profiles/validation/finding.ts'
import { type Language } from '../../../server/organisations/organisation.ts'
import { moments } from '../../../server/profiles/moments.ts'
import { sayIn } from '../../language.ts'
import { findingAt } from '../finding-view.ts'
import { inWords, pathWords } from '../words.ts'
import { marksOf } from './untouched.ts'
import { fieldView, isOffered, type FieldSurroundings } from './field-view.ts'

/** What a form of a draft is shown from. */
interface FormGround {
  /** Masked. */
  readonly profile: PlistDictionary
  readonly findings: readonly Finding[]
  readonly ipads: readonly IpadFacts[]
  readonly faults: readonly FieldFault[]
  readonly language: Language
  /** A part that was only just added is not blamed for what nobody has had time to fill in. */
  readonly isNew: boolean
}

interface Section {
  readonly title: string
  readonly fields: readonly FormField[]
}

/** The form of the part at `index`: what is usual first, the rest behind one step or in its groups. */
export function partForm(
  { part, saved }: { readonly part: PlistDictionary; readonly saved: PlistDictionary },
  index: number,
  ground: FormGround,
) {
  const { profile, ipads, language, faults, isNew } = ground
  const say = sayIn(language)
  const entry = entryFor(part)
  const findings = ground.findings.filter(
    ({ place, code }) => place.payload === index && !(isNew && unfilled.has(code)),
  )
  const surroundings: FieldSurroundings = {
    language,
    findings,
    faults,
    total: ipads.length,
    kinds: kindsOfIpads(ipads),
    around: entry ? inherit({}, entry) : {},
    referables: wanted => referables(profile, wanted),
  }
  const fields = fieldsOfPart(part, moments).filter(each => isOffered(each, surroundings.kinds))
  const show = (each: FormField) => fieldView(each, surroundings)
  const sections = sectionsOf(fields, entry, language)
  const pathsShown = new Set(fields.flatMap(pathsWithin))
  const keys = { ...everyPayload.keys, ...entry?.keys }
  return {
    title: entry ? inWords(entry.title, language) : say('profile.payload.unknown'),
    help: entry ? inWords(entry.help, language) : say('editor.unknown-part'),
    type: textAt(part, 'PayloadType') || '–',
    findings: findings
      .filter(({ place }) => !pathsShown.has(place.path.join('.')))
      .map(each => findingAt(each, pathWords(keys, each.place.path, language), language, say)),
    name: fields.filter(({ name }) => name === 'PayloadDisplayName').map(show),
    first: sections.first.map(show),
    more: sections.more
      .filter(section => section.fields.length > 0)
      .map(section => {
        const views = section.fields.map(show)
        const set = views.filter(({ isSet }) => isSet).length
        return {
          title: section.title,
          count:
            set > 0
              ? say('editor.set-of', { set, count: views.length })
              : say('editor.count', { count: views.length }),
          isOpen: views.some(({ isSet, isWrong }) => isSet || isWrong),
          fields: views,
        }
      }),
    technical: sections.technical.map(show),
    canInsert: fields.some(holdsText),
    // Of what is saved, not of what somebody else was told that they typed.
    marks: marksOf(fieldsOfPart(saved, moments)),
  }
}

const unfilled: ReadonlySet<string> = new Set(['missing', 'missing-here'])

/** Read-only in the form; whoever must can change them in the XML. */
const fixed = new Set(['PayloadType', 'PayloadUUID', 'PayloadVersion', 'PayloadDisplayName'])

function sectionsOf(fields: readonly FormField[], entry: CataloguePayload | undefined, language: Language) {
  const say = sayIn(language)
  const byName = new Map(fields.map(field => [String(field.path[0]), field]))
  const pick = (names: readonly string[]) =>
    names.flatMap(name => {
      const field = byName.get(name)
      return field === undefined ? [] : [field]
    })
  const technical = fields.filter(
    ({ path }) => Object.hasOwn(everyPayload.keys, String(path[0])) && !fixed.has(String(path[0])),
  )
  const wrapping = new Set(Object.keys(everyPayload.keys))
  const own = fields.filter(({ path }) => !wrapping.has(String(path[0])))
  const further = own.filter(({ path }) => !Object.hasOwn(entry?.keys ?? {}, String(path[0])))
  const unknown: Section = { title: say('editor.unknown-keys'), fields: further }
  if (entry === undefined || Object.keys(entry.keys).length === 0) return { first: own, more: [], technical }
  if (entry.groups !== undefined) {
    const groups = entry.groups.map(({ title, keys }): Section => ({
      title: inWords(title, language),
      fields: pick(Object.keys(keys)),
    }))
    return { first: [], more: [...groups, unknown], technical }
  }
  const first = firstKeys(entry)
  const rest = Object.keys(entry.keys).filter(name => !first.includes(name))
  const more: Section = { title: say('editor.more'), fields: pick(rest) }
  return { first: pick(first), more: [more, unknown], technical }
}

/** Whether a variable can stand in the field, or in one inside it. */
function holdsText({ control, path: [name], fields, rows, key }: FormField): boolean {
  if (Object.hasOwn(everyPayload.keys, String(name))) return false
  const isText = control === 'text' || control === 'long-text' || control === 'lines'
  return (
    (isText && key.kind !== 'array') || fields.some(holdsText) || rows.some(holdsText) || control === 'rows'
  )
}

/** The places that the field and those inside it stand for. */
const pathsWithin = (field: FormField): string[] => [
  field.path.join('.'),
  ...field.fields.flatMap(pathsWithin),
  ...field.rows.flatMap(pathsWithin),
]

/** The form of the profile's own facts; the identifier of one that is in use stays as it is. */
export function profileForm(
  ground: FormGround,
  { isInUse, saved }: { readonly isInUse: boolean; readonly saved: PlistDictionary },
) {
  const { profile, ipads, language, faults } = ground
  const findings = ground.findings.filter(({ place }) => place.payload === undefined)
  const surroundings: FieldSurroundings = {
    language,
    findings,
    faults,
    total: ipads.length,
    kinds: kindsOfIpads(ipads),
    around: {},
    referables: () => [],
  }
  const fields = fieldsOfProfile(profile, moments)
  const marks = marksOf(fieldsOfProfile(saved, moments))
  const shown = fields.filter(
    ({ path: [name] }) =>
      name !== 'PayloadType' && name !== 'PayloadVersion' && !(isInUse && name === 'PayloadIdentifier'),
  )
  const usual = [
    'PayloadDisplayName',
    'PayloadIdentifier',
    'PayloadDescription',
    'PayloadOrganization',
    'PayloadRemovalDisallowed',
  ]
  const isUsual = ({ path: [name] }: FormField) => usual.includes(String(name))
  return {
    marks,
    first: usual
      .flatMap(name => shown.filter(({ path }) => path[0] === name))
      .map(each => fieldView(each, surroundings)),
    more: shown.filter(each => !isUsual(each)).map(each => fieldView(each, surroundings)),
  }
}
