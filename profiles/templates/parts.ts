import { type PlistDictionary } from '../plist/plist-value.ts'
import { type Part, type TemplateFacts } from './template.ts'

/** The parts that templates are made of. Titles are shown on the iPad, so they are in Swedish. */

/** Who owns the iPad and where it belongs: seen on the lock screen, even of an iPad that was found. */
export const lockScreen = ({ returnTo }: TemplateFacts): Part => ({
  type: 'com.apple.shareddeviceconfiguration',
  name: 'lock-screen',
  title: 'Märkning',
  content: { AssetTagInformation: '{{device.tag}}', LockScreenFootnote: returnTo },
})

/** The predetermined apps first in the Dock and on the first page; each has one place. */
export const homeScreen = ({ apps, helpUrl }: TemplateFacts): Part => {
  const chosen = [...new Set(apps)]
  const dock = [...new Set([...chosen.slice(0, 4), ...standardDock])].slice(0, mostInDock)
  const beside = chosen.filter(app => !dock.includes(app))
  return {
    type: 'com.apple.homescreenlayout',
    name: 'home-screen',
    title: 'Appar på hemskärmen',
    content: {
      Dock: dock.map(place),
      Pages: [[...beside.map(place), { Type: 'WebClip', URL: helpUrl }]],
    },
  }
}

const place = (app: string) => ({ Type: 'Application', BundleID: app })
const standardDock = ['com.apple.mobilesafari', 'com.apple.mobilemail', 'com.apple.mobilecal']
const mostInDock = 6

export const help = ({ helpUrl }: TemplateFacts): Part => ({
  type: 'com.apple.webClip.managed',
  name: 'help',
  title: 'Hjälp',
  content: { URL: helpUrl, Label: 'Hjälp', IsRemovable: false, FullScreen: false, Precomposed: true },
})

/** Mail of the person who borrows the iPad; without a municipal address the profile is not sent (R08). */
export const mail = (
  { mailServer, organisationName }: TemplateFacts,
  content: PlistDictionary = {},
): Part => ({
  type: 'com.apple.eas.account',
  name: 'mail',
  title: `E-post – ${organisationName}`,
  content: {
    Host: mailServer,
    SSL: true,
    OAuth: true,
    UserName: '{{person.email}}',
    EmailAddress: '{{person.email}}',
    MailNumberOfPastDaysToSync: 31,
    PreventMove: true,
    allowMailDrop: false,
    ...content,
  },
})

/** Mail from other domains is marked, and documents from ours count as work documents. */
export const domains = ({ mailDomains }: TemplateFacts): Part => ({
  type: 'com.apple.domains',
  name: 'domains',
  title: 'Organisationens domäner',
  content: { EmailDomains: mailDomains, WebDomains: mailDomains },
})

export const passcode = (content: PlistDictionary = {}): Part => ({
  type: 'com.apple.mobiledevice.passwordpolicy',
  name: 'passcode',
  title: 'Lösenkod',
  content: {
    forcePIN: true,
    allowSimple: false,
    minLength: 6,
    maxFailedAttempts: 10,
    maxInactivity: 5,
    maxGracePeriod: 0,
    ...content,
  },
})

/**
 * For an iPad that is the person's own: with User Enrolment the part by itself asks for six digits, and what else it
 * could say is ignored (Apple, Passcode). Nothing is erased after wrong attempts.
 */
export const ownPasscode: Part = {
  type: 'com.apple.mobiledevice.passwordpolicy',
  name: 'passcode',
  title: 'Lösenkod',
  content: {},
}

export const restrictions = (content: PlistDictionary): Part => ({
  type: 'com.apple.applicationaccess',
  name: 'restrictions',
  title: 'Begränsningar',
  content,
})

/** Work stays in managed apps; nothing here needs supervision. */
export const workStaysAtWork: PlistDictionary = {
  allowOpenFromManagedToUnmanaged: false,
  allowManagedAppsCloudSync: false,
  requireManagedPasteboard: true,
  forceEncryptedBackup: true,
}

/** What any iPad that the municipality owns should keep: the safeguards against theft and loss first. */
export const municipal: PlistDictionary = {
  ...workStaysAtWork,
  allowLockScreenControlCenter: false,
  allowUIConfigurationProfileInstallation: false,
  allowHostPairing: false,
  allowUSBRestrictedMode: true,
  allowEraseContentAndSettings: false,
  allowEnablingRestrictions: true,
  allowUntrustedTLSPrompt: false,
  allowRapidSecurityResponseInstallation: true,
  allowRapidSecurityResponseRemoval: false,
  allowDiagnosticSubmission: false,
  forceLimitAdTracking: true,
  forceAutomaticDateAndTime: true,
  safariForceFraudWarning: true,
}
