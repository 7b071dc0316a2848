export interface LabelStore {
  /** The labels of some iPads; those without any are absent. */
  ofDevices(
    organisationId: string,
    deviceIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>
  put(organisationId: string, deviceId: string, labels: readonly string[]): Promise<void>
  /** Every label in use with how many iPads carry it, by name. */
  all(organisationId: string): Promise<{ readonly label: string; readonly count: number }[]>
}
