import { type Words } from '../catalogue/notation.ts'
import { type PlistDictionary } from '../plist/plist-value.ts'

/** What differs from one organisation to the next. */
export interface TemplateFacts {
  readonly organisationName: string
  /** Reverse name of the organisation's domain, for example 'se.example'. */
  readonly domainReversed: string
  /** Server of Exchange or Microsoft 365. */
  readonly mailServer: string
  /** The organisation's own mail domains, for example 'example.se'. */
  readonly mailDomains: readonly string[]
  /** Bundle identifiers of the predetermined apps, in the order of the Home Screen. */
  readonly apps: readonly string[]
  /** Where borrowers find help. */
  readonly helpUrl: string
  /** Shown on the lock screen of a lost iPad. */
  readonly returnTo: string
  readonly newUuid: () => string
}

export interface Template {
  readonly id: 'standard' | 'elected-representative' | 'staff' | 'meeting-room' | 'byod'
  readonly title: Words
  readonly help: Words
  /** A profile ready to be checked, signed and sent; nothing secret is in it. */
  readonly build: (facts: TemplateFacts) => PlistDictionary
}

/** A part before it has its UUID and identifier. */
export interface Part {
  readonly type: string
  /** Last component of the identifier; unique in the profile. */
  readonly name: string
  readonly title: string
  readonly content: PlistDictionary
}

/** A profile of these parts; the identifier ends in the template's id, so that a later version replaces it. */
export function profileOf(
  facts: TemplateFacts,
  { id, title, removable }: { readonly id: string; readonly title: string; readonly removable: boolean },
  parts: readonly Part[],
): PlistDictionary {
  const identifier = `${facts.domainReversed}.ipad.${id}`
  return {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: facts.newUuid(),
    PayloadDisplayName: `${facts.organisationName} – ${title}`,
    PayloadOrganization: facts.organisationName,
    PayloadScope: 'System',
    ...(removable ? {} : { PayloadRemovalDisallowed: true }),
    PayloadContent: parts.map(part => ({
      PayloadType: part.type,
      PayloadVersion: 1,
      PayloadIdentifier: `${identifier}.${part.name}`,
      PayloadUUID: facts.newUuid(),
      PayloadDisplayName: part.title,
      ...part.content,
    })),
  }
}
