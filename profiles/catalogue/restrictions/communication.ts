import { boolean, type Keys } from '../notation.ts'

export const communication: Keys = {
  allowAirDrop: boolean(
    ['AirDrop', 'AirDrop'],
    [
      'Av: filer kan inte skickas eller tas emot med AirDrop.',
      'Off: files can neither be sent nor received with AirDrop.',
    ],
    { default: true, since: '7.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowCallRecording: boolean(
    ['Spela in samtal', 'Record calls'],
    ['Av: samtal kan inte spelas in.', 'Off: calls cannot be recorded.'],
    { default: true, since: '18.1', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowCamera: boolean(
    ['Kamera', 'Camera'],
    [
      'Av: kameran försvinner, och varken foton, filmer eller FaceTime-video fungerar.',
      'Off: the camera disappears; no photos, films or FaceTime video.',
    ],
    { default: true, userEnrolment: 'forbidden' },
  ),
  allowChat: boolean(
    ['iMessage', 'iMessage'],
    ['Av: iMessage stängs av.', 'Off: iMessage is switched off.'],
    { default: true, since: '5.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowiPhoneMirroring: boolean(
    ['iPhone-dubblering', 'iPhone Mirroring'],
    [
      'Av: skärmen kan inte visas och styras från en Mac.',
      'Off: the screen cannot be shown and used from a Mac.',
    ],
    { default: true, since: '18.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowiPhoneWidgetsOnMac: boolean(
    ['iPhone-widgetar på Mac', 'iPhone widgets on a Mac'],
    ['Av: widgetar härifrån visas inte på en Mac.', 'Off: widgets from here are not shown on a Mac.'],
    { default: true, since: '17.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowLiveVoicemail: boolean(
    ['Direktsvarare', 'Live Voicemail'],
    [
      'Av: röstmeddelanden skrivs inte ut medan de talas in.',
      'Off: voice messages are not written out while they are spoken.',
    ],
    { default: true, since: '17.2', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowNFC: boolean(['NFC', 'NFC'], ['Av: NFC stängs av.', 'Off: NFC is switched off.'], {
    default: true,
    since: '14.2',
    supervised: true,
    userEnrolment: 'forbidden',
  }),
  allowPairedWatch: boolean(
    ['Para med Apple Watch', 'Pair an Apple Watch'],
    [
      'Av: ingen klocka kan paras, och en parad kopplas bort.',
      'Off: no watch can be paired, and a paired one is dropped.',
    ],
    { default: true, since: '9.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowRCSMessaging: boolean(
    ['RCS-meddelanden', 'RCS messages'],
    ['Av: RCS används inte för meddelanden.', 'Off: RCS is not used for messages.'],
    { default: true, since: '18.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowScreenShot: boolean(
    ['Skärmbilder', 'Screenshots'],
    [
      'Av: skärmbilder och skärminspelningar kan inte sparas.',
      'Off: neither screenshots nor screen recordings can be saved.',
    ],
    { default: true, since: '3.1' },
  ),
  allowVideoConferencing: boolean(
    ['FaceTime', 'FaceTime'],
    ['Av: FaceTime försvinner.', 'Off: FaceTime disappears.'],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  forceWatchWristDetection: boolean(
    ['Handledsavkänning', 'Wrist detection'],
    ['På: en parad klocka låses när den tas av.', 'On: a paired watch locks when it is taken off.'],
    { default: false, since: '8.2' },
  ),
}
