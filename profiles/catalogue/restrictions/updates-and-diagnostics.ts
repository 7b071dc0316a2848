import { boolean, integer, type Keys } from '../notation.ts'

export const updatesAndDiagnostics: Keys = {
  allowApplePersonalizedAdvertising: boolean(
    ['Anpassad reklam från Apple', 'Personalised advertising from Apple'],
    ['Av: Apple anpassar inte reklam efter användaren.', 'Off: Apple does not fit advertising to the user.'],
    { default: true, since: '14.0', userEnrolment: 'forbidden' },
  ),
  allowDiagnosticSubmission: boolean(
    ['Skicka diagnosdata till Apple', 'Send diagnostics to Apple'],
    ['Av: felrapporter skickas inte till Apple.', 'Off: reports of faults are not sent to Apple.'],
    { default: true, since: '6.0' },
  ),
  allowDiagnosticSubmissionModification: boolean(
    ['Ändra diagnosdata', 'Change diagnostics'],
    [
      'Av: användaren kan inte ändra om diagnosdata skickas.',
      'Off: the user cannot change whether diagnostics are sent.',
    ],
    { default: true, since: '9.3.2', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowRapidSecurityResponseInstallation: boolean(
    ['Installera snabba säkerhetsåtgärder', 'Install Rapid Security Responses'],
    [
      'Av: snabba säkerhetsåtgärder installeras inte. Bör vara på.',
      'Off: rapid security responses are not installed. Should stay on.',
    ],
    { default: true, since: '16.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowRapidSecurityResponseRemoval: boolean(
    ['Ta bort snabba säkerhetsåtgärder', 'Remove Rapid Security Responses'],
    [
      'Av: användaren kan inte ta bort en installerad säkerhetsåtgärd.',
      'Off: the user cannot remove an installed security response.',
    ],
    { default: true, since: '16.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  enforcedSoftwareUpdateDelay: integer(
    ['Fördröjning av uppdateringar, dagar', 'Delay of updates, days'],
    [
      'Så många dagar efter att den släppts visas en uppdatering. Kräver att fördröjning är påslagen.',
      'An update shows this many days after its release. Needs the delay to be switched on.',
    ],
    { min: 1, max: 90, default: 30, since: '11.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceDelayedSoftwareUpdates: boolean(
    ['Fördröj uppdateringar', 'Delay updates'],
    [
      'På: användaren ser nya versioner först efter fördröjningen.',
      'On: the user sees new versions only after the delay.',
    ],
    { default: false, since: '11.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceLimitAdTracking: boolean(
    ['Begränsa reklamspårning', 'Limit ad tracking'],
    ['På: appar kan inte be om att få spåra användaren.', 'On: apps cannot ask to track the user.'],
    { default: false, since: '7.0', userEnrolment: 'forbidden' },
  ),
}
