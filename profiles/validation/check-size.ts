import { entryFor } from '../catalogue/catalogue.ts'
import { type Words } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary } from '../plist/plist-value.ts'
import { heaviestPart, mostSentBytes, sentSize } from '../sent-size.ts'
import { type Findings } from './findings.ts'

/** Says of a profile that is larger than what iPads are sent where the room is taken. */
export function checkSize(profile: PlistDictionary, findings: Findings): void {
  const bytes = sentSize(profile)
  if (bytes === undefined || bytes <= mostSentBytes) return
  const heaviest = heaviestPart(profile['PayloadContent'])
  const place = heaviest
    ? { payload: heaviest.index, path: heaviest.key === '' ? [] : [heaviest.key] }
    : { path: [] }
  const [svPart, enPart] = heaviest ? nameOf(profile, heaviest.index, heaviest.key) : ['', '']
  const [svMost, enMost] = heaviest ? megabytes(heaviest.bytes) : ['', '']
  const [svBytes, enBytes] = megabytes(bytes)
  findings.error('too-large', place, [
    `Profilen blir ${svBytes} MB när den skickas, och en iPad får högst 1 MB.${heaviest ? ` Mest plats tar ${svPart}: ${svMost} MB.` : ''} Krymp eller ta bort typsnitt och bilder.`,
    `The profile is ${enBytes} MB when it is sent, and an iPad is sent 1 MB at most.${heaviest ? ` Most room is taken by ${enPart}: ${enMost} MB.` : ''} Make fonts and pictures smaller or take them out.`,
  ])
}

/** The part and the key in it, as its form calls them. */
function nameOf(profile: PlistDictionary, index: number, key: string): Words {
  const content = profile['PayloadContent']
  const part = isList(content) ? content[index] : undefined
  if (!isDictionary(part)) return [`del ${index + 1}`, `part ${index + 1}`]
  const entry = entryFor(part)
  const type = part['PayloadType']
  const title: Words =
    entry?.title ??
    (typeof type === 'string'
      ? [type.slice(0, 80), type.slice(0, 80)]
      : [`del ${index + 1}`, `part ${index + 1}`])
  const field = entry && Object.hasOwn(entry.keys, key) ? entry.keys[key]?.title : undefined
  return field ? [`${title[0]} (${field[0]})`, `${title[1]} (${field[1]})`] : title
}

/** Rounded up, so that what is too large never reads as what would fit. */
function megabytes(bytes: number): Words {
  const text = (Math.ceil(bytes / 10_000) / 100).toFixed(2)
  return [text.replace('.', ','), text]
}
