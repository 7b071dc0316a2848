import { enrolmentProfileIdentifier } from '../enrolment-profile.ts'
import { isDictionary, isList, type PlistDictionary } from '../plist/plist-value.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type Findings } from './findings.ts'
import { checkNetworks, checkTunnels } from './network-dangers.ts'
import { checkPasscode } from './passcode-dangers.ts'

interface Around {
  /** Public base address of our server, without a trailing slash. */
  readonly serverUrl: string
  readonly networksElsewhere: boolean
  readonly now: Date
}

/**
 * What every iPad would take without a word, and then be lost to its owner: management removed or led elsewhere, no
 * network to be reached on, a passcode that cannot be set, no apps to open.
 */
export function checkDangers(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  { serverUrl, networksElsewhere, now }: Around,
  findings: Findings,
): void {
  checkManagement(profile, payloads, serverUrl, findings)
  checkNetworks(payloads, networksElsewhere, findings)
  checkTunnels(payloads, findings)
  checkPasscode(payloads, findings)
  checkApps(payloads, findings)
  checkSites(payloads, findings)
  checkRemovalByItself(profile, payloads, findings)
  checkForWhom(profile, findings)
  checkTimes(profile, now, findings)
}

function checkManagement(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  serverUrl: string,
  findings: Findings,
): void {
  const identifier = profile['PayloadIdentifier']
  if (typeof identifier === 'string' && identifier.toLowerCase() === enrolmentProfileIdentifier)
    findings.error('replaces-management', { path: ['PayloadIdentifier'] }, [
      'Identifieraren är anslutningsprofilens. Profilen skulle ersätta den, och iPaden skulle inte längre vara hanterad.',
      'The identifier belongs to the enrolment profile. This profile would replace it, and the iPad would no longer be managed.',
    ])
  for (const { index, payload } of payloads) {
    if (payload['PayloadType'] !== 'com.apple.mdm') continue
    findings.error('management-payload', { payload: index, path: [] }, [
      'Hantering (MDM) ställs bara in när iPaden ansluts; en iPad avvisar den i andra profiler.',
      'Management (MDM) is only set when the iPad enrols; an iPad rejects it in other profiles.',
    ])
    for (const key of ['ServerURL', 'CheckInURL']) {
      const address = payload[key]
      if (typeof address !== 'string' || sameOrigin(address, serverUrl)) continue
      findings.error('wrong-server', { payload: index, path: [key] }, [
        'Adressen är en annan servers. iPaden skulle lyda den i stället.',
        'The address belongs to another server. The iPad would obey it instead.',
      ])
    }
  }
}

function sameOrigin(address: string, serverUrl: string): boolean {
  return (
    URL.canParse(address) && URL.canParse(serverUrl) && new URL(address).origin === new URL(serverUrl).origin
  )
}

function checkApps(payloads: readonly NumberedPayload[], findings: Findings): void {
  for (const { index, payload } of payloads) {
    for (const key of ['allowListedAppBundleIDs', 'whitelistedAppBundleIDs']) {
      const apps = payload[key]
      if (payload['PayloadType'] !== 'com.apple.applicationaccess' || !isList(apps)) continue
      if (apps.length === 0)
        findings.error('no-apps', { payload: index, path: [key] }, [
          'Listan över tillåtna appar är tom: inga appar skulle gå att öppna.',
          'The list of allowed apps is empty: no app could be opened.',
        ])
      else if (
        !apps.includes('com.apple.webapp') &&
        payloads.some(other => other.payload['PayloadType'] === 'com.apple.webClip.managed')
      )
        findings.warning('may-strand', { payload: index, path: [key] }, [
          'Profilen har webbklipp, men com.apple.webapp är inte bland de tillåtna apparna: de syns inte.',
          'The profile has web clips, but com.apple.webapp is not among the allowed apps: they do not show.',
        ])
    }
    if (payload['PayloadType'] === 'com.apple.app.lock') checkAppLock(payload, index, findings)
  }
}

function checkAppLock({ App: app }: PlistDictionary, index: number, findings: Findings): void {
  const identifier = isDictionary(app) ? app['Identifier'] : undefined
  if (typeof identifier === 'string' && identifier.trim() === '')
    findings.error('no-apps', { payload: index, path: ['App', 'Identifier'] }, [
      'Enappsläget har ingen app: iPaden skulle inte gå att använda.',
      'The single-app mode has no app: the iPad could not be used.',
    ])
  findings.warning('may-strand', { payload: index, path: [] }, [
    'Enappsläge: är appen inte installerad går iPaden inte att använda förrän profilen tas bort. Installera appen först.',
    'Single-app mode: without the app installed, the iPad cannot be used until the profile is removed. Install the app first.',
  ])
}

function checkSites(payloads: readonly NumberedPayload[], findings: Findings): void {
  for (const { index, payload } of payloads)
    for (const key of ['AllowListBookmarks', 'WhitelistedBookmarks']) {
      const sites = payload[key]
      if (payload['PayloadType'] !== 'com.apple.webcontent-filter' || !isList(sites) || sites.length > 0)
        continue
      findings.error('no-sites', { payload: index, path: [key] }, [
        'Listan över tillåtna webbplatser är tom: hela webben skulle stängas.',
        'The list of allowed sites is empty: the whole web would be blocked.',
      ])
    }
}

function checkRemovalByItself(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  findings: Findings,
): void {
  const key = ['RemovalDate', 'DurationUntilRemoval'].find(each => profile[each] !== undefined)
  if (key === undefined) return
  if (!payloads.some(({ payload }) => payload['PayloadType'] === 'com.apple.wifi.managed')) return
  findings.warning('may-strand', { path: [key] }, [
    'iPaden tar själv bort profilen, och därmed sitt Wi-Fi. Utan ett annat nät kan den sedan inte nås.',
    'The iPad removes the profile automatically, and its Wi-Fi with it. Without another network it can then not be reached.',
  ])
}

/** 0: any device, 1: iPhone and iPad; with another number an iPad refuses the profile. */
function checkForWhom({ TargetDeviceType: kind }: PlistDictionary, findings: Findings): void {
  if (typeof kind !== 'number' || kind < 2 || kind > 6) return
  findings.error('not-allowed', { path: ['TargetDeviceType'] }, [
    'Profilen är till för en annan sorts enhet (TargetDeviceType); en iPad avvisar den. Använd 0 eller 1.',
    'The profile is for another kind of device (TargetDeviceType); an iPad refuses it. Use 0 or 1.',
  ])
}

/** A profile that is over already goes again as soon as it has come. */
function checkTimes(profile: PlistDictionary, now: Date, findings: Findings): void {
  const { DurationUntilRemoval: seconds, RemovalDate: removal, PayloadExpirationDate: end } = profile
  if (typeof seconds === 'number' && seconds <= 0)
    findings.error('out-of-range', { path: ['DurationUntilRemoval'] }, [
      'Profilen skulle tas bort i samma stund som den kommer. Ange fler sekunder än 0.',
      'The profile would be removed the moment it arrives. Enter more seconds than 0.',
    ])
  if (removal instanceof Date && removal <= now)
    findings.error('out-of-range', { path: ['RemovalDate'] }, [
      'Tidpunkten har passerat: iPaden skulle genast ta bort profilen.',
      'That time has passed: the iPad would remove the profile at once.',
    ])
  if (end instanceof Date && end <= now)
    findings.warning('out-of-range', { path: ['PayloadExpirationDate'] }, [
      'Profilen har redan gått ut: användaren uppmanas genast att uppdatera den.',
      'The profile has already expired: the user is asked to update it at once.',
    ])
}
