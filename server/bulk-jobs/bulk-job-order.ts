/** Jobs are in order of one of these instants, and of their ids where they are equal. */
export const bulkJobSorts = ['createdAt', 'finishedAt'] as const
export type BulkJobSort = (typeof bulkJobSorts)[number]
