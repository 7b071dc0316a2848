import { type ServerRoute } from '@hapi/hapi'
import { type ApiDescription } from '../server/api-description/api-description.ts'
import { type Approvals } from '../server/approvals/approvals.ts'
import { type Audit, type AuditReader } from '../server/audit/audit.ts'
import { type VerifyAudit } from '../server/audit/audit-verification.ts'
import { type Bodies } from '../server/bodies/bodies.ts'
import { type BulkActions } from '../server/bulk-actions/bulk-actions.ts'
import { type BulkJobs } from '../server/bulk-jobs/bulk-asking.ts'
import { type Clock } from '../server/clock.ts'
import { type Commands } from '../server/commands/commands.ts'
import { type Sending } from '../server/commands/sending.ts'
import { type Costs } from '../server/costs/costs.ts'
import { type TakingBack } from '../server/devices/taking-back.ts'
import { type Devices } from '../server/devices/devices.ts'
import { type NewId } from '../server/ids.ts'
import { type Imports } from '../server/imports/imports.ts'
import { type FindLoan } from '../server/incidents/find-loan.ts'
import { type IncidentReading } from '../server/incidents/incident-reading.ts'
import { type Incidents } from '../server/incidents/incidents.ts'
import { type Reporting } from '../server/incidents/reporting.ts'
import { type Papers } from '../server/liability/papers.ts'
import { type NoticeMail } from '../server/notices/notice-mail.ts'
import { type Notices } from '../server/notices/notices.ts'
import { type Terms } from '../server/liability/terms.ts'
import { type Loans } from '../server/loans/loans.ts'
import { type Mandates } from '../server/mandates/mandates.ts'
import { type Logos } from '../server/organisations/logos.ts'
import { type Organisations } from '../server/organisations/organisations.ts'
import { type MakeRightsReport } from '../server/staff/rights-report.ts'
import { type Merging } from '../server/people/merging.ts'
import { type People } from '../server/people/people.ts'
import { type Policies } from '../server/policies/policies.ts'
import { type Drafts } from '../server/profiles/drafts.ts'
import { type Profiles } from '../server/profiles/profiles.ts'
import { type PushCertificates } from '../server/push/push-certificates.ts'
import { type Labels } from '../server/assignments/labels.ts'
import { type AppSets } from '../server/apps/app-sets.ts'
import { type IpadAppsReading } from '../server/apps/ipad-apps.ts'
import { type AllRight } from '../server/apps/putting-right.ts'
import { type Eligibilities } from '../server/confidential-papers/eligibilities.ts'
import { type Guides } from '../server/guides/guides.ts'
import { type Rollouts } from '../server/rollouts/rollouts.ts'
import { type UnassignedProfiles } from '../server/rollouts/unassigned-profiles.ts'
import { type Signing } from '../server/signing/signing.ts'
import { type Confirming } from '../server/staff/confirming.ts'
import { type Invitations } from '../server/staff/invitations.ts'
import { type IdentityProviders } from '../server/staff/identity-providers.ts'
import { type Passkeys } from '../server/staff/passkeys.ts'
import { type Passwords } from '../server/staff/passwords.ts'
import { type Search } from '../server/search/search.ts'
import { type SecondFactor } from '../server/staff/second-factor.ts'
import { type SecondStep } from '../server/staff/second-step.ts'
import { type Sessions } from '../server/staff/sessions.ts'
import { type SignIn } from '../server/staff/sign-in.ts'
import { type SingleSignOn } from '../server/staff/single-sign-on.ts'
import { type StaffEditing } from '../server/staff/staff-editing.ts'
import { type Staff } from '../server/staff/staff.ts'
import { type Tokens } from '../server/staff/tokens.ts'
import { type Webhooks } from '../server/webhooks/webhooks.ts'
import { accessibilityPages } from './accessibility/accessibility-pages.ts'
import { accountPages } from './account/account-pages.ts'
import { confirmPages } from './account/confirm-pages.ts'
import { passkeyPages } from './account/passkey-pages.ts'
import { secondFactorPages } from './account/second-factor-pages.ts'
import { apiDocsPages } from './api-docs/api-docs-pages.ts'
import { approvalPages } from './approvals/approval-pages.ts'
import { auditPages } from './audit/audit-pages.ts'
import { bodyPages } from './bodies/body-pages.ts'
import { bulkPages } from './bulk/bulk-pages.ts'
import { jobListPages } from './bulk/job-list-pages.ts'
import { jobPages } from './bulk/job-pages.ts'
import { costPages } from './costs/cost-pages.ts'
import { designPages } from './design/design-pages.ts'
import { deviceEditPages } from './devices/device-edit-pages.ts'
import { deviceListPages } from './devices/device-list-pages.ts'
import { devicePages, type DevicePagesDeps } from './devices/device-pages.ts'
import { appSetPages } from './apps/app-set-pages.ts'
import { puttingRightPages } from './apps/putting-right-pages.ts'
import { paperPages } from './confidential-papers/paper-pages.ts'
import { guidePages } from './guides/guide-pages.ts'
import { checklistPages } from './hand-out/checklist-pages.ts'
import { handOutPages } from './hand-out/hand-out-pages.ts'
import { signerPages } from './hand-out/signer-pages.ts'
import { createHoldersOf } from './loans/holders.ts'
import { loanListPages } from './loans/loan-list-pages.ts'
import { importPages } from './imports/import-pages.ts'
import { mergePages } from './people/merge-pages.ts'
import { peopleListPages } from './people/people-list-pages.ts'
import { peoplePages } from './people/people-pages.ts'
import { noticePages } from './notices/notice-pages.ts'
import { personPages } from './people/person-pages.ts'
import { preferencesPages } from './preferences-pages.ts'
import { draftPages } from './profiles/editor/draft-pages.ts'
import { partPages } from './profiles/editor/part-pages.ts'
import { xmlPages } from './profiles/editor/xml-pages.ts'
import { newProfilePages } from './profiles/new-profile-pages.ts'
import { policyPages } from './profiles/policy-pages.ts'
import { profilePages } from './profiles/profile-pages.ts'
import { returnPages } from './returns/return-pages.ts'
import { assignmentListPages } from './rollouts/assignment-list-pages.ts'
import { assignmentPages } from './rollouts/assignment-pages.ts'
import { newRolloutPages } from './rollouts/new-rollout-pages.ts'
import { requestPages } from './rollouts/request-pages.ts'
import { rolloutListPages } from './rollouts/rollout-list-pages.ts'
import { rolloutPages } from './rollouts/rollout-pages.ts'
import { unassignedPages } from './rollouts/unassigned-pages.ts'
import { searchPages } from './search/search-pages.ts'
import { rightsReportPages } from './settings/rights-report-pages.ts'
import { settingsPages } from './settings/settings-pages.ts'
import { choosePasswordPages } from './sign-in/choose-password-pages.ts'
import { secondStepPages } from './sign-in/second-step-pages.ts'
import { signInPages } from './sign-in/sign-in-pages.ts'
import { singleSignOnPages } from './sign-in/single-sign-on-pages.ts'
import { startPages } from './start/start-pages.ts'
import { caseListPages } from './theft/case-list-pages.ts'
import { casePages } from './theft/case-pages.ts'
import { columnPages } from './tables/column-pages.ts'
import { theftPages } from './theft/theft-pages.ts'

/** The use cases that the pages show and call. */
export interface WebAdminDeps {
  readonly clock: Clock
  readonly newId: NewId
  readonly signIn: SignIn
  readonly staff: Staff
  readonly staffEditing: StaffEditing
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly confirming: Confirming
  readonly invitations: Invitations
  readonly identityProviders: IdentityProviders
  readonly singleSignOn: SingleSignOn
  readonly sessions: Sessions
  readonly secondFactor: SecondFactor
  readonly secondStep: SecondStep
  /** Where people reach the product, without a trailing slash. */
  readonly publicUrl: string
  readonly organisations: Organisations
  readonly bodies: Bodies
  readonly people: People
  readonly merging: Merging
  readonly rightsReport: MakeRightsReport
  readonly mandates: Mandates
  readonly devices: Devices
  readonly takingBack: TakingBack
  readonly loans: Loans
  readonly terms: Terms
  readonly papers: Papers
  readonly commands: Omit<Commands, 'queue'> & Pick<Sending, 'act'>
  readonly enrolment: DevicePagesDeps['enrolment']
  readonly audit: Audit & AuditReader
  readonly verifyAudit: VerifyAudit
  readonly costs: Costs
  readonly tokens: Tokens
  readonly webhooks: Webhooks
  readonly logos: Logos
  readonly describeApi: ApiDescription
  readonly pushCertificates: PushCertificates
  readonly imports: Imports
  readonly profiles: Profiles
  readonly drafts: Drafts
  readonly signing: Signing
  readonly policies: Policies
  readonly rollouts: Rollouts
  readonly unassignedProfiles: UnassignedProfiles
  readonly labels: Labels
  readonly guides: Guides
  readonly appSets: AppSets
  readonly ipadApps: IpadAppsReading
  readonly puttingAllRight: AllRight
  readonly eligibilities: Eligibilities
  readonly approvals: Approvals
  readonly bulkActions: BulkActions
  readonly bulkJobs: BulkJobs
  readonly search: Search
  readonly cases: CaseDeps
  readonly notices: Notices
  readonly noticeMail: NoticeMail
}

interface CaseDeps {
  readonly incidents: Incidents
  readonly reading: IncidentReading
  readonly reporting: Reporting
  readonly findLoan: FindLoan
}

/** Every page of the staff door. */
export function pages(deps: WebAdminDeps): ServerRoute[] {
  const withHolders = { ...deps, holdersOf: createHoldersOf(deps) }
  return [
    ...preferencesPages(),
    ...columnPages(),
    ...accessibilityPages(deps),
    ...signInPages(deps),
    ...choosePasswordPages(deps),
    ...secondStepPages(deps),
    ...singleSignOnPages(deps),
    ...accountPages(deps),
    ...secondFactorPages(deps),
    ...passkeyPages(deps),
    ...confirmPages(deps),
    ...startPages({ ...deps, reading: deps.cases.reading }),
    ...deviceListPages(withHolders),
    ...deviceEditPages(deps),
    ...devicePages({ ...deps, reading: deps.cases.reading }),
    ...peopleListPages(deps),
    ...peoplePages(deps),
    ...mergePages(deps),
    ...rightsReportPages(deps),
    ...loanListPages(deps),
    ...personPages(deps),
    ...bodyPages(deps),
    ...noticePages(deps),
    ...designPages(),
    ...importPages(deps),
    ...handOutPages(deps),
    ...checklistPages(deps),
    ...signerPages(deps),
    ...returnPages({ ...deps, reading: deps.cases.reading }),
    ...settingsPages(deps),
    ...auditPages(deps),
    ...apiDocsPages(deps),
    ...costPages(deps),
    ...profilePages(deps),
    ...policyPages(deps),
    ...rolloutListPages(deps),
    ...rolloutPages(deps),
    ...unassignedPages(deps),
    ...newRolloutPages(deps),
    ...requestPages(deps),
    ...assignmentListPages(deps),
    ...assignmentPages(deps),
    ...guidePages(deps),
    ...appSetPages(deps),
    ...puttingRightPages(deps),
    ...paperPages(deps),
    ...newProfilePages(deps),
    ...draftPages(deps),
    ...partPages(deps),
    ...xmlPages(deps),
    ...theftPages({ ...withHolders, ...deps.cases }),
    ...caseListPages({ ...deps, ...deps.cases }),
    ...casePages({ ...deps, ...deps.cases }),
    ...approvalPages(deps),
    ...bulkPages(deps),
    ...jobListPages(deps),
    ...jobPages(deps),
    ...searchPages(deps),
  ]
}
