import { type ServerRoute } from '@hapi/hapi'
import { identityProviderPages, type IdentityProviderPagesDeps } from './identity-provider-pages.ts'
import { organisationPages, type OrganisationPagesDeps } from './organisation-pages.ts'
import { pushPages, type PushPagesDeps } from './push-pages.ts'
import { signingPages, type SigningPagesDeps } from './signing-pages.ts'
import { staffPages, type StaffPagesDeps } from './staff-pages.ts'
import { termsPages, type TermsPagesDeps } from './terms-pages.ts'
import { lookPages, type LookPagesDeps } from './look-pages.ts'
import { pricePages, type PricePagesDeps } from './price-pages.ts'
import { tokenPages, type TokenPagesDeps } from './token-pages.ts'
import { webhookPages, type WebhookPagesDeps } from './webhook-pages.ts'

interface SettingsPagesDeps
  extends
    OrganisationPagesDeps,
    IdentityProviderPagesDeps,
    StaffPagesDeps,
    TokenPagesDeps,
    LookPagesDeps,
    PricePagesDeps,
    WebhookPagesDeps,
    TermsPagesDeps,
    PushPagesDeps,
    SigningPagesDeps {}

/** What an organisation decides once and for all: itself, its staff, keys for programs, terms, the certificates. */
export function settingsPages(deps: SettingsPagesDeps): ServerRoute[] {
  return [
    ...organisationPages(deps),
    ...staffPages(deps),
    ...identityProviderPages(deps),
    ...tokenPages(deps),
    ...lookPages(deps),
    ...pricePages(deps),
    ...webhookPages(deps),
    ...termsPages(deps),
    ...pushPages(deps),
    ...signingPages(deps),
  ]
}
