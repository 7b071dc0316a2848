import { type X509Certificate } from 'node:crypto'
import { canonicalProfile } from './canonical-profile.ts'
import { type Signer } from './cms/sign-data.ts'
import { encryptProfile } from './encrypt-profile.ts'
import { type PlistDictionary } from './plist/plist-value.ts'
import { holdsSecrets } from './secrets.ts'
import { signProfile } from './sign-profile.ts'
import { expandVariables, type VariableName, type VariableValues } from './variables.ts'

export interface Preparation {
  readonly values: VariableValues
  /** Of the iPad; needed only when the profile holds secrets. */
  readonly recipient: X509Certificate | undefined
  readonly signer: Signer
  readonly now: Date
  readonly randomBytes: (count: number) => Uint8Array
}

type Prepared =
  /** What InstallProfile carries, and for which identity of the iPad it is encrypted; missing when nothing is secret. */
  | { readonly outcome: 'ready'; readonly bytes: Uint8Array; readonly encryptedFor?: X509Certificate }
  /** It must not be sent: nothing is known for these variables (R08). */
  | { readonly outcome: 'missing'; readonly missing: readonly VariableName[] }
  /** It must not be sent: it holds secrets, and the iPad has no certificate to encrypt them for. */
  | { readonly outcome: 'no-certificate' }

/**
 * A profile made ready for one iPad: variables replaced, encrypted for it when secrets are inside, signed last. A
 * secret never leaves in the open. Throws `CmsError('recipient')` when the iPad's key is not RSA.
 */
export function prepareProfile(profile: PlistDictionary, preparation: Preparation): Prepared {
  const { values, recipient, signer, now, randomBytes } = preparation
  const expanded = expandVariables(profile, values)
  if (expanded.outcome === 'missing') return expanded
  const signed = (sent: PlistDictionary) => signProfile(canonicalProfile(sent), signer, now)
  if (!holdsSecrets(expanded.profile)) return { outcome: 'ready', bytes: signed(expanded.profile) }
  if (recipient === undefined) return { outcome: 'no-certificate' }
  const bytes = signed(encryptProfile(expanded.profile, recipient, randomBytes))
  return { outcome: 'ready', bytes, encryptedFor: recipient }
}
