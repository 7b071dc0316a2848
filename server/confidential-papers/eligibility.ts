import { compareVersions } from '../../profiles/catalogue/availability.ts'
import { type Device } from '../devices/device.ts'
import { isSilent } from '../devices/silence.ts'
import { type OrganisationSettings } from '../organisations/organisation.ts'
import { type Loan } from '../loans/loan.ts'

/** What must be so for confidential papers, as the requirement parts it (R12). */
export const conditionGroups = ['two-factor', 'access-control', 'compliance'] as const
type ConditionGroup = (typeof conditionGroups)[number]

const groups = {
  // Something that one has: an iPad with an identity of its own. Something that one knows: its passcode.
  enrolled: 'two-factor',
  passcode: 'two-factor',
  borrower: 'access-control',
  'no-case': 'access-control',
  encrypted: 'access-control',
  supervised: 'compliance',
  system: 'compliance',
  'not-lost': 'compliance',
  heard: 'compliance',
  'security-profile': 'compliance',
  'profiles-right': 'compliance',
} as const satisfies Record<string, ConditionGroup>

export type ConditionCode = keyof typeof groups
export const conditionCodes = Object.keys(groups) as ConditionCode[]

export interface Condition {
  readonly code: ConditionCode
  readonly group: ConditionGroup
  readonly met: boolean
  /** When the iPad told what it is judged by; of the passcode alone. */
  readonly answeredAt?: Date
}

/** What the profiles of an iPad have proven. */
export interface Secured {
  /** The iPad has shown a profile that demands a passcode. */
  readonly demandsPasscode: boolean
  /** A profile that is meant for it was refused, or is gone or another one. */
  readonly hasFaults: boolean
}

interface EligibilityFacts {
  readonly device: Pick<Device, 'management' | 'lifecycle' | 'lock' | 'lastSeenAt' | 'information'>
  /** The open loan of the iPad. */
  readonly loan: Pick<Loan, 'state' | 'formId'> | undefined
  readonly secured: Secured
}

/** What the organisation asks for. */
type PaperRules = Pick<OrganisationSettings, 'papersOldestSystem' | 'papersAnswerDays'>

/**
 * Each condition for confidential papers on an iPad, and whether it is met by what the iPad has told last and what is
 * known of its loan. What nobody has told is not met (requirement R12).
 */
export function paperConditions(
  { device, loan, secured }: EligibilityFacts,
  { papersOldestSystem, papersAnswerDays }: PaperRules,
  now: Date,
): Condition[] {
  const { management, lifecycle, lock, information: told = {} } = device
  // Until it has told of both apart, its facts were told on the same day.
  const answeredAt =
    told.passcodePresent === undefined ? undefined : (told.securityReportedAt ?? told.reportedAt)
  const isRecent =
    answeredAt !== undefined && now.getTime() - answeredAt.getTime() <= papersAnswerDays * 86_400_000
  const met: Readonly<Record<ConditionCode, boolean>> = {
    enrolled: management === 'enrolled',
    passcode: told.passcodePresent === true && told.passcodeCompliant === true && isRecent,
    borrower: loan?.formId !== undefined && ['signed', 'active', 'disputed'].includes(loan.state),
    // A report about the iPad puts its loan in dispute until the case is closed.
    'no-case': loan?.state !== 'disputed',
    encrypted: told.hardwareEncrypted === true,
    supervised: told.supervised === true,
    system: told.osVersion !== undefined && compareVersions(told.osVersion, papersOldestSystem) >= 0,
    'not-lost':
      lifecycle !== 'stolen' && lifecycle !== 'lost' && lock === 'open' && told.lostModeEnabled !== true,
    heard: device.lastSeenAt !== undefined && !isSilent(device, now),
    'security-profile': secured.demandsPasscode,
    'profiles-right': !secured.hasFaults,
  }
  return conditionCodes.map(code => ({
    ...{ code, group: groups[code], met: met[code] },
    ...(code === 'passcode' && answeredAt && { answeredAt }),
  }))
}

/** Whether confidential papers may be read on it: only when every condition is met. */
export const isEligible = (conditions: readonly Condition[]): boolean => conditions.every(({ met }) => met)
