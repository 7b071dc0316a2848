/** One of the organisations that share an installation; what it owns is invisible to the others. */
export interface Organisation {
  readonly id: string
  readonly name: string
  /** Swedish organisation number as written, e.g. `212000-0000`; empty until known. */
  readonly number: string
  readonly language: Language
  readonly settings: OrganisationSettings
}

export type Language = 'sv' | 'en'

export interface OrganisationSettings {
  /** Shown on the lock screen of a stolen iPad. */
  readonly lostModeMessage: string
  readonly lostModePhone: string
  /** A wipe needs the approval of a second person. */
  readonly fourEyes: boolean
}

/** What a new organisation starts with: nothing dangerous is possible alone. */
export const firstSettings: OrganisationSettings = {
  lostModeMessage: 'Den här iPaden är anmäld stulen. Ring numret nedan.',
  lostModePhone: '',
  fourEyes: true,
}
