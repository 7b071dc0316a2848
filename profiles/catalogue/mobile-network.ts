import { boolean, data, dictionary, integer, item, list, payload, string } from './notation.ts'

export const mobileNetwork = payload('com.apple.cellular', {
  title: ['Mobilnät', 'Mobile network'],
  help: ['Åtkomstpunkter för mobildata.', 'Access points of mobile data.'],
  family: 'network',
  since: '7.0',
  several: false,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    AttachAPN: dictionary(
      ['Åtkomstpunkt för anslutning', 'Access point to attach'],
      ['Används när iPaden ansluter till nätet.', 'Used when the iPad attaches to the network.'],
      {
        Name: string(
          ['Åtkomstpunkt', 'Access point'],
          ['Operatörens namn på åtkomstpunkten.', "The operator's name of the access point."],
          { required: true },
        ),
        AuthenticationType: string(['Inloggning', 'Sign-in'], ['CHAP eller PAP.', 'CHAP or PAP.'], {
          allowed: ['CHAP', 'PAP'],
          default: 'PAP',
        }),
        Username: string(
          ['Användarnamn', 'User name'],
          ['Användarnamn hos operatören.', 'User name with the operator.'],
        ),
        Password: string(
          ['Lösenord', 'Password'],
          ['Lösenord hos operatören.', 'Password with the operator.'],
          { secret: true },
        ),
        AllowedProtocolMask: integer(
          ['IP-version', 'IP version'],
          ['1 IPv4, 2 IPv6, 3 båda.', '1 IPv4, 2 IPv6, 3 both.'],
          { allowed: [1, 2, 3], since: '10.3' },
        ),
      },
    ),
    APNs: list(
      ['Åtkomstpunkter för data', 'Access points for data'],
      ['Bara den första används på dagens iPads.', "Today's iPads use only the first."],
      item('dictionary', {
        keys: {
          Name: string(
            ['Åtkomstpunkt', 'Access point'],
            ['Operatörens namn på åtkomstpunkten.', "The operator's name of the access point."],
            { required: true },
          ),
          AuthenticationType: string(['Inloggning', 'Sign-in'], ['CHAP eller PAP.', 'CHAP or PAP.'], {
            allowed: ['CHAP', 'PAP'],
            default: 'PAP',
          }),
          Username: string(
            ['Användarnamn', 'User name'],
            ['Användarnamn hos operatören.', 'User name with the operator.'],
          ),
          Password: string(
            ['Lösenord', 'Password'],
            ['Lösenord hos operatören.', 'Password with the operator.'],
            { secret: true },
          ),
          ProxyServer: string(
            ['Proxyserver', 'Proxy server'],
            ['Adress till operatörens proxy.', "Address of the operator's proxy."],
            { form: 'host' },
          ),
          ProxyPort: integer(['Proxyns port', 'Port of the proxy'], ['Portnummer.', 'Port number.'], {
            form: 'port',
          }),
          DefaultProtocolMask: integer(
            ['IP-version (äldre)', 'IP version (old)'],
            [
              '1 IPv4, 2 IPv6, 3 båda. Används inte sedan iPadOS 11.',
              '1 IPv4, 2 IPv6, 3 both. Not used since iPadOS 11.',
            ],
            { allowed: [1, 2, 3], since: '10.3', deprecated: '11.0' },
          ),
          AllowedProtocolMask: integer(
            ['IP-version', 'IP version'],
            ['1 IPv4, 2 IPv6, 3 båda.', '1 IPv4, 2 IPv6, 3 both.'],
            { allowed: [1, 2, 3], since: '10.3' },
          ),
          AllowedProtocolMaskInRoaming: integer(
            ['IP-version utomlands', 'IP version abroad'],
            ['1 IPv4, 2 IPv6, 3 båda.', '1 IPv4, 2 IPv6, 3 both.'],
            { allowed: [1, 2, 3], since: '10.3' },
          ),
          AllowedProtocolMaskInDomesticRoaming: integer(
            ['IP-version i annat nät inom landet', 'IP version in another domestic network'],
            ['1 IPv4, 2 IPv6, 3 båda.', '1 IPv4, 2 IPv6, 3 both.'],
            { allowed: [1, 2, 3], since: '10.3' },
          ),
          EnableXLAT464: boolean(
            ['IPv4 över IPv6', 'IPv4 over IPv6'],
            ['På: 464XLAT används.', 'On: 464XLAT is used.'],
            { default: false, since: '16.0' },
          ),
        },
      }),
    ),
  },
})

export const accessPoint = payload('com.apple.apn.managed', {
  title: ['Åtkomstpunkt (äldre)', 'Access point (old)'],
  help: ['Ersatt av delen Mobilnät.', 'Replaced by the part Mobile network.'],
  family: 'network',
  since: '4.0',
  deprecated: '7.0',
  several: false,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    DefaultsData: dictionary(
      ['Uppgifter', 'Data'],
      ['Listan över åtkomstpunkter.', 'The list of access points.'],
      {
        apns: list(
          ['Åtkomstpunkter', 'Access points'],
          ['En post per åtkomstpunkt.', 'One entry per access point.'],
          item('dictionary', {
            keys: {
              apn: string(
                ['Åtkomstpunkt', 'Access point'],
                ['Operatörens namn på åtkomstpunkten.', "The operator's name of the access point."],
                { required: true },
              ),
              username: string(
                ['Användarnamn', 'User name'],
                ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
              ),
              password: data(
                ['Lösenord', 'Password'],
                ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
                { secret: true },
              ),
              proxy: string(
                ['Proxyserver', 'Proxy server'],
                ['Adress till operatörens proxy.', "Address of the operator's proxy."],
              ),
              proxyPort: integer(['Proxyns port', 'Port of the proxy'], ['Portnummer.', 'Port number.'], {
                form: 'port',
              }),
            },
          }),
          { required: true },
        ),
      },
      { required: true },
    ),
    DefaultsDomainName: string(
      ['Domän', 'Domain'],
      ['Alltid com.apple.managedCarrier.', 'Always com.apple.managedCarrier.'],
      { required: true, allowed: ['com.apple.managedCarrier'] },
    ),
  },
})

export const networkUsage = payload('com.apple.networkusagerules', {
  title: ['Användning av mobildata', 'Use of mobile data'],
  help: ['Vilka hanterade appar som får använda mobildata.', 'Which managed apps may use mobile data.'],
  family: 'network',
  since: '9.0',
  several: false,
  byHand: false,
  userEnrolment: 'forbidden',
  sharedPlace: 'device',
  keys: {
    ApplicationRules: list(
      ['Regler för appar', 'Rules for apps'],
      ['Gäller bara hanterade appar.', 'For managed apps only.'],
      item('dictionary', {
        keys: {
          AppIdentifierMatches: list(
            ['Appar', 'Apps'],
            [
              'Paket-id; en stjärna i slutet betyder alla som börjar så. Tomt betyder alla hanterade.',
              'Bundle identifiers; a final star means all that begin so. Empty means all managed.',
            ],
            item('string'),
          ),
          AllowRoamingCellularData: boolean(
            ['Mobildata utomlands', 'Mobile data abroad'],
            ['Av: ingen mobildata vid roaming.', 'Off: no mobile data while roaming.'],
            { default: true },
          ),
          AllowCellularData: boolean(
            ['Mobildata', 'Mobile data'],
            ['Av: ingen mobildata alls.', 'Off: no mobile data at all.'],
            { default: true },
          ),
        },
      }),
    ),
    SIMRules: list(
      ['Regler för SIM', 'Rules for SIMs'],
      ['Gäller alla appar.', 'For all apps.'],
      item('dictionary', {
        keys: {
          ICCIDs: list(
            ['SIM-kort', 'SIM cards'],
            ['ICCID för kort eller eSIM.', 'ICCID of cards or eSIMs.'],
            item('string'),
            { required: true },
          ),
          WiFiAssistPolicy: integer(
            ['Wi-Fi-assistent', 'Wi-Fi Assist'],
            [
              '2 som vanligt, 3 byter oftare till mobilnät när Wi-Fi är svagt.',
              '2 as usual, 3 changes to mobile data sooner when Wi-Fi is weak.',
            ],
            { required: true, allowed: [2, 3] },
          ),
        },
      }),
      { since: '13.0' },
    ),
  },
})
