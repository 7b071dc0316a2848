import { boolean, data, date, dictionary, integer, item, list, payload, real, string } from './notation.ts'

export const topLevel = payload('TopLevel', {
  title: ['Profilen', 'The profile'],
  help: ['Uppgifter om profilen som helhet.', 'Facts about the profile as a whole.'],
  family: 'management',
  since: '4.0',
  several: false,
  sharedPlace: 'both',
  keys: {
    PayloadIdentifier: string(
      ['Identifierare', 'Identifier'],
      [
        'Avgör om profilen ersätter en som redan finns på iPaden. Ändra den aldrig för en profil i drift.',
        'Decides whether the profile replaces one on the iPad. Never change it for a profile in use.',
      ],
      { required: true },
    ),
    PayloadUUID: string(['UUID', 'UUID'], ['Ny för varje version.', 'New for each version.'], {
      required: true,
    }),
    PayloadType: string(['Typ', 'Type'], ['Alltid Configuration.', 'Always Configuration.'], {
      required: true,
      allowed: ['Configuration'],
    }),
    PayloadVersion: integer(['Formatets version', 'Version of the format'], ['Alltid 1.', 'Always 1.'], {
      required: true,
      allowed: [1],
    }),
    IsEncrypted: boolean(
      ['Krypterad', 'Encrypted'],
      ['På: innehållet är krypterat för en viss iPad.', 'On: the content is encrypted for one iPad.'],
      { default: false },
    ),
    PayloadContent: list(
      ['Delar', 'Parts'],
      [
        'Profilens delar, var och en med sina inställningar.',
        'The parts of the profile, each with its settings.',
      ],
      item('dictionary', { others: item('any') }),
      { required: true },
    ),
    EncryptedPayloadContent: data(
      ['Krypterat innehåll', 'Encrypted content'],
      [
        'Delarna som CMS, krypterade för iPadens certifikat.',
        'The parts as CMS, encrypted for the certificate of the iPad.',
      ],
    ),
    PayloadDescription: string(
      ['Beskrivning', 'Description'],
      ['Visas för användaren.', 'Shown to the user.'],
    ),
    PayloadDisplayName: string(['Namn', 'Name'], ['Visas för användaren.', 'Shown to the user.']),
    HasRemovalPasscode: boolean(
      ['Har lösenord för borttagning', 'Has a removal password'],
      [
        'På: profilen kan bara tas bort med lösenord.',
        'On: the profile can only be removed with a password.',
      ],
      { default: false },
    ),
    PayloadOrganization: string(
      ['Organisation', 'Organisation'],
      ['Visas för användaren.', 'Shown to the user.'],
    ),
    PayloadRemovalDisallowed: boolean(
      ['Kan inte tas bort', 'Cannot be removed'],
      ['På: användaren kan inte ta bort profilen.', 'On: the user cannot remove the profile.'],
      { default: false, supervised: true, userEnrolment: 'forbidden' },
    ),
    PayloadScope: string(
      ['Räckvidd', 'Scope'],
      ['Hela enheten eller en användare.', 'The whole device or one user.'],
      { allowed: ['System', 'User'] },
    ),
    RemovalDate: date(
      ['Tas bort den', 'Removed on'],
      [
        'Vid den tidpunkten tar iPaden själv bort profilen.',
        'At that time the iPad removes the profile automatically.',
      ],
    ),
    DurationUntilRemoval: real(
      ['Tas bort efter, sekunder', 'Removed after, seconds'],
      [
        'Så länge ligger profilen kvar efter installationen.',
        'How long the profile stays after installation.',
      ],
    ),
    PayloadExpirationDate: date(
      ['Går ut den', 'Expires on'],
      [
        'Därefter uppmanas användaren att uppdatera profilen.',
        'After that the user is asked to update the profile.',
      ],
    ),
    TargetDeviceType: integer(
      ['För enhetstyp', 'For the kind of device'],
      ['0 alla, 1 iPhone och iPad.', '0 any, 1 iPhone and iPad.'],
      { allowed: [0, 1, 2, 3, 4, 5, 6], default: 0, since: '12.2' },
    ),
    ConsentText: dictionary(
      ['Villkor att godkänna', 'Terms to accept'],
      ['Visas före installationen, en text per språk.', 'Shown before installation, one text per language.'],
      {},
      { others: item('string') },
    ),
  },
})

export const everyPayload = payload('CommonPayloadKeys', {
  title: ['Delens uppgifter', 'Facts of the part'],
  help: ['Uppgifter som varje del av en profil har.', 'Facts that every part of a profile has.'],
  family: 'management',
  since: '4.0',
  several: false,
  sharedPlace: 'both',
  keys: {
    PayloadIdentifier: string(
      ['Identifierare', 'Identifier'],
      [
        'Profilens identifierare med ett eget tillägg; olika för varje del.',
        'The identifier of the profile with an addition; different for each part.',
      ],
      { required: true },
    ),
    PayloadUUID: string(
      ['UUID', 'UUID'],
      [
        'Unik för delen. Andra delar pekar hit med den.',
        'Unique to the part. Other parts point here with it.',
      ],
      { required: true },
    ),
    PayloadType: string(['Typ', 'Type'], ['Vad delen ställer in.', 'What the part sets.'], {
      required: true,
    }),
    PayloadVersion: integer(['Formatets version', 'Version of the format'], ['Alltid 1.', 'Always 1.'], {
      required: true,
      allowed: [1],
    }),
    PayloadDescription: string(
      ['Beskrivning', 'Description'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadDisplayName: string(
      ['Namn', 'Name'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadOrganization: string(
      ['Organisation', 'Organisation'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
  },
})
