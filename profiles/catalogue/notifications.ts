import { boolean, integer, item, list, payload, string } from './notation.ts'

export const notifications = payload('com.apple.notificationsettings', {
  title: ['Notiser', 'Notifications'],
  help: [
    'Hur appar får göra sig påminda. Användaren kan inte ändra dem.',
    'How apps may draw attention. The user cannot change them.',
  ],
  family: 'appearance',
  since: '9.3',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'both',
  keys: {
    NotificationSettings: list(
      ['Appar', 'Apps'],
      ['En post per app.', 'One entry for each app.'],
      item('dictionary', {
        keys: {
          BundleIdentifier: string(
            ['Appens paket-id', 'Bundle identifier of the app'],
            ['Den app som inställningarna gäller.', 'The app that the settings are about.'],
            { required: true },
          ),
          NotificationsEnabled: boolean(
            ['Notiser', 'Notifications'],
            ['Av: appen visar inga notiser.', 'Off: the app shows no notifications.'],
            { default: true },
          ),
          ShowInNotificationCenter: boolean(
            ['I notiscenter', 'In Notification Centre'],
            ['På: visas i notiscenter.', 'On: shown in Notification Centre.'],
            { default: true },
          ),
          ShowInLockScreen: boolean(
            ['På låst skärm', 'On the lock screen'],
            ['På: visas på låst skärm.', 'On: shown on the lock screen.'],
            { default: true },
          ),
          AlertType: integer(
            ['Typ av notis', 'Kind of alert'],
            ['0 ingen, 1 tillfällig, 2 ligger kvar.', '0 none, 1 temporary, 2 stays.'],
            { allowed: [0, 1, 2], default: 1 },
          ),
          BadgesEnabled: boolean(
            ['Märken på symbolen', 'Badges on the icon'],
            ['På: antalet visas på appens symbol.', 'On: the number shows on the icon of the app.'],
            { default: true },
          ),
          SoundsEnabled: boolean(['Ljud', 'Sounds'], ['På: notiser låter.', 'On: notifications sound.'], {
            default: true,
          }),
          ShowInCarPlay: boolean(
            ['I CarPlay', 'In CarPlay'],
            ['På: visas i CarPlay.', 'On: shown in CarPlay.'],
            { default: true, since: '12.0' },
          ),
          CriticalAlertEnabled: boolean(
            ['Kritiska notiser', 'Critical alerts'],
            ['På: låter även när ljudet är av.', 'On: sounds even when sound is off.'],
            { default: false, since: '12.0' },
          ),
          GroupingType: integer(
            ['Gruppering', 'Grouping'],
            ['0 som appen vill, 1 per app, 2 ingen.', '0 as the app likes, 1 per app, 2 none.'],
            { allowed: [0, 1, 2], default: 0, since: '12.0' },
          ),
          PreviewType: integer(
            ['Förhandsvisning', 'Preview'],
            ['0 alltid, 1 när iPaden är upplåst, 2 aldrig.', '0 always, 1 when unlocked, 2 never.'],
            { allowed: [0, 1, 2], since: '14.0' },
          ),
        },
      }),
      { required: true },
    ),
  },
})
