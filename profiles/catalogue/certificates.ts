import { data, payload, string } from './notation.ts'

export const rootCertificate = payload('com.apple.security.root', {
  title: ['Rotcertifikat', 'Root certificate'],
  help: ['En utfärdare som iPaden ska lita på.', 'An issuer that the iPad shall trust.'],
  family: 'certificates',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    PayloadCertificateFileName: string(
      ['Filnamn', 'File name'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadContent: data(
      ['Certifikat', 'Certificate'],
      ['Filens innehåll i DER.', 'The content of the file in DER.'],
      { required: true },
    ),
  },
})

export const certificate = payload('com.apple.security.pkcs1', {
  title: ['Certifikat', 'Certificate'],
  help: [
    'Ett certifikat utan nyckel, till exempel en utfärdares.',
    "A certificate without key, for example an issuer's.",
  ],
  family: 'certificates',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    PayloadCertificateFileName: string(
      ['Filnamn', 'File name'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadContent: data(
      ['Certifikat', 'Certificate'],
      ['Filens innehåll i DER eller PEM.', 'The content of the file in DER or PEM.'],
      { required: true },
    ),
  },
})

export const pemCertificate = payload('com.apple.security.pem', {
  title: ['Certifikat (PEM)', 'Certificate (PEM)'],
  help: ['Ett certifikat i PEM-form.', 'A certificate in PEM form.'],
  family: 'certificates',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    PayloadCertificateFileName: string(
      ['Filnamn', 'File name'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadContent: data(['Certifikat', 'Certificate'], ['Filens innehåll.', 'The content of the file.'], {
      required: true,
    }),
  },
})

export const identity = payload('com.apple.security.pkcs12', {
  title: ['Identitet (PKCS#12)', 'Identity (PKCS#12)'],
  help: ['Ett certifikat med nyckel.', 'A certificate with its key.'],
  family: 'certificates',
  since: '4.0',
  several: true,
  sharedPlace: 'device',
  keys: {
    PayloadCertificateFileName: string(
      ['Filnamn', 'File name'],
      ['Visas i profilens detaljer.', 'Shown in the details of the profile.'],
    ),
    PayloadContent: data(
      ['Identitet', 'Identity'],
      ['Filens innehåll (.p12).', 'The content of the file (.p12).'],
      { required: true, secret: true },
    ),
    Password: string(
      ['Lösenord', 'Password'],
      [
        'Öppnar filen. Tomt betyder att användaren tillfrågas.',
        'Opens the file. Empty means that the user is asked.',
      ],
      { secret: true },
    ),
  },
})
