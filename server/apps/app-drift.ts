import { reaches, type Standing } from '../assignments/assignment.ts'
import { type ManagedApp } from '../devices/device.ts'
import { sameApp, type AppSet, type AppSetVersion, type WantedApp } from './app-set.ts'

/** A set with its newest version. */
export interface StandingSet {
  readonly set: AppSet
  readonly newest: AppSetVersion
}

/** Why a wanted app is not there. `refused`: by the holder, or the installation failed. */
type MissingWhy = 'absent' | 'refused'

/** How the managed apps of an iPad differ from what its sets ask for. */
export interface AppDrift {
  readonly missing: readonly (WantedApp & { readonly why: MissingWhy })[]
  /** On their way: neither there nor missing. */
  readonly coming: readonly WantedApp[]
  /** Identifiers of managed apps that no set asks for. */
  readonly extra: readonly string[]
}

/** States of Apple's ManagedApplicationList in which the app is on the iPad, whatever becomes of an update. */
const there = [
  'Managed',
  'PromptingForUpdate',
  'PromptingForUpdateLogin',
  'ValidatingUpdate',
  'Updating',
  'UpdateRejected',
]
const onTheirWay = [
  ...['Queued', 'NeedsRedemption', 'Redeeming', 'Prompting', 'PromptingForLogin', 'ValidatingPurchase'],
  ...['PromptingForManagement', 'Installing'],
]
const refused = ['UserRejected', 'ManagementRejected', 'Failed']

/**
 * The apps that the sets ask for on an iPad that stands so, each once, by name: what any of them asks for is wanted.
 * Undefined when no set reaches it; then nothing is said of its apps.
 */
export function appsWantedOn(standing: Standing, sets: readonly StandingSet[]): WantedApp[] | undefined {
  const own = sets.filter(
    ({ set, newest: { target } }) =>
      set.endedAt === undefined && reaches({ target, excludedDeviceIds: [] }, standing),
  )
  if (own.length === 0) return undefined
  const all = own.flatMap(({ newest }) => newest.apps)
  // The first that names its number in the App Store knows more than one that does not.
  const known = [
    ...all.filter(({ storeId }) => storeId === undefined),
    ...all.filter(({ storeId }) => storeId !== undefined).toReversed(),
  ]
  const once = new Map(known.map(app => [sameApp(app.identifier), app]))
  return [...once.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'sv'))
}

/** How `managed`, as the iPad told it last, differs from what is wanted there. */
export function appDrift(wanted: readonly WantedApp[], managed: readonly ManagedApp[]): AppDrift {
  const states = new Map(managed.map(({ identifier, state }) => [sameApp(identifier), state]))
  const stateOf = ({ identifier }: WantedApp) => states.get(sameApp(identifier)) ?? ''
  const names = new Set(wanted.map(({ identifier }) => sameApp(identifier)))
  return {
    missing: wanted
      .filter(app => !there.includes(stateOf(app)) && !onTheirWay.includes(stateOf(app)))
      .map(app => ({ ...app, why: refused.includes(stateOf(app)) ? 'refused' : 'absent' })),
    coming: wanted.filter(app => onTheirWay.includes(stateOf(app))),
    extra: managed
      .filter(
        ({ identifier, state }) =>
          !names.has(sameApp(identifier)) && (there.includes(state) || onTheirWay.includes(state)),
      )
      .map(({ identifier }) => identifier),
  }
}

export const isDrift = ({ missing, extra }: AppDrift): boolean => missing.length > 0 || extra.length > 0
