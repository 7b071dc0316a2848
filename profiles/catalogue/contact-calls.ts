import { dictionary, string } from './notation.ts'

/** What the accounts with contacts have in common. */
export const communicationServiceRules = dictionary(
  ['Samtal till kontakter', 'Calls to contacts'],
  ['Vilken app som ringer kontakterna i kontot.', 'Which app calls the contacts of this account.'],
  {
    DefaultServiceHandlers: dictionary(
      ['Förvalda appar', 'Default apps'],
      [
        'Appar som förväljs för kontots kontakter.',
        'Apps that are used by default for contacts of this account.',
      ],
      {
        AudioCall: string(
          ['App för samtal', 'App for calls'],
          ['Paket-id för den app som ringer.', 'Bundle identifier of the app that calls.'],
        ),
      },
    ),
  },
  { since: '10.0' },
)
