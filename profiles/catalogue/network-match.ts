import { item, list, string } from './notation.ts'

/** Which network a rule is about: the same keys in on-demand VPN and in DNS settings. */
export const networkMatch = {
  DNSDomainMatch: list(
    ['Nätets sökdomäner', 'Search domains of the network'],
    [
      'Regeln gäller när nätet har någon av sökdomänerna.',
      'The rule fits when the network has one of these search domains.',
    ],
    item('string'),
  ),
  DNSServerAddressMatch: list(
    ['Nätets DNS-servrar', 'DNS servers of the network'],
    [
      'Regeln gäller när nätet använder någon av adresserna.',
      'The rule fits when the network uses one of these addresses.',
    ],
    item('string'),
  ),
  InterfaceTypeMatch: string(
    ['Typ av nät', 'Kind of network'],
    ['Wi-Fi, mobilnät eller kabel.', 'Wi-Fi, mobile network or cable.'],
    { allowed: ['Ethernet', 'WiFi', 'Cellular'] },
  ),
  SSIDMatch: list(
    ['Wi-Fi-nät', 'Wi-Fi networks'],
    [
      'Regeln gäller när iPaden är ansluten till något av näten.',
      'The rule fits when the iPad is on one of these networks.',
    ],
    item('string'),
  ),
  URLStringProbe: string(
    ['Adress att pröva', 'Address to probe'],
    [
      'Regeln gäller när adressen svarar 200 utan omdirigering.',
      'The rule fits when this address answers 200 without redirection.',
    ],
    { form: 'url' },
  ),
}
