import { communicationServiceRules } from './contact-calls.ts'
import { payload, string } from './notation.ts'

export const googleAccount = payload('com.apple.google-oauth', {
  title: ['Google-konto', 'Google account'],
  help: [
    'Ett Google-konto; användaren loggar in efteråt.',
    'A Google account; the user signs in afterwards.',
  ],
  family: 'accounts',
  since: '9.3',
  several: true,
  sharedPlace: 'user',
  keys: {
    AccountDescription: string(
      ['Kontots namn', 'Name of the account'],
      ['Visas i Mail och Inställningar.', 'Shown in Mail and Settings.'],
    ),
    AccountName: string(
      ['Personens namn', 'Name of the person'],
      ['Visas i skickade mejl.', 'Shown in messages sent.'],
    ),
    EmailAddress: string(['E-postadress', 'Mail address'], ['Hela adressen.', 'The whole address.'], {
      required: true,
      form: 'mail',
    }),
    CommunicationServiceRules: communicationServiceRules,
    VPNUUID: string(
      ['VPN för kontot', 'VPN of the account'],
      [
        'VPNUUID för den app-VPN som kontot ska använda.',
        'The VPNUUID of the per-app VPN that the account shall use.',
      ],
      { since: '14.0' },
    ),
  },
})
