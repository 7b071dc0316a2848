import { boolean, data, dictionary, integer, item, list, payload, string } from './notation.ts'

/** An X.500 name: a list of sets, each a list of pairs of type and value. */
const name = item('array', { of: item('array', { of: item('string'), items: [2, 2] }) })

const subjectAltName = dictionary(
  ['Alternativa namn', 'Alternative names'],
  ['Fler namn i certifikatet.', 'Further names in the certificate.'],
  {
    rfc822Name: string(
      ['E-postadress', 'Mail address'],
      ['Alternativt namn av typen e-post.', 'Alternative name of the kind mail address.'],
      { form: 'mail' },
    ),
    dNSName: string(
      ['DNS-namn', 'DNS name'],
      ['Alternativt namn av typen DNS.', 'Alternative name of the kind DNS.'],
    ),
    uniformResourceIdentifier: string(
      ['Webbadress', 'Address (URI)'],
      ['Alternativt namn av typen URI.', 'Alternative name of the kind URI.'],
    ),
    ntPrincipalName: string(
      ['Principalnamn i Windows', 'Windows principal name'],
      ['Användarens UPN i Active Directory.', "The user's UPN in Active Directory."],
    ),
  },
)

/** With SCEP each may be several. */
const subjectAltNames = dictionary(
  ['Alternativa namn', 'Alternative names'],
  ['Fler namn i certifikatet.', 'Further names in the certificate.'],
  {
    rfc822Name: string(
      ['E-postadress', 'Mail address'],
      ['Alternativt namn av typen e-post.', 'Alternative name of the kind mail address.'],
      { orList: true, form: 'mail' },
    ),
    dNSName: string(
      ['DNS-namn', 'DNS name'],
      ['Alternativt namn av typen DNS.', 'Alternative name of the kind DNS.'],
      { orList: true },
    ),
    uniformResourceIdentifier: string(
      ['Webbadress', 'Address (URI)'],
      ['Alternativt namn av typen URI.', 'Alternative name of the kind URI.'],
      { orList: true },
    ),
    ntPrincipalName: string(
      ['Principalnamn i Windows', 'Windows principal name'],
      ['Användarens UPN i Active Directory.', "The user's UPN in Active Directory."],
    ),
  },
)

export const scep = payload('com.apple.security.scep', {
  title: ['Certifikat (SCEP)', 'Certificate (SCEP)'],
  help: ['iPaden gör en nyckel och hämtar ett certifikat.', 'The iPad makes a key and gets a certificate.'],
  family: 'certificates',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    PayloadContent: dictionary(
      ['Inställningar', 'Settings'],
      ['Server och namn.', 'Server and names.'],
      {
        URL: string(
          ['Serverns adress', 'Address of the server'],
          ['SCEP-serverns adress.', 'Address of the SCEP server.'],
          { required: true, form: 'url' },
        ),
        Name: string(
          ['Utfärdarens namn', 'Name of the issuer'],
          ['Skiljer utfärdare åt på samma server.', 'Tells issuers on one server apart.'],
        ),
        Subject: list(
          ['Ämne', 'Subject'],
          ['Certifikatets namn som listor av par.', 'The name in the certificate, as lists of pairs.'],
          name,
        ),
        Challenge: string(
          ['Engångslösenord', 'Challenge'],
          ['Hemligt; bevisar rätten till certifikatet.', 'Secret; proves the right to the certificate.'],
          { secret: true },
        ),
        Keysize: integer(
          ['Nyckelns längd', 'Length of the key'],
          ['2048 eller 4096; 1024 är för kort i dag.', '2048 or 4096; 1024 is too short today.'],
          { allowed: [1024, 2048, 4096], default: 1024 },
        ),
        'Key Type': string(['Typ av nyckel', 'Kind of key'], ['Alltid RSA.', 'Always RSA.'], {
          default: 'RSA',
        }),
        'Key Usage': integer(
          ['Användning', 'Usage'],
          ['1 signering, 4 kryptering, 5 båda.', '1 signing, 4 encryption, 5 both.'],
          { default: 0 },
        ),
        CAFingerprint: data(
          ['Utfärdarens kontrollsumma', 'Fingerprint of the issuer'],
          [
            'Kontrollerar utfärdaren när servern nås utan TLS.',
            'Checks the issuer when the server is reached without TLS.',
          ],
        ),
        Retries: integer(
          ['Nya försök', 'Retries'],
          ['Hur många gånger iPaden frågar igen.', 'How often the iPad asks again.'],
          { default: 3 },
        ),
        RetryDelay: integer(
          ['Tid mellan försök, sekunder', 'Time between tries, seconds'],
          ['Första nya försöket görs genast.', 'The first retry comes at once.'],
          { default: 10 },
        ),
        SubjectAltName: subjectAltNames,
        KeyIsExtractable: boolean(
          ['Nyckeln kan exporteras', 'The key can be exported'],
          ['Av: nyckeln kan inte tas ut.', 'Off: the key cannot be taken out.'],
          { default: true },
        ),
        AllowAllAppsAccess: boolean(
          ['Alla appar', 'All apps'],
          ['På: alla appar får använda nyckeln.', 'On: all apps may use the key.'],
          { default: false },
        ),
      },
      { required: true },
    ),
  },
})

export const acme = payload('com.apple.security.acme', {
  title: ['Certifikat (ACME)', 'Certificate (ACME)'],
  help: [
    'iPaden hämtar ett certifikat och kan bevisa att nyckeln ligger i iPaden.',
    'The iPad gets a certificate and can prove that the key lies in the iPad.',
  ],
  family: 'certificates',
  since: '16.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    DirectoryURL: string(
      ['Serverns katalog', 'Directory of the server'],
      ['Måste börja med https://.', 'Must begin with https://.'],
      { required: true, form: 'https' },
    ),
    ClientIdentifier: string(
      ['Klientens id', 'Client identifier'],
      [
        'Unikt för iPaden; servern kan vägra att ge två certifikat för samma.',
        'Unique to the iPad; the server may refuse to give two certificates for one.',
      ],
      { required: true },
    ),
    KeySize: integer(
      ['Nyckelns längd', 'Length of the key'],
      [
        'RSA: 1024 till 4096. EC: 192, 256, 384 eller 521, och i hårdvara 256 eller 384.',
        'RSA: 1024 to 4096. EC: 192, 256, 384 or 521, and in hardware 256 or 384.',
      ],
      { required: true },
    ),
    KeyType: string(
      ['Typ av nyckel', 'Kind of key'],
      ['Nyckel i hårdvara måste vara EC.', 'A key in hardware must be EC.'],
      { required: true, allowed: ['RSA', 'ECSECPrimeRandom'] },
    ),
    HardwareBound: boolean(
      ['Nyckel i hårdvara', 'Key in hardware'],
      ['På: nyckeln kan aldrig lämna iPaden.', 'On: the key can never leave the iPad.'],
      { required: true },
    ),
    Subject: list(
      ['Ämne', 'Subject'],
      ['Certifikatets namn som listor av par.', 'The name in the certificate, as lists of pairs.'],
      name,
      { required: true },
    ),
    SubjectAltName: subjectAltName,
    UsageFlags: integer(
      ['Användning', 'Usage'],
      ['1 signering, 4 kryptering, 5 båda.', '1 signing, 4 encryption, 5 both.'],
    ),
    ExtendedKeyUsage: list(
      ['Utökad användning', 'Extended usage'],
      ['OID med punkter.', 'OIDs with dots.'],
      item('string'),
    ),
    Attest: boolean(
      ['Intyga enheten', 'Attest the device'],
      [
        'På: iPaden intygar sitt serienummer och nyckelns plats.',
        'On: the iPad attests its serial number and where the key lies.',
      ],
      { default: false },
    ),
  },
})
