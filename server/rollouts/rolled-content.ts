import { type X509Certificate } from 'node:crypto'
import { type JsonObject } from '../../mdm/command-report.ts'
import { type Footing } from '../../profiles/stranding.ts'
import { type Finding } from '../../profiles/validation/finding.ts'
import { type VariableValues } from '../../profiles/variables.ts'
import { type ContentKind } from '../assignments/content.ts'
import { type Device } from '../devices/device.ts'
import { type Actor, type Maker } from '../staff/actor.ts'
import { type Hindrance } from './placement.ts'

/** A kind of content as roll-outs see it: how it gets on an iPad, and how the iPad shows that it is there. */
export interface RolledContent {
  readonly kind: ContentKind
  /** @throws {DomainError} not-found when there is none */
  about(organisationId: string, id: string): Promise<AboutContent>
  /** @throws {DomainError} not-found when there is no such version; conflict `content-not-approved` */
  version(organisationId: string, id: string, number: number): Promise<RolledVersion>
  /**
   * The same of one that nobody has approved, to look at what it would do.
   * @throws {DomainError} not-found when there is no such version
   */
  anyVersion(organisationId: string, id: string, number: number): Promise<RolledVersion>
  /**
   * Called in the transaction that assigns it anew, so that it is not retired at the same moment; only profiles are.
   * @throws {DomainError} conflict `profile-retired`
   */
  keepOffered?(organisationId: string, id: string): Promise<void>
  removal(identifier: string): CommandWanted
  /** Types of the commands that put it there and take it away. */
  readonly requestTypes: readonly string[]
  /** The command whose answer shows what is on the iPad. */
  readonly proof: CommandWanted
  /** What stands in such an answer, by identifier. */
  seenIn(result: JsonObject): ReadonlyMap<string, Seen>
  /** Why an acknowledged command came to nothing all the same; undefined when it did not. */
  refusalIn(result: JsonObject): string | undefined
}

/** The mark of what is on an iPad; `under-way` while it is still being fetched. */
export type Seen = { readonly mark: string } | 'under-way'

export interface AboutContent {
  readonly id: string
  readonly name: string
  /** What tells one content from another on an iPad. */
  readonly identifier: string
  /** Missing while no version is approved. */
  readonly newestApproved?: number
  /** Since when that one is the newest. */
  readonly newestSince?: Date
  /** It is not offered for anything new. */
  readonly isRetired?: boolean
  /** Who alone is behind the newest version; missing where a second person approved it. */
  readonly newestBy?: Maker
}

/** One version, ready for any iPad. */
export interface RolledVersion {
  readonly number: number
  /** What of it decides, with other profiles, whether the iPad can be reached and opened; only profiles have it. */
  readonly footing?: Footing
  /** Types of its parts of which an iPad can have one alone; only profiles have such. */
  readonly onlyOnes?: readonly string[]
  /** Tells this version with these values from every other on an iPad; capitals. */
  markFor(ipad: RolledIpad): string
  /** Why this iPad cannot have it; undefined when nothing stands against it. */
  hindrance(ipad: RolledIpad): Hindrance | undefined
  /** Which keys of it some of these iPads do not know, and how many; only profiles have such. */
  unavailableOn?(actor: Actor, ipads: readonly Device[]): Promise<readonly Finding[]>
  /** What to send, or why it cannot be. */
  command(ipad: RolledIpad): Promise<CommandWanted | Hindrance>
}

interface RolledIpad {
  readonly device: Device
  readonly values: VariableValues
}

export interface CommandWanted {
  readonly requestType: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** The identity of the iPad that they are encrypted for. */
  readonly madeFor?: X509Certificate
}

export const isHindrance = (made: CommandWanted | Hindrance): made is Hindrance => 'code' in made
