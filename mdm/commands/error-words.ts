import { type ErrorLink } from '../command-report.ts'

/** What the codes of Apple's MDM errors mean for the person at the desk. Source: Apple's error domains MCMDMErrorDomain. */
const words: Readonly<Record<string, string>> = {
  'MCMDMErrorDomain 12008': 'The iPad found the command malformed.',
  'MCMDMErrorDomain 12013': 'The profile was not installed by this server, so it cannot be removed.',
  'MCMDMErrorDomain 12021': 'This version of iPadOS does not know the command.',
  'MCMDMErrorDomain 12023': 'The App Store does not know this app.',
  'MCMDMErrorDomain 12025': 'The app is installed already.',
  'MCMDMErrorDomain 12026': 'There is no licence for this app.',
  'MCMDMErrorDomain 12031': 'Installing apps is not allowed on this iPad.',
  'MCMDMErrorDomain 12035': 'The app cannot be bought.',
  'MCMDMErrorDomain 12036': 'The app cannot be removed right now.',
  'MCMDMErrorDomain 12040': 'Somebody must sign in to the App Store on the iPad first.',
  'MCMDMErrorDomain 12064': 'The iPad must be supervised for this.',
  'MCMDMErrorDomain 12067': 'The iPad is not in lost mode.',
  'MCMDMErrorDomain 12069': 'The iPad could not leave lost mode.',
  'MCMDMErrorDomain 12078': 'The iPad does not take this command while it is in lost mode.',
}

/**
 * One sentence for the person who sent the command: our words for the first error we know, else the device's own, else
 * that it gave none.
 */
export function wordsOfError(chain: readonly ErrorLink[]): string {
  const known = chain.map(({ domain, code }) => words[`${domain} ${code}`]).find(Boolean)
  const told = chain.find(({ description }) => description !== '')?.description
  return known ?? told ?? 'The iPad could not read the command.'
}
