import { boolean, integer, string, type Keys } from '../notation.ts'

export const media: Keys = {
  allowAddingGameCenterFriends: boolean(
    ['Lägga till vänner i Game Center', 'Add Game Center friends'],
    ['Av: nya vänner kan inte läggas till i Game Center.', 'Off: no new friends in Game Center.'],
    { default: true, since: '4.2.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowBookstore: boolean(
    ['Bokhandeln i Böcker', 'Book Store'],
    ['Av: fliken för bokköp försvinner ur appen Böcker.', 'Off: the store disappears from the Books app.'],
    { default: true, since: '6.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowBookstoreErotica: boolean(
    ['Erotik i bokhandeln', 'Erotica in the Book Store'],
    [
      'Av: böcker som är märkta som erotik kan inte hämtas.',
      'Off: books marked as erotica cannot be downloaded.',
    ],
    { default: true, since: '6.0', userEnrolment: 'forbidden' },
  ),
  allowExplicitContent: boolean(
    ['Barnförbjudet innehåll', 'Explicit content'],
    [
      'Av: musik och film som märkts som barnförbjuden döljs.',
      'Off: music and films marked as explicit are hidden.',
    ],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  allowGameCenter: boolean(
    ['Game Center', 'Game Center'],
    ['Av: Game Center stängs av.', 'Off: Game Center is switched off.'],
    { default: true, since: '6.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowiTunes: boolean(
    ['iTunes Store', 'iTunes Store'],
    ['Av: musikbutiken försvinner.', 'Off: the music store disappears.'],
    { default: true, supervised: true, userEnrolment: 'forbidden' },
  ),
  allowMultiplayerGaming: boolean(
    ['Spel med flera', 'Multiplayer games'],
    [
      'Av: spel mot andra i Game Center stängs av.',
      'Off: playing against others in Game Center is switched off.',
    ],
    { default: true, since: '4.1', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowMusicService: boolean(
    ['Musiktjänsten', 'Music service'],
    ['Av: Apple Music stängs av.', 'Off: Apple Music is switched off.'],
    { default: true, since: '9.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowNews: boolean(['News', 'News'], ['Av: nyhetsappen stängs av.', 'Off: the News app is switched off.'], {
    default: true,
    since: '9.0',
    supervised: true,
    userEnrolment: 'forbidden',
  }),
  allowPodcasts: boolean(
    ['Podcaster', 'Podcasts'],
    ['Av: appen Podcaster stängs av.', 'Off: the Podcasts app is switched off.'],
    { default: true, since: '8.0', supervised: true, userEnrolment: 'forbidden' },
  ),
  allowRadioService: boolean(
    ['Apple Music Radio', 'Apple Music Radio'],
    ['Av: radion i Musik stängs av.', 'Off: the radio in Music is switched off.'],
    { default: true, since: '9.3', supervised: true, userEnrolment: 'forbidden' },
  ),
  forceITunesStorePasswordEntry: boolean(
    ['Lösenord vid varje köp', 'Password for each purchase'],
    [
      'På: lösenordet till Apple-kontot krävs vid varje köp.',
      'On: the password of the Apple Account is needed for each purchase.',
    ],
    { default: false, since: '6.0', deprecated: '17.0', userEnrolment: 'forbidden' },
  ),
  ratingApps: integer(
    ['Högsta åldersgräns för appar', 'Highest rating of apps'],
    [
      '1000 är alla, 600 är 17+, 300 är 12+, 200 är 9+, 100 är 4+ och 0 är inga. Apples egna appar påverkas inte.',
      "1000 is all, 600 is 17+, 300 is 12+, 200 is 9+, 100 is 4+ and 0 is none. Apple's own apps are not affected.",
    ],
    { min: 0, max: 1000, default: 1000, userEnrolment: 'forbidden' },
  ),
  ratingMovies: integer(
    ['Högsta åldersgräns för film', 'Highest rating of films'],
    [
      '1000 är alla och 0 är inga; däremellan beror det på land.',
      '1000 is all and 0 is none; what lies between depends on the country.',
    ],
    { min: 0, max: 1000, default: 1000, userEnrolment: 'forbidden' },
  ),
  ratingRegion: string(
    ['Land för åldersgränser', 'Country of ratings'],
    ['Vilket lands åldersgränser som visas.', "Which country's ratings are shown."],
    { allowed: ['us', 'au', 'ca', 'de', 'fr', 'ie', 'jp', 'nz', 'gb'] },
  ),
  ratingTVShows: integer(
    ['Högsta åldersgräns för tv', 'Highest rating of TV'],
    [
      '1000 är alla och 0 är inga; däremellan beror det på land.',
      '1000 is all and 0 is none; what lies between depends on the country.',
    ],
    { min: 0, max: 1000, default: 1000, userEnrolment: 'forbidden' },
  ),
}
