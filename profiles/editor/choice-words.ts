import { type Scalar, type Words } from '../catalogue/notation.ts'

const eap: Readonly<Record<string, Words>> = {
  13: ['TLS: certifikat', 'TLS: certificate'],
  17: ['LEAP (äldre, osäker)', 'LEAP (old, unsafe)'],
  18: ['SIM-kort', 'SIM card'],
  21: ['TTLS: lösenord i tunnel', 'TTLS: password in a tunnel'],
  23: ['AKA: SIM-kort', 'AKA: SIM card'],
  25: ['PEAP: användarnamn och lösenord', 'PEAP: user name and password'],
  43: ['FAST: tunnel från Cisco', 'FAST: tunnel of Cisco'],
}
const proxy: Readonly<Record<string, Words>> = {
  None: ['Ingen proxy', 'No proxy'],
  Manual: ['En server som anges här', 'A server given here'],
  Auto: ['Enligt en PAC-fil', 'From a PAC file'],
}
const mailSignIn: Readonly<Record<string, Words>> = {
  EmailAuthNone: ['Ingen inloggning', 'No sign-in'],
  EmailAuthPassword: ['Lösenord', 'Password'],
  EmailAuthCRAMMD5: ['CRAM-MD5', 'CRAM-MD5'],
  EmailAuthNTLM: ['NTLM', 'NTLM'],
  EmailAuthHTTPMD5: ['HTTP MD5', 'HTTP MD5'],
}

/** What the values of a key mean, where Apple's own are no words that an administrator knows. */
const words: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  EncryptionType: {
    WEP: ['WEP (osäker)', 'WEP (unsafe)'],
    WPA: ['WPA (äldre)', 'WPA (old)'],
    WPA2: ['WPA2 eller nyare', 'WPA2 or newer'],
    WPA3: ['WPA3', 'WPA3'],
    Any: ['Vad nätet än har', 'Whatever the network has'],
    None: ['Öppet nät, ingen säkerhet', 'Open network, no security'],
  },
  AcceptEAPTypes: eap,
  ProxyType: proxy,
  EmailAccountType: { EmailTypeIMAP: ['IMAP', 'IMAP'], EmailTypePOP: ['POP', 'POP'] },
  IncomingMailServerAuthentication: mailSignIn,
  OutgoingMailServerAuthentication: mailSignIn,
  PayloadScope: {
    System: ['Hela enheten', 'The whole device'],
    User: ['En användare', 'One user'],
  },
  TargetDeviceType: {
    0: ['Alla', 'Any'],
    1: ['iPhone och iPad', 'iPhone and iPad'],
    2: ['Apple Watch', 'Apple Watch'],
    3: ['HomePod', 'HomePod'],
    4: ['Apple TV', 'Apple TV'],
    5: ['Mac', 'Mac'],
    6: ['Apple Vision', 'Apple Vision'],
  },
  MailNumberOfPastDaysToSync: {
    0: ['All e-post', 'All mail'],
    1: ['En dag', 'One day'],
    3: ['Tre dagar', 'Three days'],
    7: ['En vecka', 'One week'],
    14: ['Två veckor', 'Two weeks'],
    31: ['En månad', 'One month'],
  },
  Type: {
    Application: ['App', 'App'],
    Folder: ['Mapp', 'Folder'],
    WebClip: ['Webbklipp', 'Web clip'],
  },
  FilterType: { BuiltIn: ['iPadens eget filter', "The iPad's own filter"], Plugin: ['En app', 'An app'] },
  DNSProtocol: { HTTPS: ['DNS över HTTPS', 'DNS over HTTPS'], TLS: ['DNS över TLS', 'DNS over TLS'] },
}

/** What `value` of the key means in words; undefined when the value says it itself. */
export function choiceWords(key: string, value: Scalar): Words | undefined {
  const known = Object.hasOwn(words, key) ? words[key] : undefined
  return known !== undefined && Object.hasOwn(known, String(value)) ? known[String(value)] : undefined
}
