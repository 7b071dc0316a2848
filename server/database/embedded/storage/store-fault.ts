export type StoreFaultKind =
  'in-use' | 'read-only' | 'full' | 'damaged' | 'foreign-file' | 'newer-format' | 'unreadable'

/** Why the data folder cannot be used, in words for the person who runs the program. Nothing was changed. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault'
  readonly kind: StoreFaultKind

  constructor(kind: StoreFaultKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const kinds: Readonly<Record<number, StoreFaultKind>> = {
  3: 'read-only',
  5: 'in-use',
  6: 'in-use',
  8: 'read-only',
  10: 'unreadable',
  11: 'damaged',
  13: 'full',
  14: 'read-only',
  26: 'damaged',
}

const words: Readonly<Record<StoreFaultKind, string>> = {
  'in-use': 'is in use by another process',
  'read-only': 'cannot be written to',
  full: 'is full: the disk has no room left',
  damaged: 'holds a damaged data file; restore it from a backup',
  'foreign-file': 'holds a data file of another program',
  'newer-format': 'was written by a newer version of this program',
  unreadable: 'cannot be read or written: the disk reports an error',
}

/** The fault with its usual words, naming the folder. */
export const storeFault = (kind: StoreFaultKind, folder: string, options?: ErrorOptions) =>
  new StoreFault(kind, `The data folder ${folder} ${words[kind]}`, options)

/** An error of SQLite or the file system as a fault that names the folder; any other error as it is. */
export function asStoreFault(error: unknown, folder: string): unknown {
  if (error instanceof StoreFault || !(error instanceof Error)) return error
  const { errcode, code } = error as { errcode?: number; code?: string }
  const kind = errcode === undefined ? fileKinds[code ?? ''] : kinds[errcode & 0xff]
  return kind ? storeFault(kind, folder, { cause: error }) : error
}

const fileKinds: Readonly<Record<string, StoreFaultKind>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'unreadable',
  ENOTDIR: 'unreadable',
}
