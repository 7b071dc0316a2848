export const encodings = ['utf-8', 'utf-16le', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

export const delimiters = [';', ',', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/** How a file is to be read; what is missing is found out from the file. */
export interface Reading {
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
}

export interface Table {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  /** As a spreadsheet counts: the header is row 1, empty rows count too. */
  readonly row: number
  readonly cells: readonly string[]
}
