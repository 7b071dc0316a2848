import { parseArgs, type ParseArgsConfig } from 'node:util'

/**
 * What was asked for on the command line. What there is not ends the process with status 2, with a sentence and `usage`
 * in place of a stack. Whoever asks for help gets `usage` alone, and status 0.
 */
export function asked<const Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).some(word => word === '--help' || word === '-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    // What Node says after the first sentence is for those who write programs.
    const [said = ''] = error instanceof Error ? error.message.split('. ') : []
    console.error(`${said}\n${usage}`)
    process.exit(2)
  }
}
