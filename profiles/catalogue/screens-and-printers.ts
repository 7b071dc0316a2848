import { macAddress } from './formats.ts'
import { boolean, integer, item, list, payload, string } from './notation.ts'

const deviceID = string(
  ['Skärmens adress', 'Address of the screen'],
  ['MAC-adress i formen xx:xx:xx:xx:xx:xx.', 'MAC address of the form xx:xx:xx:xx:xx:xx.'],
  { format: macAddress, deprecated: '18.0' },
)

const deviceName = string(
  ['Skärmens namn', 'Name of the screen'],
  ['Så som namnet visas i AirPlay-listan.', 'As the name shows in the AirPlay list.'],
  { since: '18.0' },
)

export const airplay = payload('com.apple.airplay', {
  title: ['AirPlay', 'AirPlay'],
  help: [
    'Vilka skärmar iPaden får visa på, och deras lösenord.',
    'Which screens the iPad may show on, and their passwords.',
  ],
  family: 'network',
  since: '7.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    AllowList: list(
      ['Tillåtna skärmar', 'Allowed screens'],
      ['Enbart dessa visas. Utan lista visas alla.', 'Only these are shown. Without a list all are.'],
      item('dictionary', { keys: { DeviceID: deviceID, DeviceName: deviceName }, since: '7.0' }),
      { since: '14.5', supervised: true, userEnrolment: 'forbidden' },
    ),
    Passwords: list(
      ['Lösenord till skärmar', 'Passwords of screens'],
      ['Skärmar som iPaden ansluter till utan att fråga.', 'Screens that the iPad joins without asking.'],
      item('dictionary', {
        keys: {
          DeviceName: string(
            ['Skärmens namn', 'Name of the screen'],
            ['Så som namnet visas i AirPlay-listan.', 'As the name shows in the AirPlay list.'],
            { required: true },
          ),
          Password: string(
            ['Lösenord', 'Password'],
            ['Lösenordet till skärmen.', 'The password of the screen.'],
            { required: true, secret: true },
          ),
        },
      }),
    ),
    Whitelist: list(
      ['Tillåtna skärmar (äldre namn)', 'Allowed screens (old name)'],
      ['Använd AllowList i stället.', 'Use AllowList instead.'],
      item('dictionary', { keys: { DeviceID: deviceID, DeviceName: deviceName } }),
      { deprecated: '14.5', supervised: true, userEnrolment: 'forbidden' },
    ),
  },
})

export const airprint = payload('com.apple.airprint', {
  title: ['Skrivare (AirPrint)', 'Printers (AirPrint)'],
  help: ['Skrivare som iPaden hittar utan att söka.', 'Printers that the iPad finds without searching.'],
  family: 'network',
  since: '7.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    AirPrint: list(
      ['Skrivare', 'Printers'],
      ['Listan över skrivare.', 'The list of printers.'],
      item('dictionary', {
        keys: {
          IPAddress: string(
            ['Skrivarens adress', 'Address of the printer'],
            ['IP-adress eller namn.', 'IP address or name.'],
            { required: true, form: 'host' },
          ),
          ResourcePath: string(
            ['Sökväg på skrivaren', 'Path on the printer'],
            ['Till exempel ipp/print.', 'For example ipp/print.'],
            { required: true },
          ),
          Port: integer(['Port', 'Port'], ['Tomt betyder 631.', 'Empty means 631.'], {
            min: 0,
            max: 65535,
            since: '11.0',
            form: 'port',
          }),
          ForceTLS: boolean(
            ['Kräv kryptering', 'Require encryption'],
            ['På: utskrifter skickas bara över TLS.', 'On: print jobs go over TLS only.'],
            { default: false, since: '11.0' },
          ),
        },
      }),
      { required: true },
    ),
  },
})

export const tvRemote = payload('com.apple.tvremote', {
  title: ['Fjärrkontroll för Apple TV', 'Apple TV remote'],
  help: ['Vilka Apple TV som iPaden får styra.', 'Which Apple TVs the iPad may control.'],
  family: 'network',
  since: '11.3',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'both',
  keys: {
    AllowedTVs: list(
      ['Tillåtna Apple TV', 'Allowed Apple TVs'],
      ['Enbart dessa. Utan lista alla.', 'Only these. Without a list all.'],
      item('dictionary', {
        keys: {
          TVDeviceID: string(
            ['Adress', 'Address'],
            ['MAC-adress i formen xx:xx:xx:xx:xx:xx.', 'MAC address of the form xx:xx:xx:xx:xx:xx.'],
            { required: true },
          ),
          TVDeviceName: string(['Namn', 'Name'], ['Namnet på Apple TV.', 'The name of the Apple TV.'], {
            since: '15.0',
          }),
        },
      }),
    ),
  },
})
