import { boolean, real, type Keys } from '../notation.ts'

export const safari: Keys = {
  allowSafari: boolean(
    ['Safari', 'Safari'],
    ['Av: Safari försvinner och webbklipp öppnas inte.', 'Off: Safari disappears and web clips do not open.'],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  safariAcceptCookies: real(
    ['Kakor i Safari', 'Cookies in Safari'],
    [
      '0 inga, 1 bara den besökta sidan, 1,5 sidor man besökt, 2 alla.',
      '0 none, 1 only the current site, 1.5 sites visited, 2 all.',
    ],
    { allowed: [0, 1, 1.5, 2], default: 2, userEnrolment: 'forbidden' },
  ),
  safariAllowAutoFill: boolean(
    ['Autofyll i Safari', 'AutoFill in Safari'],
    [
      'Av: Safari fyller inte i lösenord, kontakter eller kort.',
      'Off: Safari fills in neither passwords nor contacts nor cards.',
    ],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  safariAllowJavaScript: boolean(
    ['JavaScript i Safari', 'JavaScript in Safari'],
    [
      'Av: JavaScript körs inte, vilket stör de flesta webbplatser.',
      'Off: JavaScript does not run, which breaks most web sites.',
    ],
    { default: true, userEnrolment: 'forbidden' },
  ),
  safariAllowPopups: boolean(
    ['Popupfönster i Safari', 'Pop-ups in Safari'],
    ['Av: popupfönster stoppas.', 'Off: pop-ups are stopped.'],
    { default: true, userEnrolment: 'forbidden' },
  ),
  safariForceFraudWarning: boolean(
    ['Varna för bluffsidor', 'Warn of fraudulent sites'],
    ['På: Safari varnar alltid för kända bluffsidor.', 'On: Safari always warns of known fraudulent sites.'],
    { default: false },
  ),
}
