import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileIn = (dataFolder: string) => join(dataFolder, 'serving-address')

/** Notes where people reach the server that serves this data folder, for commands that print links. */
export async function noteServingAddress(dataFolder: string, publicUrl: string): Promise<void> {
  await writeFile(fileIn(dataFolder), `${publicUrl}\n`, { mode: 0o600 })
}

/** No server serves this folder any more. */
export async function forgetServingAddress(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true })
}

/** Where the server that serves this data folder is reached; undefined when none does, or it has not said. */
export async function servingAddress(dataFolder: string): Promise<string | undefined> {
  const noted = await readFile(fileIn(dataFolder), 'utf8').catch(() => '')
  return URL.canParse(noted.trim()) ? noted.trim() : undefined
}
