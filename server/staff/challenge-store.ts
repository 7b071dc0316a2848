export interface ChallengeStore {
  /** Notes a challenge as used until it would be over anyway; false when it was used before. */
  spend(challenge: string, until: Date): Promise<boolean>
}
