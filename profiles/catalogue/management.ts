import { httpsAddress } from './formats.ts'
import { boolean, integer, item, list, payload, string } from './notation.ts'

export const management = payload('com.apple.mdm', {
  title: ['Hantering (MDM)', 'Management (MDM)'],
  help: [
    'Kopplar iPaden till servern som hanterar den. Ändras bara genom att ansluta på nytt.',
    'Connects the iPad to the server that manages it. Changed only by enrolling again.',
  ],
  family: 'management',
  since: '4.0',
  several: false,
  sharedPlace: 'device',
  keys: {
    IdentityCertificateUUID: string(
      ['Identitetscertifikat', 'Identity certificate'],
      ['PayloadUUID för iPadens identitet.', 'PayloadUUID of the identity of the iPad.'],
      { required: true, refersTo: 'identity' },
    ),
    Topic: string(
      ['Ämne för push', 'Push topic'],
      [
        'Står i serverns pushcertifikat och kan aldrig ändras.',
        "Stands in the server's push certificate and can never change.",
      ],
      { required: true },
    ),
    ServerURL: string(
      ['Serverns adress', 'Address of the server'],
      ['Härifrån hämtas kommandon.', 'Commands are fetched from here.'],
      { required: true, format: httpsAddress },
    ),
    CheckInURL: string(
      ['Adress för incheckning', 'Address of check-in'],
      ['Används vid anslutning.', 'Used when enrolling.'],
      { format: httpsAddress },
    ),
    SignMessage: boolean(
      ['Signera meddelanden', 'Sign messages'],
      ['På: varje meddelande bär en signatur.', 'On: each message bears a signature.'],
      { default: false },
    ),
    AccessRights: integer(
      ['Rättigheter', 'Access rights'],
      ['Summan av de rättigheter servern får.', 'The sum of the rights that the server has.'],
      { userEnrolment: 'ignored' },
    ),
    UseDevelopmentAPNS: boolean(
      ['Push för utveckling', 'Push for development'],
      ['På: Apples testservrar används.', "On: Apple's test servers are used."],
      { default: false },
    ),
    ManagedAppleID: string(
      ['Hanterat Apple-konto (äldre)', 'Managed Apple Account (old)'],
      ['Används inte längre.', 'No longer used.'],
      { since: '13.1', deprecated: '17.0', removed: '18.0', userEnrolment: 'required' },
    ),
    AssignedManagedAppleID: string(
      ['Tilldelat Apple-konto', 'Assigned Apple Account'],
      ['Vid anslutning genom konto.', 'When enrolling by account.'],
      { since: '15.0' },
    ),
    EnrollmentMode: string(
      ['Registreringssätt', 'Way of enrolling'],
      ['Vid anslutning genom konto.', 'When enrolling by account.'],
      { allowed: ['BYOD', 'ADDE'], since: '15.0' },
    ),
    ServerURLPinningCertificateUUIDs: list(
      ['Certifikat för serverns adress', 'Certificates for the server address'],
      ['Anslutningen godtas bara med dessa.', 'The connection is accepted with these only.'],
      item('string', { refersTo: 'certificate' }),
      { since: '13.4' },
    ),
    CheckInURLPinningCertificateUUIDs: list(
      ['Certifikat för incheckning', 'Certificates for check-in'],
      ['Anslutningen godtas bara med dessa.', 'The connection is accepted with these only.'],
      item('string', { refersTo: 'certificate' }),
      { since: '13.4' },
    ),
    PinningRevocationCheckRequired: boolean(
      ['Kräv spärrkontroll', 'Require a revocation check'],
      [
        'På: anslutningen nekas om kontrollen inte lyckas.',
        'On: the connection is refused if the check does not succeed.',
      ],
      { default: false, since: '13.4' },
    ),
    ServerCapabilities: list(
      ['Vad servern kan', 'What the server can do'],
      ['Kan inte läggas till senare.', 'Cannot be added later.'],
      item('string', {
        allowed: [
          'com.apple.mdm.per-user-connections',
          'com.apple.mdm.bootstraptoken',
          'com.apple.mdm.token',
        ],
      }),
    ),
    CheckOutWhenRemoved: boolean(
      ['Säg till vid borttagning', 'Tell when removed'],
      [
        'På: iPaden meddelar servern när hanteringen tas bort.',
        'On: the iPad informs the server when management is removed.',
      ],
      { default: false },
    ),
    RequiredAppIDForMDM: integer(
      ['App som krävs', 'App needed'],
      [
        'App Store-id för en app som får installeras utan fråga.',
        'App Store id of an app that may be installed without asking.',
      ],
      { since: '15.1' },
    ),
  },
})

export const setupAssistant = payload('com.apple.SetupAssistant.managed', {
  title: ['Inställningsassistenten', 'Setup Assistant'],
  help: [
    'Vilka steg som hoppas över efter en uppdatering eller vid en ny användare.',
    'Which panes are skipped after an update or for a new user.',
  ],
  family: 'management',
  since: '14.0',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    SkipSetupItems: list(
      ['Steg att hoppa över', 'Panes to skip'],
      [
        'Apples namn på stegen, till exempel Siri och AppleID.',
        "Apple's names of the panes, for example Siri and AppleID.",
      ],
      item('string'),
    ),
  },
})

export const removalPassword = payload('com.apple.profileRemovalPassword', {
  title: ['Lösenord för borttagning', 'Removal password'],
  help: [
    'Profilen kan bara tas bort för hand med lösenordet.',
    'The profile can be removed by hand only with the password.',
  ],
  family: 'management',
  since: '4.0',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'none',
  keys: {
    RemovalPassword: string(
      ['Lösenord', 'Password'],
      ['Krävs för att ta bort profilen.', 'Needed to remove the profile.'],
      { secret: true },
    ),
  },
})

export const declarations = payload('com.apple.declarations', {
  title: ['Deklarationer', 'Declarations'],
  help: [
    'Deklarationer som ska gälla när profilen installeras.',
    'Declarations that apply when the profile is installed.',
  ],
  family: 'management',
  since: '17.0',
  several: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'none',
  keys: {
    Declarations: list(
      ['Deklarationer', 'Declarations'],
      ['Varje post är en deklaration i JSON.', 'Each entry is one declaration in JSON.'],
      item('data'),
      { required: true },
    ),
  },
})
