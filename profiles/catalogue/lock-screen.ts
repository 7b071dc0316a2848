import { payload, string } from './notation.ts'

export const lockScreenMessage = payload('com.apple.shareddeviceconfiguration', {
  title: ['Meddelande på låst skärm', 'Lock-screen message'],
  help: [
    'Text på låst skärm och vid inloggning, så att en upphittad iPad kan lämnas tillbaka.',
    'Text on the lock screen and at sign-in, so that a found iPad can be given back.',
  ],
  family: 'shared',
  since: '9.3',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    AssetTagInformation: string(
      ['Inventarienummer', 'Asset tag'],
      ['Använd {{device.tag}}.', 'Use {{device.tag}}.'],
    ),
    IfLostReturnToMessage: string(
      ['Meddelande vid förlust (äldre)', 'Message if lost (old)'],
      ['Använd LockScreenFootnote i stället.', 'Use LockScreenFootnote instead.'],
      { deprecated: '9.3.1' },
    ),
    LockScreenFootnote: string(
      ['Text på låst skärm', 'Text on the lock screen'],
      ['Till exempel vart iPaden ska lämnas.', 'For example where to hand in the iPad.'],
      { since: '9.3.1' },
    ),
  },
})
