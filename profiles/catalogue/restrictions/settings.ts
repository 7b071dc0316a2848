import { boolean, type Keys } from '../notation.ts'

export const settings: Keys = {
  allowAccountModification: boolean(
    ['Ändra konton', 'Change accounts'],
    [
      'Av: Apple-konto och konton för e-post, kontakter och kalender kan inte läggas till, ändras eller tas bort.',
      'Off: the Apple Account and accounts for mail, contacts and calendars cannot be added, changed or removed.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAutoDim: boolean(
    ['Automatisk nedtoning', 'Auto dim'],
    ['Av: OLED-skärmar tonas inte ned automatiskt.', 'Off: OLED screens do not dim automatically.'],
    { default: true, since: '17.4', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowDeviceNameModification: boolean(
    ['Byta namn på iPaden', 'Rename the iPad'],
    ['Av: användaren kan inte ändra iPadens namn.', 'Off: the user cannot change the name of the iPad.'],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowEnablingRestrictions: boolean(
    ['Skärmtid', 'Screen Time'],
    [
      'Av: användaren kan inte slå på egna begränsningar i Skärmtid.',
      'Off: the user cannot set restrictions of their own in Screen Time.',
    ],
    { default: true, since: '8.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowEraseContentAndSettings: boolean(
    ['Radera allt innehåll', 'Erase all content'],
    [
      'Av: användaren kan inte radera iPaden i Inställningar.',
      'Off: the user cannot erase the iPad in Settings.',
    ],
    { default: true, since: '8.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowFindMyDevice: boolean(
    ['Hitta min enhet', 'Find My Device'],
    [
      'Av: iPaden kan inte sökas i appen Hitta. Förlorat läge påverkas inte.',
      'Off: the iPad cannot be found in the Find My app. Lost Mode is not affected.',
    ],
    { default: true, since: '13.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowFindMyFriends: boolean(
    ['Hitta vänner', 'Find My Friends'],
    ['Av: vänner visas inte i appen Hitta.', 'Off: friends are not shown in the Find My app.'],
    { default: true, since: '13.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowFindMyFriendsModification: boolean(
    ['Ändra Hitta vänner', 'Change Find My Friends'],
    [
      'Av: inställningarna för Hitta vänner kan inte ändras.',
      'Off: settings of Find My Friends cannot be changed.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowNotificationsModification: boolean(
    ['Ändra notiser', 'Change notifications'],
    [
      'Av: användaren kan inte ändra inställningar för notiser.',
      'Off: the user cannot change notification settings.',
    ],
    { default: true, since: '9.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowSharedDeviceTemporarySession: boolean(
    ['Tillfälliga sessioner', 'Temporary sessions'],
    ['Av: en delad iPad kan inte användas som gäst.', 'Off: a Shared iPad cannot be used as a guest.'],
    { default: true, since: '13.4', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowUIConfigurationProfileInstallation: boolean(
    ['Installera profiler för hand', 'Install profiles by hand'],
    [
      'Av: användaren kan inte själv installera profiler och certifikat.',
      'Off: the user cannot install profiles and certificates.',
    ],
    { default: true, since: '6.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowWallpaperModification: boolean(
    ['Byta bakgrundsbild', 'Change the wallpaper'],
    ['Av: bakgrundsbilden kan inte ändras.', 'Off: the wallpaper cannot be changed.'],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceAutomaticDateAndTime: boolean(
    ['Automatiskt datum och tid', 'Automatic date and time'],
    [
      'På: klockan ställs alltid av nätet, och användaren kan inte ändra det.',
      'On: the network always sets the clock, and the user cannot change that.',
    ],
    { default: false, since: '12.0', supervised: true, userEnrolment: 'forbidden' },
  ),
}
