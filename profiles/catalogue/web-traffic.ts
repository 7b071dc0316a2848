import { boolean, dictionary, integer, item, list, payload, string } from './notation.ts'

export const domains = payload('com.apple.domains', {
  title: ['Domäner', 'Domains'],
  help: ['Vilka domäner som är organisationens egna.', "Which domains are the organisation's own."],
  family: 'network',
  since: '8.0',
  several: false,
  userEnrolment: 'forbidden',
  sharedPlace: 'both',
  keys: {
    EmailDomains: list(
      ['E-postdomäner', 'Mail domains'],
      ['Adresser utanför listan märks i Mail.', 'Addresses outside the list are marked in Mail.'],
      item('string'),
    ),
    WebDomains: list(
      ['Webbdomäner', 'Web domains'],
      ['Dokument därifrån räknas som arbetsdokument.', 'Documents from there count as work documents.'],
      item('string'),
    ),
    SafariPasswordAutoFillDomains: list(
      ['Domäner där lösenord sparas', 'Domains where passwords are saved'],
      ['Lösenord sparas bara från dessa sidor.', 'Passwords are saved from these sites only.'],
      item('string'),
      { since: '9.3', supervised: true },
    ),
    CrossSiteTrackingPreventionRelaxedDomains: list(
      ['Domäner utan spårningsskydd', 'Domains without tracking prevention'],
      [
        'Mellan dessa domäner stoppas inte kakor från tredje part.',
        'Between these domains third-party cookies are not stopped.',
      ],
      item('string'),
      { since: '16.2', supervised: true, byHand: false },
    ),
  },
})

export const globalProxy = payload('com.apple.proxy.http.global', {
  title: ['Proxy för all trafik', 'Proxy for all traffic'],
  help: [
    'All webbtrafik går genom proxyn, på alla nät.',
    'All web traffic goes through the proxy, on every network.',
  ],
  family: 'network',
  since: '6.0',
  several: false,
  supervised: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    ProxyType: string(
      ['Typ av proxy', 'Kind of proxy'],
      ['Manual anger en server, Auto läser en PAC-fil.', 'Manual names a server, Auto reads a PAC file.'],
      { allowed: ['Manual', 'Auto'], default: 'Manual' },
    ),
    ProxyServer: string(
      ['Proxyserver', 'Proxy server'],
      [
        'Serverns namn eller adress. Krävs när typen är Manual.',
        'Name or address of the server. Needed when the kind is Manual.',
      ],
      { form: 'host' },
    ),
    ProxyServerPort: integer(
      ['Proxyns port', 'Port of the proxy'],
      ['Krävs när typen är Manual.', 'Needed when the kind is Manual.'],
      { form: 'port' },
    ),
    ProxyUsername: string(
      ['Användarnamn i proxyn', 'User name at the proxy'],
      ['Lämnas tomt om proxyn inte kräver inloggning.', 'Leave empty if the proxy asks for no sign-in.'],
    ),
    ProxyPassword: string(
      ['Lösenord i proxyn', 'Password at the proxy'],
      [
        'Lagras i klartext i profilen, som därför bör krypteras.',
        'Stands in plain text in the profile, which should therefore be encrypted.',
      ],
      { secret: true },
    ),
    ProxyPACURL: string(
      ['Adress till PAC-fil', 'Address of the PAC file'],
      [
        'Tomt betyder att iPaden söker filen med WPAD.',
        'Empty means that the iPad looks for the file by WPAD.',
      ],
      { form: 'url' },
    ),
    ProxyPACFallbackAllowed: boolean(
      ['Direkt när PAC-filen saknas', 'Direct when the PAC file is missing'],
      [
        'På: iPaden går direkt till nätet när PAC-filen inte nås.',
        'On: the iPad connects directly when the PAC file cannot be reached.',
      ],
      { default: false, since: '7.0' },
    ),
    ProxyCaptiveLoginAllowed: boolean(
      ['Släpp fram inloggningssidor', 'Let sign-in pages through'],
      [
        'På: hotellets inloggningssida visas utan proxy.',
        "On: a hotel's sign-in page shows without the proxy.",
      ],
      { default: false, since: '7.0' },
    ),
  },
})

export const relays = payload('com.apple.relay.managed', {
  title: ['Reläer', 'Relays'],
  help: [
    'Trafik till vissa domäner går krypterad genom reläer.',
    'Traffic to some domains goes encrypted through relays.',
  ],
  family: 'network',
  since: '17.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    Relays: list(
      ['Reläer', 'Relays'],
      ['Ett eller flera reläer efter varandra.', 'One or several relays in a chain.'],
      item('dictionary', {
        keys: {
          HTTP3RelayURL: string(
            ['Adress (HTTP/3)', 'Address (HTTP/3)'],
            ['Reläets adress för HTTP/3.', "The relay's address for HTTP/3."],
            { form: 'https' },
          ),
          HTTP2RelayURL: string(
            ['Adress (HTTP/2)', 'Address (HTTP/2)'],
            ['Reläets adress för HTTP/2.', "The relay's address for HTTP/2."],
            { form: 'https' },
          ),
          AdditionalHTTPHeaderFields: dictionary(
            ['Egna fält i huvudet', 'Own header fields'],
            ['Skickas med till reläet.', 'Sent along to the relay.'],
            {},
            // Where a relay asks who comes, an Authorization field stands here.
            { secret: true, others: item('string', { secret: true }) },
          ),
          PayloadCertificateUUID: string(
            ['Identitetscertifikat', 'Identity certificate'],
            [
              'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
              'The certificate with key in the same profile that proves who the iPad is.',
            ],
            { refersTo: 'identity' },
          ),
          RawPublicKeys: list(
            ['Reläets nycklar', 'Keys of the relay'],
            ['Publika nycklar i DER som reläet får ha.', 'Public keys in DER that the relay may have.'],
            item('data'),
          ),
        },
      }),
      { required: true },
    ),
    MatchDomains: list(
      ['Domäner', 'Domains'],
      [
        'Trafik dit går genom reläerna. Tomt betyder alla.',
        'Traffic to them goes through the relays. Empty means all.',
      ],
      item('string'),
    ),
    ExcludedDomains: list(
      ['Undantagna domäner', 'Domains left out'],
      ['Trafik dit går utanför.', 'Traffic to them goes outside.'],
      item('string'),
    ),
    RelayUUID: string(
      ['UUID för reläet', 'UUID of the relay'],
      ['Hanterade appar med samma UUID använder reläet.', 'Managed apps with the same UUID use the relay.'],
    ),
  },
})
