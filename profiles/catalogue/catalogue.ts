import { type PlistDictionary } from '../plist/plist-value.ts'
import { calendars, subscribedCalendar } from './calendars.ts'
import { certificateRevocation, certificateTransparency } from './certificate-checks.ts'
import { certificate, identity, pemCertificate, rootCertificate } from './certificates.ts'
import { classroom } from './classroom.ts'
import { contacts, directory, macosServer } from './contacts.ts'
import { dnsProxy, dnsSettings } from './dns.ts'
import { exchange } from './exchange.ts'
import { googleAccount } from './google-account.ts'
import { font, homeScreen, webClip } from './home-screen.ts'
import { acme, scep } from './issued-certificates.ts'
import { lockScreenMessage } from './lock-screen.ts'
import { mail } from './mail.ts'
import { declarations, management, removalPassword, setupAssistant } from './management.ts'
import { accessPoint, mobileNetwork, networkUsage } from './mobile-network.ts'
import { type CataloguePayload } from './notation.ts'
import { notifications } from './notifications.ts'
import { passcode } from './passcode.ts'
import { perAppVpn } from './per-app-vpn.ts'
import { privateMobileNetwork } from './private-mobile-network.ts'
import { restrictions } from './restrictions/restrictions.ts'
import { airplay, airprint, tvRemote } from './screens-and-printers.ts'
import { kerberosSignOn, oldKerberos, singleSignOn } from './sign-in.ts'
import { singleApp } from './single-app.ts'
import { vpn } from './vpn/vpn.ts'
import { webFilter } from './web-filter.ts'
import { domains, globalProxy, relays } from './web-traffic.ts'
import { ethernet, wifi } from './wifi.ts'

/** Every payload that an iPad knows, the ones most used first in each family. */
export const catalogue: readonly CataloguePayload[] = [
  wifi,
  ethernet,
  vpn,
  perAppVpn,
  webFilter,
  domains,
  globalProxy,
  dnsSettings,
  dnsProxy,
  relays,
  mobileNetwork,
  networkUsage,
  privateMobileNetwork,
  accessPoint,
  airprint,
  airplay,
  tvRemote,
  exchange,
  mail,
  googleAccount,
  calendars,
  subscribedCalendar,
  contacts,
  directory,
  macosServer,
  passcode,
  restrictions,
  rootCertificate,
  certificate,
  pemCertificate,
  identity,
  acme,
  scep,
  certificateTransparency,
  certificateRevocation,
  webClip,
  homeScreen,
  notifications,
  font,
  singleApp,
  lockScreenMessage,
  classroom,
  kerberosSignOn,
  singleSignOn,
  oldKerberos,
  setupAssistant,
  removalPassword,
  declarations,
  management,
]

/** Every payload type of the catalogue, once. */
export const payloadTypes: readonly string[] = [...new Set(catalogue.map(({ type }) => type))]

/** The entry for a payload of this type with this content; undefined when the catalogue does not know the type. */
export function entryFor(payload: PlistDictionary): CataloguePayload | undefined {
  const entries = catalogue.filter(({ type }) => type === payload['PayloadType'])
  return entries.find(({ variant }) => variant !== undefined && fits(payload, variant.when)) ?? entries.at(-1)
}

function fits(payload: PlistDictionary, when: Readonly<Record<string, string>>): boolean {
  return Object.entries(when).every(([key, value]) => payload[key] === value)
}
