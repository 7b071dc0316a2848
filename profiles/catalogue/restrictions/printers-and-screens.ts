import { boolean, type Keys } from '../notation.ts'

export const printersAndScreens: Keys = {
  allowAirPrint: boolean(
    ['AirPrint', 'AirPrint'],
    ['Av: utskrift med AirPrint stängs av.', 'Off: printing with AirPrint is switched off.'],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAirPrintCredentialsStorage: boolean(
    ['Spara inloggning till skrivare', 'Keep printer sign-ins'],
    [
      'Av: användarnamn och lösenord till skrivare sparas inte i nyckelringen.',
      'Off: user names and passwords for printers are not kept in the keychain.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowAirPrintiBeaconDiscovery: boolean(
    ['Hitta skrivare med iBeacon', 'Find printers by iBeacon'],
    [
      'Av: skrivare hittas inte via iBeacon, så att falska fyrar inte kan lura till sig utskrifter.',
      'Off: printers are not found by iBeacon, so that a false beacon cannot attract print jobs.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceAirPlayOutgoingRequestsPairingPassword: boolean(
    ['AirPlay kräver kod', 'AirPlay needs a code'],
    [
      'På: första gången iPaden visar på en skärm krävs parningskod.',
      'On: a pairing code is needed the first time the iPad shows on a screen.',
    ],
    { default: false, since: '7.1' },
  ),
  forceAirPrintTrustedTLSRequirement: boolean(
    ['Bara betrodda skrivare', 'Trusted printers only'],
    [
      'På: utskrift kräver skrivare med betrott certifikat.',
      'On: printing needs a printer with a trusted certificate.',
    ],
    { default: false, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
}
