import { boolean, type Keys } from '../notation.ts'

export const connections: Keys = {
  allowFilesNetworkDriveAccess: boolean(
    ['Nätverksenheter i Filer', 'Network drives in Files'],
    [
      'Av: appen Filer kan inte ansluta till nätverksenheter.',
      'Off: Files cannot connect to network drives.',
    ],
    { default: true, since: '13.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowFilesUSBDriveAccess: boolean(
    ['USB-minnen i Filer', 'USB drives in Files'],
    ['Av: appen Filer kan inte använda anslutna USB-minnen.', 'Off: Files cannot use connected USB drives.'],
    { default: true, since: '13.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowHostPairing: boolean(
    ['Para med datorer', 'Pair with computers'],
    [
      'Av: iPaden parar sig bara med den dator som övervakar den.',
      'Off: the iPad pairs only with the computer that supervises it.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowProximitySetupToNewDevice: boolean(
    ['Ställa in enheter i närheten', 'Set up devices nearby'],
    [
      'Av: iPaden erbjuder sig inte att ställa in nya enheter bredvid.',
      'Off: the iPad does not offer to set up a new device beside it.',
    ],
    { default: true, since: '11.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowUnpairedExternalBootToRecovery: boolean(
    ['Återställningsläge från oparad dator', 'Recovery from an unpaired computer'],
    [
      'På: en dator som inte är parad kan starta iPaden i återställningsläge.',
      'On: a computer that is not paired can start the iPad into recovery.',
    ],
    { default: false, since: '14.5', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowUSBRestrictedMode: boolean(
    ['USB-begränsat läge', 'USB restricted mode'],
    [
      'Av: USB-tillbehör ansluter även när iPaden är låst. Bör vara på.',
      'Off: USB accessories connect even while the iPad is locked. Should stay on.',
    ],
    { default: true, since: '11.4.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceEncryptedBackup: boolean(
    ['Kryptera säkerhetskopior', 'Encrypt backups'],
    ['På: alla säkerhetskopior till dator krypteras.', 'On: all backups to a computer are encrypted.'],
    { default: false },
  ),
}
