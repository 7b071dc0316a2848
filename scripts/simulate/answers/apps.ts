import { hash } from 'node:crypto'
import { isList, type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { type InstalledApp } from '../ipad-state.ts'
import { done, malformed, refusedCommand, textOf, told, type Answering } from './answer.ts'

export const installedApplicationList: Answering = ({ parameters }, { state }) => {
  const wanted = parameters['Identifiers']
  const items = parameters['Items']
  const shown = state.apps
    .filter(app => app.managed || parameters['ManagedAppsOnly'] !== true)
    .filter(app => !isList(wanted) || wanted.includes(app.identifier))
  return told({ InstalledApplicationList: shown.map(app => only(listed(app), items)) })
}

function listed(app: InstalledApp): PlistDictionary {
  return {
    Identifier: app.identifier,
    Name: app.name,
    Version: app.version,
    ShortVersion: app.shortVersion,
    BundleSize: app.bundleSize,
    DynamicSize: app.dynamicSize,
    Installing: false,
    IsValidated: true,
    AppStoreVendable: true,
    DeviceBasedVPP: app.managed,
    BetaApp: false,
    AdHocCodeSigned: false,
    HasUpdateAvailable: false,
  }
}

function only(app: PlistDictionary, items: PlistDictionary[string] | undefined): PlistDictionary {
  if (!isList(items)) return app
  return Object.fromEntries(Object.entries(app).filter(([key]) => items.includes(key)))
}

/** The app is there at once: a simulated iPad has no App Store to wait for. */
export const installApplication: Answering = ({ parameters }, { state }) => {
  const identifier = identifierOf(parameters)
  if (identifier === undefined) return malformed
  const there = state.apps.find(app => app.identifier === identifier)
  if (there && !there.managed && parameters['ChangeManagementState'] !== 'Managed')
    return refusedCommand(12025, `The app ${identifier} is already installed.`)
  const others = state.apps.filter(app => app !== there)
  const app = there ? { ...there, managed: true } : newApp(identifier)
  return told(
    { Identifier: identifier, State: there ? 'Managed' : 'Installing' },
    { ...state, apps: [...others, app] },
  )
}

/** A managed app goes with all that is in it; one that the user brought is not ours to take. */
export const removeApplication: Answering = ({ parameters }, { state }) => {
  const identifier = textOf(parameters, 'Identifier')
  const there = state.apps.find(app => app.identifier === identifier)
  if (!there?.managed) return refusedCommand(12040, 'The app is not managed.')
  return done({ ...state, apps: state.apps.filter(app => app !== there) })
}

export const managedApplicationList: Answering = ({ parameters }, { state }) => {
  const wanted = parameters['Identifiers']
  const shown = state.apps
    .filter(app => app.managed)
    .filter(({ identifier }) => !isList(wanted) || wanted.includes(identifier))
  const managed = shown.map(({ identifier }) => [identifier, { Status: 'Managed', ManagementFlags: 1 }])
  return told({ ManagedApplicationList: Object.fromEntries(managed) as PlistDictionary })
}

function identifierOf(parameters: PlistDictionary): string | undefined {
  const storeId = parameters['iTunesStoreID']
  if (typeof storeId === 'number') return `se.example.app${storeId}`
  const manifest = textOf(parameters, 'ManifestURL')
  if (manifest !== undefined) return `se.example.inhouse.${hash('sha256', manifest).slice(0, 8)}`
  return textOf(parameters, 'Identifier')
}

function newApp(identifier: string): InstalledApp {
  const name = identifier.slice(identifier.lastIndexOf('.') + 1)
  return {
    identifier,
    name: name.charAt(0).toUpperCase() + name.slice(1),
    version: '412',
    shortVersion: '4.1.2',
    bundleSize: 84_213_760,
    dynamicSize: 1_343_488,
    managed: true,
  }
}
