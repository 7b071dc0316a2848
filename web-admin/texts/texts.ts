import { type Language } from '../../server/organisations/organisation.ts'
import { accessibilityTexts } from './accessibility.ts'
import { accountTexts } from './accounts.ts'
import { apiDocsTexts } from './api-docs.ts'
import { appTexts } from './apps.ts'
import { approvalTexts } from './approvals.ts'
import { auditTexts } from './audit.ts'
import { bulkTexts } from './bulk.ts'
import { commandTexts } from './commands.ts'
import { confidentialPaperTexts } from './confidential-papers.ts'
import { costTexts } from './costs.ts'
import { designTexts } from './design.ts'
import { doublesTexts } from './doubles.ts'
import { deviceTexts } from './devices.ts'
import { handOutTexts } from './hand-out.ts'
import { importTexts } from './imports.ts'
import { loanTexts } from './loans.ts'
import { lookTexts } from './look.ts'
import { noticeTexts } from './notices.ts'
import { passkeyTexts } from './passkeys.ts'
import { peopleTexts } from './people.ts'
import { policyTexts } from './policies.ts'
import { positionTexts } from './positions.ts'
import { profileEditorTexts } from './profile-editor.ts'
import { profileRefusalTexts } from './profile-refusals.ts'
import { profileTexts } from './profiles.ts'
import { reasonTexts } from './reasons.ts'
import { rightNameTexts } from './right-names.ts'
import { rightsTexts } from './rights.ts'
import { rolloutRequestTexts } from './rollout-requests.ts'
import { rolloutTexts } from './rollouts.ts'
import { searchTexts } from './search.ts'
import { secondFactorTexts } from './second-factor.ts'
import { settingsTexts } from './settings.ts'
import { shellTexts } from './shell.ts'
import { signInTexts } from './sign-in.ts'
import { signingTexts } from './signing.ts'
import { singleSignOnTexts } from './single-sign-on.ts'
import { startTexts } from './start.ts'
import { tableTexts } from './tables.ts'
import { theftTexts } from './theft.ts'
import { tokenTexts } from './tokens.ts'
import { webhookTexts } from './webhooks.ts'

/** A text in every language of the product: one that lacks a language does not compile. */
export type Text = Readonly<Record<Language, string>>

/**
 * Every word the pages show. `{names}` are filled in; `key.one` is said instead of `key` when `{count}` is 1. Keys that
 * start with `said.` are what a page says once after something was done, `refusal.` the words for a refusal's code.
 */
export const texts = {
  ...shellTexts,
  ...signInTexts,
  ...signingTexts,
  ...singleSignOnTexts,
  ...startTexts,
  ...deviceTexts,
  ...peopleTexts,
  ...doublesTexts,
  ...rightNameTexts,
  ...rightsTexts,
  ...passkeyTexts,
  ...commandTexts,
  ...loanTexts,
  ...importTexts,
  ...handOutTexts,
  ...theftTexts,
  ...appTexts,
  ...approvalTexts,
  ...bulkTexts,
  ...tableTexts,
  ...searchTexts,
  ...positionTexts,
  ...profileTexts,
  ...profileEditorTexts,
  ...policyTexts,
  ...profileRefusalTexts,
  ...rolloutRequestTexts,
  ...rolloutTexts,
  ...reasonTexts,
  ...settingsTexts,
  ...tokenTexts,
  ...accountTexts,
  ...secondFactorTexts,
  ...confidentialPaperTexts,
  ...costTexts,
  ...auditTexts,
  ...accessibilityTexts,
  ...designTexts,
  ...noticeTexts,
  ...webhookTexts,
  ...lookTexts,
  ...apiDocsTexts,
} as const satisfies Record<string, Text>

export type TextKey = keyof typeof texts
