import { boolean, item, list, type Keys } from '../notation.ts'

export const apps: Keys = {
  allowAppClips: boolean(
    ['Appklipp', 'App Clips'],
    [
      'Av: appklipp kan inte läggas till, och de som finns tas bort.',
      'Off: no App Clips can be added, and those present are removed.',
    ],
    { default: true, since: '14.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAppInstallation: boolean(
    ['Installera appar', 'Install apps'],
    [
      'Av: App Store försvinner, och inga appar kan installeras eller uppdateras av användaren.',
      'Off: the App Store disappears and the user can neither install nor update apps.',
    ],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAppRemoval: boolean(
    ['Ta bort appar', 'Remove apps'],
    ['Av: användaren kan inte ta bort några appar.', 'Off: the user cannot remove any apps.'],
    { default: true, since: '4.2.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAppsToBeHidden: boolean(
    ['Dölja appar', 'Hide apps'],
    [
      'Av: användaren kan inte gömma appar bakom Face ID eller Touch ID.',
      'Off: the user cannot hide apps behind Face ID or Touch ID.',
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAppsToBeLocked: boolean(
    ['Låsa appar', 'Lock apps'],
    [
      'Av: användaren kan inte låsa enskilda appar, och därmed inte heller dölja dem.',
      'Off: the user cannot lock single apps, and so cannot hide them either.',
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAutomaticAppDownloads: boolean(
    ['Hämta appar automatiskt', 'Download apps automatically'],
    [
      'Av: appar som köpts på en annan enhet hämtas inte hit. Uppdateringar påverkas inte.',
      'Off: apps bought on another device are not fetched here. Updates are not affected.',
    ],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowEnterpriseAppTrust: boolean(
    ['Lita på företagsappar', 'Trust enterprise apps'],
    [
      'Av: användaren kan inte själv godkänna appar från andra utvecklare än App Store.',
      'Off: the user cannot trust apps from developers outside the App Store.',
    ],
    { default: true, since: '9.0', userEnrolment: 'forbidden' },
  ),
  allowInAppPurchases: boolean(
    ['Köp i appar', 'Purchases in apps'],
    ['Av: ingenting kan köpas inne i appar.', 'Off: nothing can be bought inside apps.'],
    { default: true, userEnrolment: 'forbidden' },
  ),
  allowListedAppBundleIDs: list(
    ['Bara dessa appar', 'Only these apps'],
    [
      'Enbart appar i listan visas och startar. Glöm inte com.apple.webapp om webbklipp ska synas.',
      'Only apps in the list are shown and start. Do not forget com.apple.webapp if web clips shall be seen.',
    ],
    item('string'),
    { since: '15.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowMarketplaceAppInstallation: boolean(
    ['Andra appbutiker', 'Other app marketplaces'],
    [
      'Av: appar kan inte installeras från andra butiker än App Store.',
      'Off: no apps from marketplaces other than the App Store.',
    ],
    { default: true, since: '17.4', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowSystemAppRemoval: boolean(
    ['Ta bort Apples appar', "Remove Apple's apps"],
    [
      'Av: de appar som följer med iPaden kan inte tas bort.',
      'Off: the apps that come with the iPad cannot be removed.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowUIAppInstallation: boolean(
    ['App Store', 'App Store'],
    [
      'Av: App Store försvinner, men MDM och datorer kan fortfarande installera appar.',
      'Off: the App Store disappears, but MDM and computers can still install apps.',
    ],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowWebDistributionAppInstallation: boolean(
    ['Appar direkt från webben', 'Apps straight from the web'],
    [
      'Av: appar kan inte installeras från utvecklares webbplatser.',
      "Off: apps cannot be installed from developers' web sites.",
    ],
    { default: true, since: '17.5', supervised: true, userEnrolment: 'forbidden' },
  ),
  autonomousSingleAppModePermittedAppIDs: list(
    ['Appar som får låsa sig själva', 'Apps that may lock themselves'],
    ['Dessa appar får själva gå in i enappsläge.', 'These apps may enter single-app mode by themselves.'],
    item('string'),
    { since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  blacklistedAppBundleIDs: list(
    ['Förbjudna appar (äldre namn)', 'Forbidden apps (old name)'],
    ['Använd blockedAppBundleIDs i stället.', 'Use blockedAppBundleIDs instead.'],
    item('string'),
    { since: '9.3', deprecated: '15.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  blockedAppBundleIDs: list(
    ['Förbjudna appar', 'Forbidden apps'],
    ['Dessa appar döljs och går inte att starta.', 'These apps are hidden and do not start.'],
    item('string'),
    { since: '15.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  whitelistedAppBundleIDs: list(
    ['Bara dessa appar (äldre namn)', 'Only these apps (old name)'],
    ['Använd allowListedAppBundleIDs i stället.', 'Use allowListedAppBundleIDs instead.'],
    item('string'),
    { since: '9.3', deprecated: '15.0', supervised: true, userEnrolment: 'forbidden' },
  ),
}
