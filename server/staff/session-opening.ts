import { type Audit } from '../audit/audit.ts'
import { type Clock } from '../clock.ts'
import { DomainError } from '../domain-error.ts'
import { type RandomBytes } from '../ids.ts'
import { type Organisation } from '../organisations/organisation.ts'
import { type Actor } from './actor.ts'
import { hashOfSecret, newSecret } from './secret.ts'
import { endOf, type CameFrom, type Session, type SignInMethod } from './session.ts'
import { type SessionStore } from './session-store.ts'
import { activeMemberships, hasSecondFactor, type Membership, type StaffMember } from './staff-member.ts'
import { type StaffStore } from './staff-store.ts'

interface SessionOpeningDeps {
  readonly staff: StaffStore
  readonly sessions: SessionStore
  readonly organisations: { byId(id: string): Promise<Pick<Organisation, 'settings'>> }
  readonly audit: Audit
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

interface Opening {
  readonly methods: readonly SignInMethod[]
  readonly from: CameFrom
  /** Only this organisation: its provider speaks for no other. */
  readonly boundTo?: string
  readonly acr?: string
  /** Where work begins when the person works there still; else in the first of their organisations. */
  readonly organisationId?: string
}

export interface Opened {
  /** For the cookie. */
  readonly secret: string
  /** What is missing before it opens anything. */
  readonly waitsFor?: NonNullable<Session['waitsFor']>
}

export type SessionOpening = ReturnType<typeof createSessionOpening>

const strong: readonly SignInMethod[] = ['code', 'recovery-code', 'passkey', 'single-sign-on']

/** The one place where a session begins: what it still waits for is decided here. */
export function createSessionOpening(deps: SessionOpeningDeps) {
  const { staff, sessions, organisations, audit, clock, randomBytes } = deps

  /** Whether one of the person's organisations asks for more than a password of somebody with their role. */
  async function needsSecondFactor(memberships: readonly Membership[]): Promise<boolean> {
    for (const { organisationId, roles } of memberships) {
      const { settings } = await organisations.byId(organisationId)
      if (roles.some(role => settings.secondFactorFor.includes(role))) return true
    }
    return false
  }

  async function missing(member: StaffMember, methods: Opening['methods']): Promise<Opened['waitsFor']> {
    if (methods.some(method => strong.includes(method))) return undefined
    if (hasSecondFactor(member)) return 'second-factor'
    return (await needsSecondFactor(activeMemberships(member))) ? 'second-factor-set-up' : undefined
  }

  return {
    needsSecondFactor: (member: StaffMember) => needsSecondFactor(activeMemberships(member)),

    /** What is missing for somebody who has proved who they are by `methods`; undefined when it is enough. */
    missing,

    /**
     * A new session for somebody who has proved who they are by `methods`.
     * @throws {DomainError} forbidden `no-membership`
     */
    async open(member: StaffMember, opened: Opening): Promise<Opened> {
      const { methods, from, boundTo, acr, organisationId } = opened
      const own = activeMemberships(member).filter(one => !boundTo || one.organisationId === boundTo)
      const first = own.find(one => one.organisationId === organisationId) ?? own[0]
      if (!first) {
        throw new DomainError(
          'forbidden',
          'no-membership',
          'This account no longer belongs to any organisation.',
        )
      }
      const waitsFor = await missing(member, methods)
      const secret = newSecret(randomBytes)
      const now = clock.now()
      await sessions.insert({
        id: hashOfSecret(secret),
        staffId: member.id,
        organisationId: first.organisationId,
        createdAt: now,
        lastSeenAt: now,
        confirmedAt: now,
        expiresAt: endOf(waitsFor, now),
        methods,
        ...from,
        ...(waitsFor && { waitsFor }),
        ...(boundTo !== undefined && { boundTo }),
        ...(acr !== undefined && { acr }),
      })
      if (waitsFor) return { secret, waitsFor }
      await staff.forgetTries(member.id)
      await audit.record(actorFor(member, first), {
        action: 'staff.sign-in',
        on: { kind: 'staff', id: member.id },
        after: { methods, ...(acr !== undefined && { assurance: acr }) },
      })
      return { secret }
    },
  }
}

/** The person as the one who acts in an organisation. */
export function actorFor({ id, name }: StaffMember, { organisationId, roles }: Membership): Actor {
  return { kind: 'staff', id, name, organisationId, roles }
}
