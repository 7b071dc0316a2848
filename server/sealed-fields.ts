/** A field of the database that holds a sealed secret, and the place that it is sealed for. */
export interface SealedField {
  readonly collection: string
  /** Dotted. */
  readonly path: string
  readonly place: (id: string) => string
}

/** Every field of the database that is sealed: a slice that seals another adds it here, or the key cannot be changed. */
export const sealedFields: readonly SealedField[] = [
  { collection: 'enrolments', path: 'unlockToken', place: id => `unlock/${id}` },
  { collection: 'enrolments', path: 'bootstrapToken', place: id => `bootstrap/${id}` },
  { collection: 'commands', path: 'parameters', place: id => `command/${id}/parameters` },
  { collection: 'commands', path: 'source', place: id => `command/${id}/source` },
  { collection: 'pushCertificates', path: 'sealedKey', place: () => 'push/installation' },
  { collection: 'idempotentCalls', path: 'body', place: id => `idempotency/${id}` },
  { collection: 'staff', path: 'authenticator.secret', place: id => `staff/${id}/authenticator` },
  { collection: 'identityProviders', path: 'clientSecret', place: id => `identity-provider/${id}` },
  { collection: 'webhooks', path: 'sealedSecret', place: id => `webhook/${id}` },
  { collection: 'webhooks', path: 'former.sealedSecret', place: id => `webhook/${id}` },
  { collection: 'profileVersions', path: 'sealed', place: id => `profile-version/${id}` },
  { collection: 'signingCertificates', path: 'sealedKey', place: id => `signing/${id}` },
  { collection: 'profileDrafts', path: 'sealed', place: id => `profile-draft/${id}` },
]
