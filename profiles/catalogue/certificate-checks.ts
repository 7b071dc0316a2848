import { data, item, list, payload, string } from './notation.ts'

const hash = data(
  ['SHA-256 av nyckeln', 'SHA-256 of the key'],
  [
    'Kontrollsumman av certifikatets publika nyckel (subjectPublicKeyInfo).',
    'The digest of the public key of the certificate (subjectPublicKeyInfo).',
  ],
  { required: true },
)

export const certificateRevocation = payload('com.apple.security.certificaterevocation', {
  title: ['Spärrkontroll av certifikat', 'Certificate revocation'],
  help: [
    'Vilka certifikat som kontrolleras mot spärrlistor.',
    'Which certificates are checked for revocation.',
  ],
  family: 'certificates',
  since: '14.2',
  several: true,
  sharedPlace: 'device',
  keys: {
    EnabledForCerts: list(
      ['Certifikat att kontrollera', 'Certificates to check'],
      ['En utfärdare gäller för allt som den utfärdat.', 'An issuer stands for all that it has issued.'],
      item('dictionary', {
        keys: {
          Algorithm: string(['Kontrollsumma', 'Digest'], ['Alltid sha256.', 'Always sha256.'], {
            required: true,
            allowed: ['sha256'],
          }),
          Hash: hash,
        },
      }),
    ),
  },
})

export const certificateTransparency = payload('com.apple.security.certificatetransparency', {
  title: ['Certificate Transparency', 'Certificate Transparency'],
  help: [
    'Undantag från kravet att certifikat är offentligt loggade.',
    'Exceptions from the demand that certificates are publicly logged.',
  ],
  family: 'certificates',
  since: '12.1.1',
  several: true,
  sharedPlace: 'device',
  keys: {
    DisabledForCerts: list(
      ['Undantagna certifikat', 'Certificates left out'],
      ['En utfärdare gäller för allt som den utfärdat.', 'An issuer stands for all that it has issued.'],
      item('dictionary', {
        keys: {
          Algorithm: string(['Kontrollsumma', 'Digest'], ['Alltid sha256.', 'Always sha256.'], {
            required: true,
            allowed: ['sha256'],
          }),
          Hash: hash,
        },
      }),
    ),
    DisabledForDomains: list(
      ['Undantagna domäner', 'Domains left out'],
      ['En punkt först betyder alla underdomäner.', 'A leading dot means all subdomains.'],
      item('string'),
    ),
  },
})
