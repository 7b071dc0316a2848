import { type Language } from '../../server/organisations/organisation.ts'
import { type ShownSession } from '../../server/staff/sessions.ts'
import { dayThenTime } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'

const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const devices: readonly [RegExp, string][] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bWindows\b/, 'Windows'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser says of itself, in words that its owner knows it by; newer iPads call themselves a Mac. */
function deviceWords(agent: string, say: Say): string {
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1]
  const device = devices.find(([pattern]) => pattern.test(agent))?.[1]
  if (browser === undefined || device === undefined) return browser ?? device ?? say('sessions.unknown')
  return say('sessions.browser-on', { browser, device })
}

/** Sessions as a list shows them; `current` is the one that reads it. */
export function sessionRows(sessions: readonly ShownSession[], language: Language, current?: string) {
  const say = sayIn(language)
  return sessions.map(({ id, agent, address, createdAt, lastSeenAt }) => ({
    id,
    what: deviceWords(agent, say),
    address,
    since: dayThenTime(createdAt, language),
    seen: dayThenTime(lastSeenAt, language),
    isThis: id === current,
  }))
}
