import { entryFor } from '../../../profiles/catalogue/catalogue.ts'
import { topLevel } from '../../../profiles/catalogue/top-level.ts'
import { partsOf, textAt } from '../../../profiles/editor/parts.ts'
import { type Language } from '../../../server/organisations/organisation.ts'
import { type ProfileDraft } from '../../../server/profiles/draft.ts'
import { type OpenDraft } from '../../../server/profiles/drafts.ts'
import { dayAndTime } from '../../dates.ts'
import { sayIn, type Say } from '../../language.ts'
import { findingAt, findingCounts, findingView, worstFirst } from '../finding-view.ts'
import { inWords, pathWords } from '../words.ts'

/** A draft as a row of the list. */
export function draftRow(draft: ProfileDraft, language: Language) {
  const say = sayIn(language)
  return {
    href: draftPath(draft),
    name: draft.name,
    of: draft.of ? say('draft.of', { number: draft.of.number }) : say('draft.of-none'),
    changed: changedWords(draft, language),
  }
}

export const draftPath = ({ id }: Pick<ProfileDraft, 'id'>): string => `/profiles/drafts/${id}`

/** Who changed the draft last, and when. */
export function changedWords({ changedAt, changedBy }: ProfileDraft, language: Language): string {
  return sayIn(language)('profile.saved-by', { when: dayAndTime(changedAt, language), name: changedBy.name })
}

const mostAtPart = 5

/** The draft with its parts, what was found, and what stands in the way of saving it. */
export function draftView({ draft, profile, findings }: OpenDraft, language: Language) {
  const say = sayIn(language)
  const path = draftPath(draft)
  return {
    ...draftRow(draft, language),
    path,
    version: draft.version,
    identifier: textAt(profile, 'PayloadIdentifier'),
    counts: findingCounts(findings, say),
    findings: findings
      .filter(({ place }) => place.payload === undefined)
      .map(each => findingAt(each, pathWords(topLevel.keys, each.place.path, language), language, say)),
    parts: partsOf(profile).map((part, index) => {
      const entry = entryFor(part)
      const own = findings.filter(({ place }) => place.payload === index)
      return {
        href: `${path}/parts/${index}`,
        title: entry ? inWords(entry.title, language) : say('profile.payload.unknown'),
        name: textAt(part, 'PayloadDisplayName'),
        type: textAt(part, 'PayloadType') || '–',
        counts: findingCounts(own, say),
        // What iPads do not know is counted above; here is what to put right.
        findings: worstFirst(own.filter(({ severity }) => severity !== 'unavailable'))
          .slice(0, mostAtPart)
          .map(finding => findingView(finding, language, say)),
      }
    }),
    isRefused: findings.some(({ severity }) => severity === 'error'),
  }
}

/** What is to be said when a version was saved after the one that the draft was made from. */
export function overtakenView({ draft: { of }, overtakenBy: number }: OpenDraft, say: Say) {
  if (!of || number === undefined) return undefined
  return {
    text: say('draft.overtaken', { number, from: of.number }),
    see: say('draft.overtaken.see', { number }),
    onTop: say('draft.on-top', { number }),
    compareHref: `/profiles/${of.profileId}/versions/${number}/compare?from=${of.number}`,
  }
}
