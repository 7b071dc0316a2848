import { enrolmentProfileIdentifier } from '../enrolment-profile.ts'
import { isList, type PlistDictionary } from '../plist/plist-value.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type Findings } from './findings.ts'
import { checkNetworks, checkTunnels } from './network-dangers.ts'
import { checkPasscode } from './passcode-dangers.ts'

interface ServerAddress {
  /** Public base address of our server, without a trailing slash. */
  readonly serverUrl: string
}

/**
 * What every iPad would take without a word, and then be lost to its owner: management removed or led elsewhere, no
 * network to be reached on, a passcode that cannot be set, no apps to open.
 */
export function checkDangers(
  profile: PlistDictionary,
  payloads: readonly NumberedPayload[],
  { serverUrl, networksElsewhere }: ServerAddress & { readonly networksElsewhere: boolean },
  findings: Findings,
): void {
  checkManagement(profile, payloads, serverUrl, findings)
  checkNetworks(payloads, networksElsewhere, findings)
  checkTunnels(payloads, findings)
  checkPasscode(payloads, findings)
  checkApps(payloads, findings)
  checkSites(payloads, findings)
  checkRemovalByItself(profile, payloads, findings)
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
    if (payload['PayloadType'] === 'com.apple.app.lock')
      findings.warning('may-strand', { payload: index, path: [] }, [
        'Enappsläge: är appen inte installerad går iPaden inte att använda förrän profilen tas bort. Installera appen först.',
        'Single-app mode: without the app installed, the iPad cannot be used until the profile is removed. Install the app first.',
      ])
  }
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
