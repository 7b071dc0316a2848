import { type Target } from '../assignments/assignment.ts'
import { invalid } from '../domain-error.ts'

/** The managed apps that some iPads are to have (requirement R09), in versions like profiles and guides. */
export interface AppSet {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  /** Number of the newest version, which holds. */
  readonly latest: number
  /** It asks for nothing any more since then. */
  readonly endedAt?: Date
}

/** Which apps, and on which iPads. Never changed. */
export interface AppSetVersion extends AppSetContent {
  readonly id: string
  readonly organisationId: string
  readonly appSetId: string
  /** 1, 2, 3 … in the set. */
  readonly number: number
  readonly note?: string
  readonly savedAt: Date
  readonly savedBy: { readonly id: string; readonly name: string }
}

export interface AppSetContent {
  readonly apps: readonly WantedApp[]
  readonly target: Target
}

export interface WantedApp {
  /** Bundle identifier, such as `se.example.papers`; by it the iPad knows the app. */
  readonly identifier: string
  readonly name: string
  /** Number in the App Store; without it the iPad is asked for the app by its identifier. */
  readonly storeId?: number
}

/** The most apps in one set. */
export const mostApps = 100

/** Apple, CFBundleIdentifier: letters, digits, hyphens and full stops. */
export const bundleIdentifier = /^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/

/** By which apps are the same. Apple's glossary: "Bundle IDs are case insensitive". */
export const sameApp = (identifier: string): string => identifier.toLowerCase()

/** @throws {DomainError} invalid `app-set-invalid` naming apps that stand twice in the set */
export function mustBeApps(apps: readonly WantedApp[]): void {
  const seen = new Set<string>()
  const wrong = apps.flatMap(({ identifier }) => {
    const isTwice = seen.has(sameApp(identifier))
    seen.add(sameApp(identifier))
    const message = `${identifier} is listed twice. Remove one of the lines.`
    return isTwice ? [{ path: 'apps', code: 'app-twice', message, values: { identifier } }] : []
  })
  if (wrong.length > 0) throw invalid('app-set-invalid', wrong)
}
