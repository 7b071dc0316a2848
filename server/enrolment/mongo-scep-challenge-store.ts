import {
  challengeHash,
  decideRedemption,
  type Redemption,
  type RedeemAttempt,
  type RedeemOutcome,
  type ScepChallenges,
} from '../../mdm/scep/challenge.ts'
import { type Tables } from '../database/tables.ts'
import { type IssuePurpose } from './enrolment.ts'
import { type ScepChallengeStore } from './scep-challenge-store.ts'

interface ChallengeRow {
  /** `challengeHash` of the secret. */
  readonly _id: string
  readonly organisationId: string
  readonly deviceId: string
  readonly serialNumber: string
  readonly purpose: IssuePurpose
  readonly enrolmentId?: string
  readonly expiresAt: Date
  readonly redeemed?: Redemption
}

/** Challenges in the database. They stay after use: they say what each certificate was issued for. */
export function createMongoScepChallengeStore(tables: Tables): ScepChallengeStore & ScepChallenges {
  const challenges = tables.define<ChallengeRow>({
    name: 'scepChallenges',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      serialNumber: { type: String, required: true },
      purpose: { type: String, required: true },
      enrolmentId: String,
      expiresAt: { type: Date, required: true },
      redeemed: { publicKeyFingerprint: String, transactionId: String, at: Date, _id: false },
    },
    indexes: [
      [
        { 'redeemed.publicKeyFingerprint': 1 },
        { partialFilterExpression: { 'redeemed.publicKeyFingerprint': { $exists: true } } },
      ],
    ],
  })
  const any = challenges.acrossOrganisations('an iPad that asks for a certificate names no organisation')

  async function redeem(attempt: RedeemAttempt): Promise<RedeemOutcome> {
    for (;;) {
      const row = await any.findOne({ _id: challengeHash(attempt.challenge) })
      const known = row && { ...row, secretHash: row._id, redeemed: redemptionOf(row) }
      const decision = decideRedemption(known, attempt)
      if (decision.outcome === 'refused' || !row) {
        return decision.outcome === 'refused' ? decision : { outcome: 'refused', reason: 'unknown' }
      }
      if (decision.outcome === 'repeat') return { outcome: 'accepted', serialNumber: row.serialNumber }
      const { redemption } = decision
      const first = await any.updateOne(
        { _id: row._id, 'redeemed.publicKeyFingerprint': { $exists: false } },
        { $set: { redeemed: redemption } },
      )
      if (first) return { outcome: 'accepted', serialNumber: row.serialNumber }
    }
  }

  return {
    redeem,
    insert: ({ secretHash, ...challenge }) =>
      challenges.within(challenge.organisationId).insert({ ...challenge, _id: secretHash }),
    findByKey: async publicKeyFingerprint => {
      const [row] = await any.find(
        { 'redeemed.publicKeyFingerprint': publicKeyFingerprint },
        { sort: { 'redeemed.at': -1 }, limit: 1 },
      )
      return row && { purpose: row.purpose, enrolmentId: row.enrolmentId, deviceId: row.deviceId }
    },
    pendingRenewal: async (organisationId, enrolmentId, now) =>
      (await challenges.within(organisationId).count({ enrolmentId, expiresAt: { $gt: now } })) > 0,
  }
}

function redemptionOf({ redeemed }: ChallengeRow): Redemption | undefined {
  return redeemed?.publicKeyFingerprint === undefined ? undefined : redeemed
}
