import { join } from 'node:path'

/** The data file of a folder. */
export const dataFile = (folder: string) => join(folder, 'data.sqlite')
