import { boolean, dictionary, item, list, payload, string } from './notation.ts'

export const webFilter = payload('com.apple.webcontent-filter', {
  title: ['Webbfilter', 'Web filter'],
  help: ['Vilka webbplatser som går att besöka.', 'Which web sites can be visited.'],
  family: 'network',
  since: '7.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    FilterType: string(
      ['Typ av filter', 'Kind of filter'],
      ['BuiltIn är iPadens eget, Plugin är en apps.', "BuiltIn is the iPad's own, Plugin is an app's."],
      { allowed: ['BuiltIn', 'Plugin'], default: 'BuiltIn', since: '8.0' },
    ),
    AutoFilterEnabled: boolean(
      ['Stoppa vuxeninnehåll', 'Stop adult content'],
      ['På: iPaden avgör själv vad som stoppas.', 'On: the iPad itself judges what to stop.'],
      { default: false },
    ),
    PermittedURLs: list(
      ['Undantag som tillåts', 'Exceptions that are allowed'],
      ['Tillåts även om filtret säger nej.', 'Allowed even if the filter says no.'],
      item('string'),
    ),
    BlacklistedURLs: list(
      ['Förbjudna adresser (äldre namn)', 'Forbidden addresses (old name)'],
      ['Använd DenyListURLs i stället.', 'Use DenyListURLs instead.'],
      item('string'),
      { deprecated: '14.5' },
    ),
    DenyListURLs: list(
      ['Förbjudna adresser', 'Forbidden addresses'],
      ['Högst omkring 500.', 'About 500 at most.'],
      item('string'),
      { since: '14.5' },
    ),
    HideDenyListURLs: boolean(
      ['Dölj listan över förbjudna', 'Hide the forbidden list'],
      ['På: listan visas inte i Inställningar.', 'On: the list does not show in Settings.'],
      { default: false, since: '18.0' },
    ),
    WhitelistedBookmarks: list(
      ['Bara dessa webbplatser (äldre namn)', 'Only these sites (old name)'],
      ['Använd AllowListBookmarks i stället.', 'Use AllowListBookmarks instead.'],
      item('dictionary', {
        keys: {
          URL: string(['Adress', 'Address'], ['Webbplatsens adress.', 'The address of the site.'], {
            required: true,
            form: 'url',
          }),
          Title: string(['Namn', 'Name'], ['Bokmärkets namn.', 'The name of the bookmark.'], {
            required: true,
          }),
        },
      }),
      { deprecated: '14.5' },
    ),
    AllowListBookmarks: list(
      ['Bara dessa webbplatser', 'Only these sites'],
      [
        'Alla andra sidor stoppas, och dessa blir bokmärken.',
        'All other sites are stopped, and these become bookmarks.',
      ],
      item('dictionary', {
        keys: {
          URL: string(['Adress', 'Address'], ['Webbplatsens adress.', 'The address of the site.'], {
            required: true,
            form: 'url',
          }),
          Title: string(['Namn', 'Name'], ['Bokmärkets namn.', 'The name of the bookmark.'], {
            required: true,
          }),
        },
      }),
      { since: '14.5' },
    ),
    UserDefinedName: string(
      ['Filtrets namn', 'Name of the filter'],
      ['Visas i Inställningar. Krävs för Plugin.', 'Shown in Settings. Needed for Plugin.'],
    ),
    PluginBundleID: string(
      ['Filtrets paket-id', 'Bundle identifier of the filter'],
      ['Krävs för Plugin.', 'Needed for Plugin.'],
    ),
    ServerAddress: string(
      ['Filtrets server', 'Server of the filter'],
      ['Namn, adress eller URL.', 'Name, address or URL.'],
    ),
    UserName: string(['Användarnamn', 'User name'], ['För filtertjänsten.', 'For the filter service.']),
    Password: string(['Lösenord', 'Password'], ['För filtertjänsten.', 'For the filter service.'], {
      secret: true,
    }),
    PayloadCertificateUUID: string(
      ['Identitetscertifikat', 'Identity certificate'],
      [
        'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
        'The certificate with key in the same profile that proves who the iPad is.',
      ],
      { refersTo: 'identity' },
    ),
    Organization: string(['Organisation', 'Organisation'], ['Lämnas till filtret.', 'Handed to the filter.']),
    VendorConfig: dictionary(
      ['Leverantörens inställningar', 'Settings of the vendor'],
      ['Lämnas oförändrade till filtret.', 'Handed to the filter as they are.'],
      {},
      { others: item('any') },
    ),
    FilterBrowsers: boolean(
      ['Filtrera webbsidor', 'Filter web pages'],
      ['På: trafik i Safari och webbvyer filtreras.', 'On: traffic in Safari and web views is filtered.'],
      { default: false },
    ),
    FilterSockets: boolean(
      ['Filtrera övrig trafik', 'Filter other traffic'],
      ['På: även apparnas egna anslutningar filtreras.', 'On: connections of apps are filtered as well.'],
      { default: false },
    ),
    ContentFilterUUID: string(
      ['UUID för filtret', 'UUID of the filter'],
      ['Hanterade appar med samma UUID använder filtret.', 'Managed apps with the same UUID use the filter.'],
      { since: '16.0' },
    ),
  },
})
