/** Where an iPad was, as it told itself (Apple's DeviceLocation). */
export interface Fix {
  /** Degrees, WGS 84. */
  readonly latitude: number
  readonly longitude: number
  /** Radius in metres; missing when the iPad does not know it. */
  readonly accuracyMetres?: number
  /** Metres a second and degrees from north; missing when unknown. */
  readonly speed?: number
  readonly course?: number
  readonly at: Date
}

/** A fix that belongs to an open incident. Gone when the incident is closed. */
export interface Position extends Fix {
  /** The id of the command that fetched it. */
  readonly id: string
  readonly organisationId: string
  readonly incidentId: string
  readonly receivedAt: Date
}

export interface PositionStore {
  /** Storing the answer of one command again changes nothing. */
  add(position: Position): Promise<void>
  /** The newest first. */
  of(organisationId: string, incidentId: string): Promise<Position[]>
  count(organisationId: string, incidentId: string): Promise<number>
  removeAll(organisationId: string, incidentId: string): Promise<void>
}
