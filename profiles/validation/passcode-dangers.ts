import { type PlistDictionary } from '../plist/plist-value.ts'
import { type NumberedPayload } from './cross-rules.ts'
import { type Findings } from './findings.ts'

const policyType = 'com.apple.mobiledevice.passwordpolicy'

/** A demand on the passcode that the user is at the same time forbidden, or unable, to meet. */
export function checkPasscode(payloads: readonly NumberedPayload[], findings: Findings): void {
  const locked = payloads.find(({ payload }) => payload['allowPasscodeModification'] === false)
  for (const { index, payload } of payloads) {
    if (payload['PayloadType'] !== policyType) continue
    if (locked !== undefined) checkLoop(payload, index, findings)
    checkLength(payload, index, findings)
    checkErasing(payload, index, findings)
  }
}

/** Without a loop the demand would only wait; with it the iPad asks for ever for what Settings does not let through. */
function checkLoop(payload: PlistDictionary, index: number, findings: Findings): void {
  const key = demandingKey(payload)
  if (key === undefined) return
  findings.error('passcode-loop', { payload: index, path: [key] }, [
    'Lösenkoden måste ställas in eller bytas, men samma profil förbjuder att den ändras. iPaden skulle fråga om och om igen.',
    'The passcode must be set or changed, but the same profile forbids changing it. The iPad would ask over and over again.',
  ])
}

const demands = ['forcePIN', 'maxPINAgeInDays', 'changeAtNextAuth']

/** Of these whoever has a weaker code must change it within the hour; whoever has a stronger one never notices. */
const strengths = ['minLength', 'minComplexChars', 'requireAlphanumeric']

const firstOf = (payload: PlistDictionary, keys: readonly string[]): string | undefined =>
  keys.find(each => {
    const value = payload[each]
    return value === true || (typeof value === 'number' && value > 0)
  })

/** The key that makes the user set a passcode or another one, perhaps a stronger one. */
const demandingKey = (payload: PlistDictionary): string | undefined =>
  firstOf(payload, [...demands, ...strengths]) ??
  (payload['allowSimple'] === false ? 'allowSimple' : undefined)

/** Whether a payload makes every user set a passcode, or another one. */
export function demandsPasscode(payload: PlistDictionary): boolean {
  return payload['PayloadType'] === policyType && firstOf(payload, demands) !== undefined
}

function checkLength(payload: PlistDictionary, index: number, findings: Findings): void {
  const { minLength, minComplexChars } = payload
  if (typeof minComplexChars !== 'number' || minComplexChars === 0) return
  if (typeof minLength === 'number' && minComplexChars > minLength)
    findings.error('impossible-passcode', { payload: index, path: ['minComplexChars'] }, [
      'Det krävs fler specialtecken än koden måste ha tecken; ange en längd som räcker.',
      'More special characters are required than the passcode has to be long; set a length that is enough.',
    ])
  if (payload['allowSimple'] === true || payload['requireAlphanumeric'] !== false) return
  findings.warning('weak', { payload: index, path: ['requireAlphanumeric'] }, [
    'Specialtecken kräver ett tangentbord med bokstäver; kräv hellre bokstäver uttryckligen.',
    'Special characters need a keyboard with letters; it is better to require letters explicitly.',
  ])
}

function checkErasing(payload: PlistDictionary, index: number, findings: Findings): void {
  const attempts = payload['maxFailedAttempts']
  if (typeof attempts !== 'number' || attempts < 2 || attempts > 5) return
  findings.warning('may-strand', { payload: index, path: ['maxFailedAttempts'] }, [
    `Efter ${attempts} felaktiga koder raderas iPaden. Ett barn eller en väska räcker; 10 är vanligt.`,
    `After ${attempts} wrong codes the iPad is erased. A child or a bag is enough; 10 is usual.`,
  ])
}
