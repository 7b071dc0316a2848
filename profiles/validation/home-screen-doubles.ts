import { type Words } from '../catalogue/notation.ts'
import { isDictionary, isList, type PlistDictionary, type PlistValue } from '../plist/plist-value.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { shown } from './doubles.ts'
import { type Findings } from './findings.ts'

interface Icon {
  readonly icon: PlistDictionary
  readonly path: readonly (string | number)[]
  /** Where it lies, in words that follow "already". */
  readonly where: Words
}

/**
 * Says of apps and web clips that lie twice on the Home Screen, its Dock and folders taken together: an iPad shows each
 * once, wherever it likes. Of a web clip it is also said when the profile has no part that makes it.
 */
export function checkHomeScreens(payloads: readonly NumberedPayload[], findings: Findings): void {
  const clips = new Set(
    payloads.flatMap(({ payload: { PayloadType: type, URL: address } }) =>
      type === 'com.apple.webClip.managed' ? [address] : [],
    ),
  )
  for (const { index, payload } of payloads) {
    if (payload['PayloadType'] !== 'com.apple.homescreenlayout') continue
    const places = new Map<string, Words>()
    for (const { icon, path, where } of iconsOf(payload)) {
      const named = nameOf(icon)
      if (named === undefined) continue
      const { key, name, id } = named
      const at = { payload: index, path: [...path, key] }
      const before = places.get(id)
      if (before === undefined) places.set(id, where)
      else
        findings.warning('twice', at, [
          `${shown(name)} ligger redan ${before[0]}. iPaden visar den bara en gång; ta bort den ena.`,
          `${shown(name)} is already ${before[1]}. The iPad shows it only once; take one of them away.`,
        ])
      if (key === 'URL' && before === undefined && !clips.has(name))
        findings.warning('no-such-payload', at, [
          `Profilen har inget webbklipp till ${shown(name)}. Finns det inte i en annan profil på samma iPads blir platsen tom.`,
          `The profile has no web clip of ${shown(name)}. Unless another profile on the same iPads has it, the place stays empty.`,
        ])
    }
  }
}

interface Named {
  readonly key: 'BundleID' | 'URL'
  readonly name: string
  readonly id: string
}

/** Identifiers of apps are the same in whatever letters. */
function nameOf({ Type: type, BundleID: app, URL: address }: PlistDictionary): Named | undefined {
  if (type === 'Application' && typeof app === 'string' && app.trim() !== '')
    return { key: 'BundleID', name: app, id: `app ${app.trim().toLowerCase()}` }
  if (type === 'WebClip' && typeof address === 'string' && address.trim() !== '')
    return { key: 'URL', name: address, id: `clip ${address}` }
  return undefined
}

function* iconsOf(layout: PlistDictionary): Generator<Icon> {
  yield* iconsIn(layout['Dock'], ['Dock'], ['i dockan', 'in the Dock'])
  yield* iconsOnPages(layout['Pages'], ['Pages'], page => [`på sida ${page}`, `on page ${page}`])
}

function* iconsOnPages(
  pages: PlistValue | undefined,
  path: Icon['path'],
  where: (page: number) => Words,
): Generator<Icon> {
  if (!isList(pages)) return
  for (const [index, page] of pages.entries()) yield* iconsIn(page, [...path, index], where(index + 1))
}

/** The icons of a row, and those of the folders among them. */
function* iconsIn(row: PlistValue | undefined, path: Icon['path'], where: Words): Generator<Icon> {
  if (!isList(row)) return
  for (const [index, icon] of row.entries()) {
    if (!isDictionary(icon)) continue
    const at = [...path, index]
    yield { icon, path: at, where }
    if (icon['Type'] !== 'Folder') continue
    const name = icon['DisplayName']
    const folder = typeof name === 'string' ? shown(name) : ''
    const inFolder: Words = [`i mappen ${folder}`.trim(), `in the folder ${folder}`.trim()]
    yield* iconsOnPages(icon['Pages'], [...at, 'Pages'], () => inFolder)
  }
}
