import { boolean, type Keys } from '../notation.ts'

export const lockAndPasswords: Keys = {
  allowAutoUnlock: boolean(
    ['Automatisk upplåsning', 'Auto unlock'],
    [
      'Av: en annan Apple-enhet i närheten kan inte låsa upp.',
      'Off: another Apple device nearby cannot unlock.',
    ],
    { default: true, since: '14.5', userEnrolment: 'forbidden' },
  ),
  allowFingerprintForUnlock: boolean(
    ['Lås upp med Touch ID eller Face ID', 'Unlock with Touch ID or Face ID'],
    ['Av: bara lösenkoden låser upp.', 'Off: only the passcode unlocks.'],
    { default: true, since: '7.0', userEnrolment: 'forbidden' },
  ),
  allowFingerprintModification: boolean(
    ['Ändra Touch ID eller Face ID', 'Change Touch ID or Face ID'],
    [
      'Av: fingrar och ansikten kan inte läggas till eller tas bort.',
      'Off: fingers and faces can be neither added nor removed.',
    ],
    { default: true, since: '8.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowLockScreenControlCenter: boolean(
    ['Kontrollcenter på låst skärm', 'Control Centre on the lock screen'],
    [
      'Av: kontrollcenter kan inte öppnas när iPaden är låst. En tjuv kan då inte slå på flygplansläge.',
      'Off: Control Centre cannot be opened while locked. A thief then cannot switch on aeroplane mode.',
    ],
    { default: true, since: '7.0' },
  ),
  allowLockScreenNotificationsView: boolean(
    ['Notiser på låst skärm', 'Notifications on the lock screen'],
    [
      'Av: tidigare notiser kan inte läsas på låst skärm. Nya visas ändå.',
      'Off: earlier notifications cannot be read on the lock screen. New ones still show.',
    ],
    { default: true, since: '7.0' },
  ),
  allowLockScreenTodayView: boolean(
    ['Idag-vyn på låst skärm', 'Today view on the lock screen'],
    ['Av: Idag-vyn visas inte på låst skärm.', 'Off: the Today view is not shown on the lock screen.'],
    { default: true, since: '7.0' },
  ),
  allowPassbookWhileLocked: boolean(
    ['Plånbok på låst skärm', 'Wallet on the lock screen'],
    ['Av: notiser från Plånbok visas inte på låst skärm.', 'Off: Wallet shows nothing on the lock screen.'],
    { default: true, since: '6.0', userEnrolment: 'forbidden' },
  ),
  allowPasscodeModification: boolean(
    ['Ändra lösenkod', 'Change the passcode'],
    [
      'Av: lösenkoden kan inte läggas till, ändras eller tas bort. Krockar med ett krav på att sätta eller byta kod.',
      'Off: the passcode cannot be added, changed or removed. Clashes with a demand to set or change one.',
    ],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowPasswordAutoFill: boolean(
    ['Fyll i lösenord automatiskt', 'AutoFill passwords'],
    [
      'Av: sparade lösenord föreslås inte, varken i Safari eller i appar.',
      'Off: saved passwords are not offered, neither in Safari nor in apps.',
    ],
    { default: true, since: '12.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowPasswordProximityRequests: boolean(
    ['Be om lösenord i närheten', 'Ask for passwords nearby'],
    [
      'Av: lösenord kan inte efterfrågas från enheter i närheten.',
      'Off: passwords cannot be requested from devices nearby.',
    ],
    { default: true, since: '12.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowPasswordSharing: boolean(
    ['Dela lösenord', 'Share passwords'],
    ['Av: lösenord kan inte delas med AirDrop.', 'Off: passwords cannot be shared with AirDrop.'],
    { default: true, since: '12.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowVoiceDialing: boolean(
    ['Röstuppringning när iPaden är låst', 'Voice dialling while locked'],
    ['Av: det går inte att ringa med rösten på låst skärm.', 'Off: no calls by voice on a locked screen.'],
    { default: true, deprecated: '17.0', userEnrolment: 'forbidden' },
  ),
  forceAuthenticationBeforeAutoFill: boolean(
    ['Legitimera före ifyllnad', 'Authenticate before AutoFill'],
    [
      'På: Face ID, Touch ID eller lösenkod krävs innan lösenord och kort fylls i.',
      'On: Face ID, Touch ID or the passcode is needed before passwords and cards are filled in.',
    ],
    { default: false, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
}
