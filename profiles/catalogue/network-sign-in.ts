import { boolean, dictionary, integer, item, list, string } from './notation.ts'

/** 802.1X, also of wired networks. */
export const networkSignIn = dictionary(
  ['Inloggning i nätet (802.1X)', 'Network sign-in (802.1X)'],
  [
    'För nät där varje iPad eller person har en egen inloggning.',
    'For networks where each iPad or person has a sign-in.',
  ],
  {
    AcceptEAPTypes: list(
      ['Metoder', 'Methods'],
      [
        'Hur iPaden loggar in; den som sköter nätet vet vilken.',
        'How the iPad signs in; ask the people who run the network.',
      ],
      item('integer', { allowed: [13, 17, 18, 21, 23, 25, 43] }),
      { required: true },
    ),
    UserName: string(
      ['Användarnamn', 'User name'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
    ),
    UserPassword: string(
      ['Lösenord', 'Password'],
      ['Tomt betyder att användaren tillfrågas.', 'Empty means that the user is asked.'],
      { secret: true },
    ),
    PayloadCertificateAnchorUUID: list(
      ['Betrodda utfärdare', 'Trusted issuers'],
      [
        'PayloadUUID för certifikat i profilen som nätets server ska bygga på.',
        "PayloadUUIDs of certificates in the profile behind the network's server.",
      ],
      item('string', { refersTo: 'certificate' }),
    ),
    TLSTrustedCertificates: list(
      ['Betrodda certifikat', 'Trusted certificates'],
      ['Certifikat som godtas för nätets server.', "Certificates accepted for the network's server."],
      item('string'),
    ),
    TLSTrustedServerNames: list(
      ['Betrodda servernamn', 'Trusted server names'],
      [
        'Namn som nätets server får ha; en stjärna kan stå för en del.',
        "Names that the network's server may bear; a star may stand for a part.",
      ],
      item('string'),
    ),
    TLSAllowTrustExceptions: boolean(
      ['Användaren får godta servern', 'The user may accept the server'],
      ['På: användaren kan godta ett okänt certifikat.', 'On: the user can accept an unknown certificate.'],
      { default: true, removed: '8.0' },
    ),
    TLSCertificateIsRequired: boolean(
      ['Kräv certifikat', 'Require a certificate'],
      [
        'På: även TTLS, PEAP och FAST kräver iPadens certifikat.',
        'On: TTLS, PEAP and FAST need the certificate of the iPad as well.',
      ],
      { default: false, since: '7.0' },
    ),
    TTLSInnerAuthentication: string(
      ['Inre inloggning i TTLS', 'Inner sign-in of TTLS'],
      ['Hur lösenordet lämnas inne i tunneln.', 'How the password is given inside the tunnel.'],
      { allowed: ['PAP', 'EAP', 'CHAP', 'MSCHAP', 'MSCHAPv2'], default: 'MSCHAPv2' },
    ),
    TLSMinimumVersion: string(
      ['Lägsta TLS', 'Lowest TLS'],
      ['1.2 eller högre rekommenderas.', '1.2 or higher is advised.'],
      { allowed: ['1.0', '1.1', '1.2', '1.3'], default: '1.0', since: '11.0' },
    ),
    TLSMaximumVersion: string(
      ['Högsta TLS', 'Highest TLS'],
      ['Lämnas vanligen som den är.', 'Usually left as it is.'],
      { allowed: ['1.0', '1.1', '1.2', '1.3'], default: '1.2', since: '11.0' },
    ),
    OuterIdentity: string(
      ['Yttre namn', 'Outer name'],
      [
        'Visas öppet i stället för användarnamnet, till exempel anonymous.',
        'Shown openly instead of the user name, for example anonymous.',
      ],
    ),
    EAPFASTUsePAC: boolean(
      ['FAST: använd PAC', 'FAST: use a PAC'],
      ['På: en sparad PAC används.', 'On: a stored PAC is used.'],
      { default: false },
    ),
    EAPFASTProvisionPAC: boolean(
      ['FAST: hämta PAC', 'FAST: fetch a PAC'],
      ['På: en PAC hämtas från servern.', 'On: a PAC is fetched from the server.'],
      { default: false },
    ),
    EAPFASTProvisionPACAnonymously: boolean(
      ['FAST: hämta PAC utan certifikat', 'FAST: fetch a PAC without certificate'],
      ['På: osäkert; någon kan låtsas vara servern.', 'On: unsafe; somebody can pose as the server.'],
      { default: false },
    ),
    EAPSIMNumberOfRANDs: integer(['SIM: antal RAND', 'SIM: number of RANDs'], ['2 eller 3.', '2 or 3.'], {
      allowed: [2, 3],
      default: 3,
      since: '8.0',
    }),
    SystemModeCredentialsSource: string(
      ['Inloggning för Mac', 'Credentials for a Mac'],
      ['Används inte på iPad.', 'Not used on an iPad.'],
    ),
    SystemModeUseOpenDirectoryCredentials: boolean(
      ['Open Directory för Mac', 'Open Directory for a Mac'],
      ['Används inte på iPad.', 'Not used on an iPad.'],
      { default: false },
    ),
    OneTimeUserPassword: boolean(
      ['Engångslösenord', 'One-time password'],
      ['På: användaren tillfrågas varje gång.', 'On: the user is asked each time.'],
      { default: false, since: '8.0' },
    ),
  },
)
