import { type Ornkoll } from '../../server/compose.ts'
import { type Registers } from './fill-registers.ts'
import { labels } from './roll-outs.ts'

/**
 * Two sets of apps: what every iPad is to have, which the live ones have, and what the pilot is to have besides, which
 * nobody has installed yet. So the list of iPads that differ has something to put right.
 */
export async function writeAppSets(
  { rollingOut: { appSets } }: Ornkoll,
  { staff: { admin } }: Registers,
): Promise<void> {
  const papers = { identifier: 'se.example.handlingar', name: 'Handlingar' }
  const votes = { identifier: 'se.example.omrostning', name: 'Omröstning' }
  await appSets.create(admin, {
    name: 'Appar på alla iPads',
    apps: [papers],
    target: { kind: 'organisation' },
  })
  await appSets.create(admin, {
    name: 'Pilotgruppens appar',
    apps: [votes],
    target: { kind: 'label', label: labels.pilot },
  })
}
