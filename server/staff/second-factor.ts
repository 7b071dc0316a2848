import { type Audit } from '../audit/audit.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Clock } from '../clock.ts'
import { type Transaction } from '../database/transaction.ts'
import { DomainError } from '../domain-error.ts'
import { type RandomBytes } from '../ids.ts'
import { needAuthorityOver } from './account-authority.ts'
import { type Actor } from './actor.ts'
import { handsOf, openersOf } from './opened.ts'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { type SignInMethod } from './session.ts'
import { actorFor, type SessionOpening } from './session-opening.ts'
import { type SessionStore } from './session-store.ts'
import { activeMemberships, hasSecondFactor, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'
import { authenticatorUri, base32, stepOfCode } from './totp.ts'
import { countTry, noteRefusedTry, uncountTry } from './tries.ts'

/** 160 bits, as RFC 4226 recommends. */
const secretBytes = 20
const beginMinutes = 15

interface SecondFactorDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly opening: Pick<SessionOpening, 'needsSecondFactor'>
  readonly secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly transaction: Transaction
}

/** What an app is set up with; `sealed` goes back with the first code and holds the same secret. */
export interface AuthenticatorOffer {
  readonly uri: string
  readonly key: string
  readonly sealed: string
}

export interface SecondFactorState {
  /** Whether there is an app or a passkey. */
  readonly isOn: boolean
  /** Of the app. */
  readonly since: Date | undefined
  readonly codesLeft: number
  readonly needed: boolean
}

export type SecondFactor = ReturnType<typeof createSecondFactor>

/** An app that shows codes, and recovery codes for the day it is gone. */
export function createSecondFactor(deps: SecondFactorDeps) {
  const { staff, sessions, opening, secrets, audit, clock, randomBytes, transaction } = deps
  const wrongCode = () =>
    new DomainError('forbidden', 'wrong-code', 'The code is wrong or has been used. Wait for the next one.')

  async function memberOf(staffId: string): Promise<StaffMember> {
    const member = await staff.find(staffId)
    if (!member) throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
    return member
  }

  /** One line in the log of every organisation that the account opens. */
  async function note(member: StaffMember, action: string, after?: Record<string, unknown>): Promise<void> {
    for (const membership of activeMemberships(member)) {
      const entry = { action, on: { kind: 'staff', id: member.id }, ...(after && { after }) }
      await audit.record(actorFor(member, membership), entry)
    }
  }

  async function renewCodes(staffId: string): Promise<string[]> {
    const codes = newRecoveryCodes(randomBytes)
    await staff.setRecoveryCodes(staffId, codes.map(hashOfRecoveryCode))
    return codes
  }

  /** Which of the person's codes this is; it is used up. Undefined when it is none. */
  async function use(member: StaffMember, typed: string): Promise<SignInMethod | undefined> {
    const code = typed.replace(/\s/g, '')
    const { authenticator } = member
    if (/^\d{6}$/.test(code) && authenticator) {
      const secret = secrets.openSecret(authenticator.secret, placeOf(member.id))
      const step = stepOfCode(code, { secret, now: clock.now(), after: authenticator.lastStep })
      return step !== undefined && (await staff.takeStep(member.id, step)) ? 'code' : undefined
    }
    const isRecovery = await staff.takeRecoveryCode(member.id, hashOfRecoveryCode(code))
    if (isRecovery) await note(member, 'staff.recovery-code')
    return isRecovery ? 'recovery-code' : undefined
  }

  function openOffer(staffId: string, sealed: string): Buffer {
    try {
      const bytes = Buffer.from(secrets.openSecret(sealed, `${placeOf(staffId)}/offer`))
      const offeredAt = Number(bytes.readBigUInt64BE(secretBytes))
      if (clock.now().getTime() - offeredAt < beginMinutes * 60_000) return bytes.subarray(0, secretBytes)
    } catch {
      // Forged, or of somebody else: no offer of ours.
    }
    throw new DomainError('conflict', 'offer-over', 'This took too long. Begin again with a new code.')
  }

  /** The app away; the codes stay as long as there is a passkey that they recover. */
  async function takeApp(member: StaffMember): Promise<void> {
    await staff.setAuthenticator(member.id, undefined)
    if ((member.passkeys ?? []).length === 0) await staff.setRecoveryCodes(member.id, [])
  }

  /** Whoever opened the account before may know its password still. */
  async function noteHands(actor: Actor, member: StaffMember): Promise<void> {
    const now = clock.now()
    const hands = await handsOf(actor, staff, now)
    const by = [...new Set([...openersOf(member, now), ...hands])].filter(id => id !== member.id)
    if (by.length > 0) await staff.setOpened(member.id, { by, at: now })
  }

  async function takeAll(member: StaffMember): Promise<void> {
    await staff.setAuthenticator(member.id, undefined)
    await staff.removePasskeys(member.id)
    await staff.setRecoveryCodes(member.id, [])
  }

  return {
    note,

    /** Ten codes for an account that has just got its first second step; inside its transaction. */
    firstCodes: renewCodes,

    /** A new secret for an app, good for a quarter of an hour. Nothing is stored before the first code is right. */
    async offer(staffId: string): Promise<AuthenticatorOffer> {
      const { email } = await memberOf(staffId)
      const secret = randomBytes(secretBytes)
      const at = Buffer.alloc(8)
      at.writeBigUInt64BE(BigInt(clock.now().getTime()))
      const sealed = secrets.sealSecret(Buffer.concat([secret, at]), `${placeOf(staffId)}/offer`)
      return { uri: authenticatorUri({ secret, account: email }), key: base32(secret), sealed }
    },

    /** The same offer again, after a code that was wrong. */
    async sameOffer(staffId: string, sealed: string): Promise<AuthenticatorOffer> {
      const { email } = await memberOf(staffId)
      const secret = openOffer(staffId, sealed)
      return { uri: authenticatorUri({ secret, account: email }), key: base32(secret), sealed }
    },

    /**
     * Takes the app into use when it shows the right code; gives ten recovery codes, which are shown once. Sign-ins that
     * wait for a second step are over then. `isFirst`: only for an account that has no second step yet.
     * @throws {DomainError} invalid `first-code-wrong`; conflict `offer-over`; forbidden `sign-in-over` when it is not
     * the first
     */
    async accept(
      staffId: string,
      { sealed, code }: { sealed: string; code: string },
      { isFirst }: { readonly isFirst: boolean } = { isFirst: false },
    ): Promise<string[]> {
      const secret = openOffer(staffId, sealed)
      const now = clock.now()
      const step = stepOfCode(code.replace(/\s/g, ''), { secret, now, after: 0 })
      if (step === undefined) {
        const message = 'The code is wrong. Look in the app and type the code that it shows now.'
        throw new DomainError('invalid', 'first-code-wrong', message, [{ path: 'code', message }])
      }
      const authenticator = {
        secret: secrets.sealSecret(secret, placeOf(staffId)),
        since: now,
        lastStep: step,
      }
      return transaction(async () => {
        const member = await memberOf(staffId)
        if (isFirst && hasSecondFactor(member)) throw signInOver()
        await staff.setAuthenticator(staffId, authenticator)
        await sessions.deleteWaiting(staffId)
        await note(member, 'staff.second-factor-add', { kind: 'authenticator' })
        return renewCodes(staffId)
      })
    },

    /**
     * How this code proves that it is the person; it works once, and a wrong one counts as a wrong password does.
     * @throws {DomainError} forbidden `wrong-code`, `account-locked`
     */
    async check(staffId: string, code: string): Promise<SignInMethod> {
      const member = await countTry(() => staff.find(staffId), { staff, clock })
      const method = member && (await use(member, code))
      if (!member || !method) {
        if (member) await noteRefusedTry(member, 'code', deps)
        throw wrongCode()
      }
      await uncountTry(member, staff)
      return method
    },

    /**
     * The same for somebody who is signed in already and holds the session that is asked about: what strangers try at
     * the door is not counted against them. Undefined for a wrong code.
     */
    prove: (member: StaffMember, code: string): Promise<SignInMethod | undefined> => use(member, code),

    /** Ten new recovery codes, shown once; the previous ones stop working. */
    async newCodes(staffId: string): Promise<string[]> {
      const member = await memberOf(staffId)
      if (!hasSecondFactor(member)) {
        throw new DomainError('conflict', 'no-second-factor', 'There is no second factor to recover.')
      }
      return transaction(async () => {
        await note(member, 'staff.recovery-codes')
        return renewCodes(staffId)
      })
    },

    /**
     * One's own app away, with the recovery codes.
     * @throws {DomainError} forbidden `second-factor-needed` where one's organisation asks for it
     */
    async remove(staffId: string): Promise<void> {
      await transaction(async () => {
        // Read in here: the last passkey may go at the same moment.
        const member = await memberOf(staffId)
        const isLast = (member.passkeys ?? []).length === 0
        if (isLast && (await opening.needsSecondFactor(member))) {
          const message = 'Your organisation requires a second factor. Set up another app instead.'
          throw new DomainError('forbidden', 'second-factor-needed', message)
        }
        await takeApp(member)
        await note(member, 'staff.second-factor-remove', { kind: 'authenticator' })
      })
    },

    /**
     * For somebody whose phone and codes are gone: takes the second factor away and ends every session.
     * @throws {DomainError} not-found `staff-unknown`; forbidden `account-shared`
     */
    async removeOf(actor: Actor, staffId: string): Promise<void> {
      await transaction(async () => {
        const member = await memberOf(staffId)
        if (!member.memberships.some(one => one.organisationId === actor.organisationId)) {
          throw new DomainError('not-found', 'staff-unknown', 'There is no such person here.')
        }
        await needAuthorityOver(actor, member, staff)
        await takeAll(member)
        await sessions.deleteOf(staffId)
        await noteHands(actor, member)
        await audit.record(actor, {
          action: 'staff.second-factor-remove',
          on: { kind: 'staff', id: staffId },
        })
      })
    },

    /** Whether there is an app, and how many recovery codes are left. */
    async state(staffId: string): Promise<SecondFactorState> {
      const member = await memberOf(staffId)
      return {
        isOn: hasSecondFactor(member),
        since: member.authenticator?.since,
        codesLeft: member.recoveryCodes?.length ?? 0,
        needed: await opening.needsSecondFactor(member),
      }
    },
  }
}

/** Of a session that waits for what has come about, or been done by somebody else, meanwhile. */
export function signInOver(): DomainError {
  return new DomainError('forbidden', 'sign-in-over', 'This took too long. Sign in again.')
}

const placeOf = (staffId: string) => `staff/${staffId}/authenticator`
