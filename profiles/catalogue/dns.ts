import { networkMatch } from './network-match.ts'
import { boolean, dictionary, item, list, payload, string } from './notation.ts'

export const dnsSettings = payload('com.apple.dnsSettings.managed', {
  title: ['Krypterad DNS', 'Encrypted DNS'],
  help: [
    'Frågor till DNS går krypterat till en viss server.',
    'Questions to the DNS go encrypted to one server.',
  ],
  family: 'network',
  since: '14.0',
  several: true,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    DNSSettings: dictionary(
      ['DNS-server', 'DNS server'],
      ['Server och protokoll.', 'Server and protocol.'],
      {
        DNSProtocol: string(
          ['Protokoll', 'Protocol'],
          ['Hur frågor till DNS skyddas.', 'How questions to the DNS are protected.'],
          { required: true, allowed: ['HTTPS', 'TLS'] },
        ),
        ServerURL: string(
          ['Adress till DNS över HTTPS', 'Address of DNS over HTTPS'],
          ['Måste börja med https://.', 'Must begin with https://.'],
          { form: 'https' },
        ),
        ServerName: string(
          ['Serverns namn för DNS över TLS', 'Server name of DNS over TLS'],
          ['Det namn som serverns certifikat ska ha.', "The name that the server's certificate must bear."],
          { form: 'host' },
        ),
        ServerAddresses: list(
          ['Serverns IP-adresser', 'IP addresses of the server'],
          [
            'IPv4 eller IPv6. Behövs när serverns namn inte kan slås upp på annat sätt.',
            "IPv4 or IPv6. Needed when the server's name cannot be looked up otherwise.",
          ],
          item('string'),
        ),
        SupplementalMatchDomains: list(
          ['Bara för dessa domäner', 'Only for these domains'],
          ['Tomt betyder alla domäner.', 'Empty means all domains.'],
          item('string'),
        ),
      },
      { required: true },
    ),
    OnDemandRules: list(
      ['Regler för anslutning', 'Rules of connection'],
      [
        'Prövas uppifrån; den första som stämmer med nätet avgör.',
        'Tried from the top; the first that fits the network decides.',
      ],
      item('dictionary', {
        keys: {
          Action: string(
            ['Åtgärd', 'Action'],
            ['Vad som görs när regeln stämmer.', 'What is done when the rule fits.'],
            { required: true, allowed: ['Connect', 'Disconnect', 'EvaluateConnection'] },
          ),
          ActionParameters: list(
            ['Regler per domän', 'Rules per domain'],
            ['Läses när åtgärden är EvaluateConnection.', 'Read when the action is EvaluateConnection.'],
            item('dictionary', {
              keys: {
                Domains: list(
                  ['Domäner', 'Domains'],
                  ['De domäner som regeln gäller.', 'The domains that the rule is about.'],
                  item('string'),
                  { required: true },
                ),
                DomainAction: string(
                  ['För dessa domäner', 'For these domains'],
                  ['Anslut när det behövs, eller aldrig.', 'Connect when needed, or never.'],
                  { required: true, allowed: ['NeverConnect', 'ConnectIfNeeded'] },
                ),
              },
            }),
          ),
          ...networkMatch,
        },
      }),
    ),
    ProhibitDisablement: boolean(
      ['Får inte stängas av', 'Must not be switched off'],
      ['På: användaren kan inte stänga av inställningen.', 'On: the user cannot switch the setting off.'],
      { default: false, supervised: true },
    ),
    PayloadCertificateUUID: string(
      ['Identitetscertifikat', 'Identity certificate'],
      [
        'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
        'The certificate with key in the same profile that proves who the iPad is.',
      ],
      { refersTo: 'identity', since: '16.0' },
    ),
  },
})

export const dnsProxy = payload('com.apple.dnsProxy.managed', {
  title: ['DNS-proxy', 'DNS proxy'],
  help: ['En app som svarar på alla frågor till DNS.', 'An app that answers all questions to the DNS.'],
  family: 'network',
  since: '11.0',
  several: false,
  byHand: false,
  sharedPlace: 'device',
  keys: {
    AppBundleIdentifier: string(
      ['Appens paket-id', 'Bundle identifier of the app'],
      ['Appen som innehåller DNS-proxyn.', 'The app that holds the DNS proxy.'],
      { required: true },
    ),
    ProviderBundleIdentifier: string(
      ['Tilläggets paket-id', 'Bundle identifier of the extension'],
      ['När appen har flera tillägg.', 'When the app has several extensions.'],
    ),
    ProviderConfiguration: dictionary(
      ['Leverantörens inställningar', 'Settings of the vendor'],
      ['Lämnas oförändrade till appen.', 'Handed to the app as they are.'],
      {},
      { others: item('any') },
    ),
    DNSProxyUUID: string(
      ['UUID för DNS-proxyn', 'UUID of the DNS proxy'],
      ['Hanterade appar med samma UUID använder proxyn.', 'Managed apps with the same UUID use the proxy.'],
      { since: '16.0' },
    ),
  },
})
