import { boolean, type Keys } from '../notation.ts'

export const cloud: Keys = {
  allowActivityContinuation: boolean(
    ['Handoff', 'Handoff'],
    [
      'Av: det går inte att fortsätta ett arbete på en annan enhet.',
      'Off: work cannot be picked up on another device.',
    ],
    { default: true, since: '8.0', userEnrolment: 'forbidden' },
  ),
  allowCloudBackup: boolean(
    ['Säkerhetskopiera till iCloud', 'Back up to iCloud'],
    ['Av: iPaden säkerhetskopieras inte till iCloud.', 'Off: the iPad is not backed up to iCloud.'],
    { default: true, since: '5.0', userEnrolment: 'forbidden' },
  ),
  allowCloudDocumentSync: boolean(
    ['Dokument i iCloud', 'Documents in iCloud'],
    [
      'Av: dokument och appdata synkas inte med iCloud.',
      'Off: documents and app data are not synced with iCloud.',
    ],
    { default: true, since: '5.0', supervised: true, userEnrolment: 'forbidden', sharedIpad: 'forbidden' },
  ),
  allowCloudKeychainSync: boolean(
    ['Nyckelring i iCloud', 'iCloud Keychain'],
    ['Av: lösenord synkas inte med iCloud.', 'Off: passwords are not synced with iCloud.'],
    { default: true, since: '7.0', userEnrolment: 'forbidden' },
  ),
  allowCloudPhotoLibrary: boolean(
    ['iCloud Bilder', 'iCloud Photos'],
    [
      'Av: bilder synkas inte, och bilder som inte är helt hämtade tas bort från iPaden.',
      'Off: photos are not synced, and those not fully downloaded are removed from the iPad.',
    ],
    { default: true, since: '9.0', userEnrolment: 'forbidden' },
  ),
  allowCloudPrivateRelay: boolean(
    ['iCloud Privat reläservice', 'iCloud Private Relay'],
    [
      'Av: nättrafiken går inte genom Apples reläer.',
      "Off: network traffic does not pass through Apple's relays.",
    ],
    { default: true, since: '15.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowEnterpriseBookBackup: boolean(
    ['Säkerhetskopiera organisationens böcker', "Back up the organisation's books"],
    [
      'Av: böcker som organisationen delat ut säkerhetskopieras inte.',
      'Off: books handed out by the organisation are not backed up.',
    ],
    { default: true, since: '8.0' },
  ),
  allowEnterpriseBookMetadataSync: boolean(
    ['Synka anteckningar i organisationens böcker', "Sync notes in the organisation's books"],
    [
      'Av: anteckningar och markeringar i utdelade böcker synkas inte.',
      'Off: notes and highlights in books handed out are not synced.',
    ],
    { default: true, since: '8.0' },
  ),
  allowManagedAppsCloudSync: boolean(
    ['Hanterade appar i iCloud', 'Managed apps in iCloud'],
    [
      'Av: hanterade appar sparar inte sina data i iCloud.',
      'Off: managed apps do not keep their data in iCloud.',
    ],
    { default: true, since: '8.0' },
  ),
  allowPhotoStream: boolean(
    ['Min bildström', 'My Photo Stream'],
    ['Av: bildströmmen stängs av.', 'Off: Photo Stream is switched off.'],
    { default: true, since: '5.0', deprecated: '17.0', userEnrolment: 'forbidden' },
  ),
  allowSharedStream: boolean(
    ['Delade album', 'Shared albums'],
    ['Av: delade album i iCloud stängs av.', 'Off: shared albums in iCloud are switched off.'],
    { default: true, since: '6.0', userEnrolment: 'forbidden' },
  ),
}
