import { boolean, integer, item, list, payload, string } from './notation.ts'

export const classroom = payload('com.apple.education', {
  title: ['Klassrum', 'Classroom'],
  help: [
    'Klasser, lärare och elever för appen Klassrum och delade iPads.',
    'Classes, teachers and students for the Classroom app and Shared iPads.',
  ],
  family: 'shared',
  since: '9.3',
  several: false,
  sharedPlace: 'device',
  keys: {
    OrganizationUUID: string(
      ['Organisationens UUID', 'UUID of the organisation'],
      ['Samma för lärare och elever.', 'The same for teachers and students.'],
      { required: true },
    ),
    OrganizationName: string(
      ['Organisationens namn', 'Name of the organisation'],
      ['Visas vid inloggning.', 'Shown at sign-in.'],
      { required: true },
    ),
    PayloadCertificateUUID: string(
      ['Identitetscertifikat', 'Identity certificate'],
      [
        'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
        'The certificate with key in the same profile that proves who the iPad is.',
      ],
      { refersTo: 'identity' },
    ),
    LeaderPayloadCertificateAnchorUUID: list(
      ['Certifikat för lärare', 'Certificates of teachers'],
      ['Certifikat som lärarnas identiteter bygger på.', "Certificates behind the teachers' identities."],
      item('string', { refersTo: 'certificate' }),
    ),
    MemberPayloadCertificateAnchorUUID: list(
      ['Certifikat för elever', 'Certificates of students'],
      ['Certifikat som elevernas identiteter bygger på.', "Certificates behind the students' identities."],
      item('string', { refersTo: 'certificate' }),
    ),
    ResourcePayloadCertificateUUID: string(
      ['Certifikat för bilder', 'Certificate for pictures'],
      ['Identitet som används när bilder hämtas.', 'Identity used to fetch pictures.'],
      { refersTo: 'identity' },
    ),
    UserIdentifier: string(
      ['Användarens id', 'Id of the user'],
      [
        'Den person som iPaden tillhör. Lämnas tomt för delade iPads.',
        'The person whose iPad it is. Leave empty for Shared iPads.',
      ],
      { required: true },
    ),
    Departments: list(
      ['Avdelningar', 'Departments'],
      ['Visas vid inloggning på delade iPads.', 'Shown at sign-in on Shared iPads.'],
      item('dictionary', {
        keys: {
          Name: string(['Namn', 'Name'], ['Så som det visas.', 'As it is shown.'], { required: true }),
          GroupBeaconIDs: list(
            ['Gruppernas fyrar', 'Beacons of the groups'],
            ['Id för de grupper som hör till avdelningen.', 'Ids of the groups of this department.'],
            item('integer'),
            { required: true },
          ),
        },
      }),
    ),
    Groups: list(
      ['Grupper', 'Groups'],
      ['Klasser som kan väljas.', 'Classes to choose from.'],
      item('dictionary', {
        keys: {
          BeaconID: integer(
            ['Fyrens id', 'Id of the beacon'],
            [
              'Ett tal från 0 till 65535, unikt för gruppen.',
              'A number from 0 to 65535, unique to the group.',
            ],
            { required: true },
          ),
          Name: string(['Namn', 'Name'], ['Så som det visas.', 'As it is shown.'], { required: true }),
          Description: string(['Beskrivning', 'Description'], ['Beskriver gruppen.', 'Describes the group.']),
          ImageURL: string(
            ['Adress till bild', 'Address of a picture'],
            ['Bilden hämtas därifrån.', 'The picture is fetched from there.'],
            { deprecated: '9.3.1', form: 'url' },
          ),
          ConfigurationSource: string(
            ['Källa', 'Source'],
            ['Varifrån gruppen kommer, till exempel MDM.', 'Where the group comes from, for example MDM.'],
          ),
          LeaderIdentifiers: list(
            ['Lärare', 'Teachers'],
            ['Användare som leder gruppen.', 'Users who lead the group.'],
            item('string'),
          ),
          MemberIdentifiers: list(
            ['Elever', 'Students'],
            ['Användare som är med i gruppen.', 'Users who are in the group.'],
            item('string'),
            { required: true },
          ),
          DeviceGroupIdentifiers: list(
            ['Enhetsgrupper', 'Device groups'],
            ['Enhetsgrupper som läraren kan fördela.', 'Device groups that the teacher can assign.'],
            item('string'),
          ),
        },
      }),
      { required: true },
    ),
    Users: list(
      ['Användare', 'Users'],
      ['Personer i grupperna.', 'People in the groups.'],
      item('dictionary', {
        keys: {
          Identifier: string(['Id', 'Id'], ['Unikt i organisationen.', 'Unique in the organisation.'], {
            required: true,
          }),
          Name: string(['Namn', 'Name'], ['Så som det visas.', 'As it is shown.'], { required: true }),
          GivenName: string(['Förnamn', 'Given name'], ['Personens förnamn.', "The person's given name."]),
          FamilyName: string(
            ['Efternamn', 'Family name'],
            ['Personens efternamn.', "The person's family name."],
          ),
          PhoneticGivenName: string(
            ['Förnamn, uttal', 'Given name, phonetic'],
            ['Används för sortering.', 'Used for sorting.'],
          ),
          PhoneticFamilyName: string(
            ['Efternamn, uttal', 'Family name, phonetic'],
            ['Används för sortering.', 'Used for sorting.'],
          ),
          ImageURL: string(
            ['Adress till bild', 'Address of a picture'],
            ['Bilden hämtas därifrån.', 'The picture is fetched from there.'],
            { form: 'url' },
          ),
          FullScreenImageURL: string(
            ['Adress till stor bild', 'Address of a large picture'],
            ['Används inte sedan iPadOS 9.3.1.', 'Not used since iPadOS 9.3.1.'],
            { deprecated: '9.3.1', form: 'url' },
          ),
          AppleID: string(
            ['Hanterat Apple-konto', 'Managed Apple Account'],
            ['Krävs på delade iPads.', 'Needed on Shared iPads.'],
          ),
          PasscodeType: string(
            ['Typ av lösenkod', 'Kind of passcode'],
            ['Fyra siffror, sex siffror eller komplext.', 'Four digits, six digits or complex.'],
            { allowed: ['complex', 'four', 'six'] },
          ),
        },
      }),
      { required: true },
    ),
    DeviceGroups: list(
      ['Enhetsgrupper', 'Device groups'],
      ['Grupper av iPads för läraren.', 'Groups of iPads for the teacher.'],
      item('dictionary', {
        keys: {
          Identifier: string(['Id', 'Id'], ['Unikt i organisationen.', 'Unique in the organisation.'], {
            required: true,
          }),
          Name: string(['Namn', 'Name'], ['Så som det visas.', 'As it is shown.'], { required: true }),
          SerialNumbers: list(
            ['Serienummer', 'Serial numbers'],
            ['Gruppens iPads.', 'The iPads of the group.'],
            item('string'),
            { required: true },
          ),
        },
      }),
    ),
    ScreenObservationPermissionModificationAllowed: boolean(
      ['Eleven ändrar skärmvisning', 'Student changes screen observation'],
      [
        'På: eleven kan ändra om läraren får se skärmen.',
        'On: the student can change whether the teacher may see the screen.',
      ],
      { default: false, since: '10.3' },
    ),
  },
})
