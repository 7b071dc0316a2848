import { dictionary, integer, item, list, string } from '../notation.ts'

export const dns = dictionary(['DNS', 'DNS'], ['DNS inne i VPN.', 'DNS inside the VPN.'], {
  DNSProtocol: string(
    ['Protokoll', 'Protocol'],
    ['Hur frågor till DNS skyddas.', 'How questions to the DNS are protected.'],
    { required: true, allowed: ['Cleartext', 'HTTPS', 'TLS'], since: '14.0' },
  ),
  ServerURL: string(
    ['Adress till DNS över HTTPS', 'Address of DNS over HTTPS'],
    ['Måste börja med https://.', 'Must begin with https://.'],
    { since: '14.0', form: 'https' },
  ),
  ServerName: string(
    ['Serverns namn för DNS över TLS', 'Server name of DNS over TLS'],
    ['Det namn som serverns certifikat ska ha.', "The name that the server's certificate must bear."],
    { since: '14.0', form: 'host' },
  ),
  ServerAddresses: list(
    ['Serverns IP-adresser', 'IP addresses of the server'],
    [
      'IPv4 eller IPv6. Behövs när serverns namn inte kan slås upp på annat sätt.',
      "IPv4 or IPv6. Needed when the server's name cannot be looked up otherwise.",
    ],
    item('string'),
    { required: true, since: '10.0' },
  ),
  SearchDomains: list(
    ['Sökdomäner', 'Search domains'],
    ['Läggs till korta namn.', 'Added to short names.'],
    item('string'),
    { since: '10.0' },
  ),
  DomainName: string(['Domän', 'Domain'], ['Tunnelns huvuddomän.', 'The main domain of the tunnel.'], {
    since: '10.0',
  }),
  SupplementalMatchDomains: list(
    ['Bara för dessa domäner', 'Only for these domains'],
    ['Tomt betyder alla domäner.', 'Empty means all domains.'],
    item('string'),
    { since: '10.0' },
  ),
  SupplementalMatchDomainsNoSearch: integer(
    ['Sök inte i domänerna', 'Do not search the domains'],
    ['0: domänerna läggs också till sökdomänerna.', '0: the domains join the search domains too.'],
    { allowed: [0, 1], default: 0, since: '10.0' },
  ),
  PayloadCertificateUUID: string(
    ['Identitetscertifikat', 'Identity certificate'],
    [
      'Det certifikat med nyckel i samma profil som bevisar vem iPaden är.',
      'The certificate with key in the same profile that proves who the iPad is.',
    ],
    { refersTo: 'identity', since: '16.0' },
  ),
})

export const proxies = dictionary(['Proxy', 'Proxy'], ['Proxy inne i VPN.', 'Proxy inside the VPN.'], {
  ProxyAutoConfigEnable: integer(
    ['Använd PAC-fil', 'Use a PAC file'],
    ['1: filen nedan används.', '1: the file below is used.'],
    { allowed: [0, 1] },
  ),
  ProxyAutoDiscoveryEnable: integer(
    ['Hitta proxy själv', 'Find the proxy'],
    ['1: WPAD används.', '1: WPAD is used.'],
    { allowed: [0, 1], default: 1 },
  ),
  ProxyAutoConfigURLString: string(
    ['Adress till PAC-fil', 'Address of the PAC file'],
    ['Bara när PAC-fil är på.', 'Only when the PAC file is on.'],
    { form: 'url' },
  ),
  SupplementalMatchDomains: list(
    ['Bara för dessa domäner', 'Only for these domains'],
    ['Proxyn används för dem.', 'The proxy is used for them.'],
    item('string'),
  ),
  HTTPEnable: integer(['Proxy för http', 'Proxy for http'], ['1: på.', '1: on.'], {
    allowed: [0, 1],
    default: 0,
  }),
  HTTPProxy: string(
    ['Server för http', 'Server for http'],
    ['Proxyns namn eller adress.', 'Name or address of the proxy.'],
    { form: 'host' },
  ),
  HTTPPort: integer(
    ['Port för http', 'Port for http'],
    ['Krävs när server anges.', 'Needed when a server is named.'],
    { min: 0, max: 65535, form: 'port' },
  ),
  HTTPProxyUsername: string(
    ['Användarnamn', 'User name'],
    ['Användarnamn i proxyn.', 'User name at the proxy.'],
  ),
  HTTPProxyPassword: string(['Lösenord', 'Password'], ['Lösenord i proxyn.', 'Password at the proxy.'], {
    secret: true,
  }),
  HTTPSEnable: integer(['Proxy för https', 'Proxy for https'], ['1: på.', '1: on.'], {
    allowed: [0, 1],
    default: 0,
  }),
  HTTPSProxy: string(
    ['Server för https', 'Server for https'],
    ['Proxyns namn eller adress.', 'Name or address of the proxy.'],
    { form: 'host' },
  ),
  HTTPSPort: integer(
    ['Port för https', 'Port for https'],
    ['Krävs när server anges.', 'Needed when a server is named.'],
    { min: 0, max: 65535, form: 'port' },
  ),
})
