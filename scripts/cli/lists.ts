/** What can be listed, shown and exported: where it stands in the API, its columns, and how a list is narrowed. */
export const lists = {
  devices: {
    columns: ['assetTag', 'serialNumber', 'model', 'lifecycle', 'management', 'lock', 'lastSeenAt', 'id'],
    filters: ['q', 'lifecycle', 'management', 'lock', 'model', 'ownership', 'sort'],
  },
  people: {
    columns: ['familyName', 'givenName', 'email', 'phone', 'protectedIdentity', 'id'],
    filters: ['q', 'sort'],
  },
  loans: {
    columns: ['state', 'overdue', 'deviceId', 'personId', 'handedOutAt', 'dueOn', 'returnedAt', 'id'],
    filters: ['state', 'open', 'overdue', 'personId', 'deviceId', 'bodyId', 'sort'],
  },
  incidents: {
    columns: ['number', 'kind', 'state', 'deviceId', 'reportedAt', 'policeNumber', 'closedAt', 'id'],
    filters: ['state', 'kind', 'line', 'open', 'deviceId', 'personId', 'sort'],
  },
  approvals: {
    columns: ['kind', 'state', 'reason', 'requestedAt', 'expiresAt', 'id'],
    filters: ['state', 'kind'],
  },
  bodies: { columns: ['name', 'type', 'costCentre', 'startsOn', 'endsOn', 'id'], filters: [] },
  jobs: {
    columns: ['work', 'variant', 'state', 'counts', 'createdAt', 'finishedAt', 'id'],
    filters: ['state', 'sort'],
  },
  rollouts: {
    columns: ['name', 'state', 'to', 'wave', 'waves', 'startedAt', 'id'],
    filters: ['assignmentId', 'open'],
  },
  'rollout-requests': {
    columns: ['state', 'name', 'count', 'askedBy', 'askedAt', 'reason', 'id'],
    filters: ['state'],
  },
  profiles: { columns: ['name', 'identifier', 'latest', 'id'], filters: ['retired'] },
  'app-drift': { columns: ['assetTag', 'missing', 'extra', 'deviceId'], filters: [] },
  'unassigned-profiles': { columns: ['assetTag', 'profiles', 'deviceId'], filters: [] },
  'confidential-papers': { columns: ['assetTag', 'eligible', 'deviceId'], filters: ['eligible'] },
  policies: { columns: ['number', 'title', 'writtenAt', 'id'], filters: [] },
  'cost-lines': {
    columns: ['text', 'category', 'kind', 'amountOre', 'fromOn', 'toOn', 'id'],
    filters: ['year', 'kind', 'sort'],
  },
  webhooks: { columns: ['url', 'active', 'events', 'createdAt', 'id'], filters: [] },
  staff: { columns: ['name', 'email', 'roles', 'active', 'id'], filters: [] },
  tokens: { columns: ['name', 'roles', 'scopes', 'createdAt', 'lastUsedAt', 'expiresAt'], filters: [] },
  audit: {
    columns: ['sequence', 'at', 'action', 'actor', 'on', 'reason'],
    filters: ['who', 'by', 'action', 'kind', 'id', 'from', 'to', 'requestId', 'sort'],
  },
} as const satisfies Record<
  string,
  { readonly columns: readonly string[]; readonly filters: readonly string[] }
>

export type ListName = keyof typeof lists

/** What a file has besides the columns of the table: a screen has no room for it, and whoever keeps it asks for it. */
const onlyInFiles: Partial<Record<ListName, readonly string[]>> = {
  audit: ['before', 'after', 'from', 'id'],
}

/** The columns of a list as a file: the field names of the API, whatever language people read. */
export function fileColumns(name: ListName): readonly string[] {
  return [...lists[name].columns, ...(onlyInFiles[name] ?? [])]
}

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
