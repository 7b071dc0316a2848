/** What can be listed, shown and exported: where it stands in the API, its columns, and how a list is narrowed. */
export const lists = {
  devices: {
    columns: ['assetTag', 'serialNumber', 'model', 'lifecycle', 'management', 'lock', 'lastSeenAt', 'id'],
    filters: ['q', 'lifecycle', 'management', 'lock', 'model', 'sort'],
  },
  people: {
    columns: ['familyName', 'givenName', 'email', 'phone', 'protectedIdentity', 'id'],
    filters: ['q'],
  },
  loans: {
    columns: ['state', 'overdue', 'deviceId', 'personId', 'handedOutAt', 'dueOn', 'returnedAt', 'id'],
    filters: ['state', 'open', 'overdue', 'personId', 'deviceId', 'bodyId'],
  },
  incidents: {
    columns: ['number', 'kind', 'state', 'deviceId', 'reportedAt', 'policeNumber', 'closedAt', 'id'],
    filters: ['state', 'kind', 'open', 'deviceId', 'personId'],
  },
  approvals: {
    columns: ['kind', 'state', 'reason', 'requestedAt', 'expiresAt', 'id'],
    filters: ['state', 'kind'],
  },
} as const satisfies Record<
  string,
  { readonly columns: readonly string[]; readonly filters: readonly string[] }
>

export type ListName = keyof typeof lists

export const listNames = Object.keys(lists) as ListName[]

/** One thing of each list, as people write it after `show`. */
export const singulars: Readonly<Record<string, ListName>> = {
  device: 'devices',
  person: 'people',
  loan: 'loans',
  incident: 'incidents',
  approval: 'approvals',
}

export const filterNames = [...new Set(listNames.flatMap(name => lists[name].filters as readonly string[]))]
