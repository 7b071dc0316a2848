import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type ServerRoute } from '@hapi/hapi'
// Brings the `directory` and `file` handlers into Hapi's types.
import '@hapi/inert'
import { styleSheet } from './style-sheet.ts'

const publicFolder = join(import.meta.dirname, 'public')

const signaturePadFile = join(
  dirname(createRequire(import.meta.url).resolve('signature_pad')),
  'signature_pad.min.js',
)

/**
 * A name for the style sheets and scripts as they are now: it changes with any of their bytes, so a browser may keep
 * what it fetched under it for ever and still never mixes two versions.
 */
export function assetsVersion(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(publicFolder).sort())
    hash.update(file).update(readFileSync(join(publicFolder, file)))
  return hash.update(styleSheet()).update(readFileSync(signaturePadFile)).digest('hex').slice(0, 12)
}

const forEver = { privacy: 'public', expiresIn: 365 * 86_400_000 } as const

/** Serves `web-admin/public`, the style sheet and the signature library under `/assets/{version}/`, open to all. */
export function assetRoutes(version: string): ServerRoute[] {
  const options = { auth: false as const, cache: forEver }
  const sheet = styleSheet()
  return [
    {
      method: 'GET',
      path: `/assets/${version}/styles.css`,
      options,
      handler: (_request, h) => h.response(sheet).type('text/css'),
    },
    {
      method: 'GET',
      path: `/assets/${version}/signature_pad.js`,
      options,
      handler: { file: { path: signaturePadFile, confine: false } },
    },
    {
      method: 'GET',
      path: `/assets/${version}/{file*}`,
      options,
      handler: { directory: { path: publicFolder, index: false } },
    },
  ]
}
