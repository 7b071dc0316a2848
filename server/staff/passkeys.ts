// As a whole, so that nothing of it is loaded for its types alone.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type Challenges } from './challenges.ts'
import { type RelyingParty } from './relying-party.ts'
import { signInOver, type SecondFactor } from './second-factor.ts'
import { type CameFrom } from './session.ts'
import { type SessionOpening } from './session-opening.ts'
import { type SessionStore } from './session-store.ts'
import { hasSecondFactor, type Passkey, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'
import { noteRefusal } from './tries.ts'

/** Loaded with the first passkey: some three hundred files, and an organisation may use none. */
const webAuthn = () => import('@simplewebauthn/server')

/** What devices sign with: EdDSA, ES256, RS256 (COSE names). */
const algorithms = [-8, -7, -257]

interface PasskeysDeps {
  readonly staff: StaffStore
  readonly sessions: Pick<SessionStore, 'deleteWaiting'>
  readonly opening: SessionOpening
  readonly secondFactor: Pick<SecondFactor, 'note' | 'firstCodes'>
  readonly challenges: Challenges
  /** Undefined where browsers give no passkeys. */
  readonly party: RelyingParty | undefined
  readonly audit: Audit
  readonly clock: Clock
  readonly transaction: Transaction
}

export type ShownPasskey = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>

export type Passkeys = ReturnType<typeof createPasskeys>

/**
 * Passkeys (WebAuthn Level 2): a key on the person's own device, opened by a face, a finger or a code there. One is
 * possession and knowledge in one, so it signs in alone and counts as a second step.
 */
export function createPasskeys(deps: PasskeysDeps) {
  const { staff, sessions, opening, secondFactor, challenges, audit, clock, transaction } = deps

  function party(): RelyingParty {
    if (deps.party) return deps.party
    const message = 'Passkeys only work when Örnkoll has a host name (not just an IP address) and TLS.'
    throw new DomainError('conflict', 'passkeys-unavailable', message)
  }

  async function memberOf(staffId: string): Promise<StaffMember> {
    const member = await staff.find(staffId)
    if (!member) throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    return member
  }

  /** The member whose passkey this answer is from, after every check of the signature. */
  async function check(purpose: string, answer: unknown): Promise<StaffMember> {
    const { id: rpId, origin } = party()
    const response = answer as AuthenticationResponseJSON
    const credentialId = idOf(answer)
    const member = credentialId === undefined ? undefined : await staff.findByPasskey(credentialId)
    const passkey = member?.passkeys?.find(({ id }) => id === credentialId)
    if (!member || !passkey) throw refused()
    const { verifyAuthenticationResponse } = await webAuthn()
    const judged = orRefused(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge => challenges.take(purpose, challenge),
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          counter: passkey.counter,
        },
      }),
    )
    const { authenticationInfo } = await judged.catch(async (error: unknown) => {
      await noteRefusal(member, { method: 'passkey', name: passkey.name }, audit)
      throw error
    })
    await staff.notePasskeyUse(passkey.id, { counter: authenticationInfo.newCounter, at: clock.now() })
    return member
  }

  return {
    isAvailable: deps.party !== undefined,

    /** What the browser makes a passkey from. */
    async registrationOptions(staffId: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
      const member = await memberOf(staffId)
      const { generateRegistrationOptions } = await webAuthn()
      return generateRegistrationOptions({
        rpName: 'Örnkoll',
        supportedAlgorithmIDs: algorithms,
        rpID: party().id,
        userName: member.email,
        userDisplayName: member.name,
        userID: new Uint8Array(Buffer.from(member.id)),
        challenge: new Uint8Array(challenges.issue(`register ${staffId}`)),
        excludeCredentials: (member.passkeys ?? []).map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },

    /**
     * Keeps a new passkey; gives recovery codes, shown once, when it is the first second step of the account. Sign-ins
     * that wait for a second step are over then. `isFirst`: only for an account that has no second step yet.
     * @throws {DomainError} forbidden `passkey-refused`, `sign-in-over` when it is not the first; conflict
     * `passkey-known`, `passkeys-unavailable`
     */
    async register(
      staffId: string,
      { answer, name }: { answer: unknown; name: string },
      { isFirst }: { readonly isFirst: boolean } = { isFirst: false },
    ): Promise<string[]> {
      const { id: rpId, origin } = party()
      const { verifyRegistrationResponse } = await webAuthn()
      const { registrationInfo } = await orRefused(() =>
        verifyRegistrationResponse({
          response: answer as RegistrationResponseJSON,
          expectedChallenge: challenge => challenges.take(`register ${staffId}`, challenge),
          expectedOrigin: origin,
          expectedRPID: rpId,
          requireUserVerification: true,
          supportedAlgorithmIDs: algorithms,
        }),
      )
      if (!registrationInfo) throw refused()
      const { id, publicKey, counter, transports } = registrationInfo.credential
      if (await staff.findByPasskey(id)) {
        throw new DomainError('conflict', 'passkey-known', 'This passkey has already been added.')
      }
      const passkey: Passkey = {
        id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: transports ?? [],
        name,
        createdAt: clock.now(),
      }
      return transaction(async () => {
        const member = await memberOf(staffId)
        if (isFirst && hasSecondFactor(member)) throw signInOver()
        await staff.addPasskey(staffId, passkey)
        await sessions.deleteWaiting(staffId)
        await secondFactor.note(member, 'staff.second-factor-add', { kind: 'passkey', name })
        return hasSecondFactor(member) ? [] : secondFactor.firstCodes(staffId)
      })
    },

    /** What the browser signs in with; which person it is follows from the passkey that is chosen. */
    async signInOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
      const { generateAuthenticationOptions } = await webAuthn()
      const challenge = new Uint8Array(challenges.issue('sign-in'))
      return generateAuthenticationOptions({ rpID: party().id, challenge, userVerification: 'required' })
    },

    /**
     * The secret of a new session.
     * @throws {DomainError} forbidden `passkey-refused`, `no-membership`
     */
    async signIn(answer: unknown, from: CameFrom): Promise<string> {
      const member = await check('sign-in', answer)
      return (await opening.open(member, { methods: ['passkey'], from })).secret
    },

    /** What the browser confirms with that it is still this person. */
    async confirmOptions(staffId: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
      const { passkeys = [] } = await memberOf(staffId)
      const { generateAuthenticationOptions } = await webAuthn()
      return generateAuthenticationOptions({
        rpID: party().id,
        challenge: new Uint8Array(challenges.issue(`confirm ${staffId}`)),
        userVerification: 'required',
        allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports: [...transports] })),
      })
    },

    /** @throws {DomainError} forbidden `passkey-refused` */
    async confirm(staffId: string, answer: unknown): Promise<void> {
      if ((await check(`confirm ${staffId}`, answer)).id !== staffId) throw refused()
    },

    async list(staffId: string): Promise<ShownPasskey[]> {
      const { passkeys = [] } = await memberOf(staffId)
      return passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt,
        ...(lastUsedAt && { lastUsedAt }),
      }))
    },

    /**
     * @throws {DomainError} not-found `passkey-unknown`; forbidden `second-factor-needed` when it is the last second
     * step and one's organisation asks for one
     */
    async remove(staffId: string, id: string): Promise<void> {
      await transaction(async () => {
        // Read in here: the app, or another passkey, may go at the same moment.
        const member = await memberOf(staffId)
        const removed = member.passkeys?.find(one => one.id === id)
        if (!removed) throw new DomainError('not-found', 'passkey-unknown', 'There is no such passkey.')
        const left = { ...member, passkeys: (member.passkeys ?? []).filter(one => one !== removed) }
        const isLast = !hasSecondFactor(left)
        if (isLast && (await opening.needsSecondFactor(member))) {
          const message = 'Your organisation requires a second factor. Set up another one first.'
          throw new DomainError('forbidden', 'second-factor-needed', message)
        }
        await staff.removePasskey(staffId, id)
        if (isLast) await staff.setRecoveryCodes(staffId, [])
        await secondFactor.note(member, 'staff.second-factor-remove', { kind: 'passkey', name: removed.name })
      })
    },
  }
}

function idOf(answer: unknown): string | undefined {
  const { id } = (answer ?? {}) as { id?: unknown }
  return typeof id === 'string' && /^[\w-]{1,1400}$/.test(id) ? id : undefined
}

function refused(): DomainError {
  return new DomainError('forbidden', 'passkey-refused', 'This passkey was not accepted. Try again.')
}

/** Whatever the check finds wrong with an answer is one refusal: the caller made it. */
async function orRefused<T extends { verified: boolean }>(work: () => Promise<T>): Promise<T> {
  const result = await work().catch(() => undefined)
  if (result?.verified !== true) throw refused()
  return result
}
