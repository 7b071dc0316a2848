/** What is put on iPads by an assignment: a configuration profile, or a guide to read. */
export type ContentKind = 'profile' | 'guide'
export const contentKinds: readonly ContentKind[] = ['profile', 'guide']

/** Which one. */
export interface ContentRef {
  readonly kind: ContentKind
  readonly id: string
}

/** The content that has this key. */
export function contentOfKey(key: string): ContentRef {
  const [kind = '', id = ''] = key.split('/', 2)
  return { kind: contentKinds.find(one => one === kind) ?? 'profile', id }
}

/** The same content always has the same key. */
export function contentKey({ kind, id }: ContentRef): string {
  return `${kind}/${id}`
}
