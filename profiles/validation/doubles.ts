import { type Words } from '../catalogue/notation.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type FindingCode, type Severity } from './finding.ts'
import { type Findings } from './findings.ts'

/** What tells the parts of a type apart on the iPad, so that two with the same are one too many. */
interface Naming {
  readonly type: string
  readonly key: string
  readonly severity: Exclude<Severity, 'unavailable'>
  readonly code: FindingCode
  /** Written in any letters it is the same. */
  readonly anyCase?: boolean
  readonly words: (name: string) => Words
}

const namings: readonly Naming[] = [
  {
    type: 'com.apple.wifi.managed',
    key: 'SSID_STR',
    severity: 'warning',
    code: 'twice',
    words: name => [
      `Nätet ${name} finns redan i profilen. iPaden har ett nät bara en gång, och vilken av delarna som gäller är inte säkert.`,
      `The network ${name} is already in the profile. The iPad has a network only once, and which of the parts counts is not certain.`,
    ],
  },
  {
    // Apple, Home Screen Layout: with more than one web clip of an address, what happens is undefined.
    type: 'com.apple.webClip.managed',
    key: 'URL',
    severity: 'warning',
    code: 'twice',
    words: name => [
      `Ett webbklipp till ${name} finns redan i profilen. Med två kan iPaden lägga fel symbol på hemskärmen.`,
      `A web clip of ${name} is already in the profile. With two of them the iPad may put the wrong icon on the Home Screen.`,
    ],
  },
  {
    // Apple, App-Layer VPN: "a globally unique identifier".
    type: 'com.apple.vpn.managed.applayer',
    key: 'VPNUUID',
    severity: 'error',
    code: 'same-uuid',
    anyCase: true,
    words: () => [
      'Två VPN per app har samma UUID: appar och konton kan inte skilja dem åt.',
      'Two per-app VPNs have the same UUID: apps and accounts cannot tell them apart.',
    ],
  },
]

/** Says of parts that mean the same thing on the iPad as an earlier part of the profile. */
export function checkDoubles(payloads: readonly NumberedPayload[], findings: Findings): void {
  const seen = new Set<string>()
  for (const { index, payload } of payloads)
    for (const { type, key, severity, code, anyCase, words } of namings) {
      const value = payload[key]
      if (payload['PayloadType'] !== type || typeof value !== 'string' || value.trim() === '') continue
      const name = `${type} ${anyCase === true ? value.toUpperCase() : value}`
      if (seen.has(name)) findings[severity](code, { payload: index, path: [key] }, words(shown(value)))
      seen.add(name)
    }
}

/** As much of a name as a sentence can hold. */
export const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
