import { type Text } from './texts.ts'

/** The certificate that profiles are signed with. */
export const signingTexts = {
  'settings.signing': { sv: 'Signering', en: 'Signing' },
  'signing.lead': {
    sv: 'Profiler signeras, så att iPads ser vem de kommer från och att ingen har ändrat dem.',
    en: 'Profiles are signed, so that iPads can see who they are from and that nobody has changed them.',
  },
  'signing.with.uploaded': {
    sv: 'Profiler signeras med organisationens eget certifikat.',
    en: 'Profiles are signed with the organisation’s own certificate.',
  },
  'signing.with.own': {
    sv: 'Profiler signeras med serverns certifikat. Era iPads litar på det sedan de anslöts.',
    en: 'Profiles are signed with the server’s certificate. Your iPads have trusted it since they were enrolled.',
  },
  'signing.fallen-back': {
    sv: 'Det uppladdade certifikatet har gått ut. Profiler signeras därför med serverns, som iPads litar på. Ladda upp ett nytt.',
    en: 'The uploaded certificate has expired. Profiles are therefore signed with the server’s, which iPads trust. Upload a new one.',
  },
  'signing.uploaded': { sv: 'Uppladdat certifikat', en: 'Uploaded certificate' },
  'signing.own': { sv: 'Serverns certifikat', en: 'The server’s certificate' },
  'signing.within': { sv: 'Går ut inom {count} dagar', en: 'Expires within {count} days' },
  'signing.subject': { sv: 'Utfärdat för', en: 'Issued to' },
  'signing.issuer': { sv: 'Utfärdat av', en: 'Issued by' },
  'signing.by': { sv: 'Uppladdat', en: 'Uploaded' },
  'signing.upload.text': {
    sv: 'Exportera certifikatet med nyckel och hela kedjan som PKCS#12. En rot som saknas i filen jämförs med de publika rötter som servern känner till. Apples egen lista är en annan: pröva en profil på en iPad, som visar den som verifierad bara om den litar på roten. Nyckeln förvaras förseglad och går inte att hämta härifrån.',
    en: 'Export the certificate with its key and the whole chain as PKCS#12. A root that is not in the file is looked for among the public roots that the server knows. Apple’s own list is another one: try a profile on one iPad, which shows it as verified only if it trusts the root. The key is kept sealed and cannot be downloaded from here.',
  },
  'signing.file': { sv: 'Fil', en: 'File' },
  'signing.file.hint': {
    sv: 'PKCS#12, som slutar på .p12 eller .pfx',
    en: 'PKCS#12, ending in .p12 or .pfx',
  },
  'signing.password': { sv: 'Filens lösenord', en: 'Password of the file' },
  'signing.password.hint': { sv: 'Det som valdes vid exporten', en: 'The one chosen when it was exported' },
  'signing.remove': { sv: 'Ta bort certifikatet', en: 'Remove the certificate' },
  'signing.remove.text': {
    sv: 'Profiler signeras sedan med serverns certifikat. Det som redan finns på iPads påverkas inte.',
    en: 'Profiles are then signed with the server’s certificate. What is already on iPads is not affected.',
  },
  'said.signing-replaced': {
    sv: 'Certifikatet används nu för signering.',
    en: 'The certificate is now used for signing.',
  },
  'said.signing-removed': { sv: 'Certifikatet är borttaget.', en: 'The certificate has been removed.' },
  'start.signing-ends': { sv: 'signeringscertifikat går snart ut', en: 'signing certificate expires soon' },
  'start.signing-over': { sv: 'signeringscertifikat har gått ut', en: 'signing certificate has expired' },
  'refusal.signing-none': {
    sv: 'Det finns inget signeringscertifikat att ta bort.',
    en: 'There is no signing certificate to remove.',
  },
  'refusal.signing-form': {
    sv: 'Filen är inte en PKCS#12-fil (.p12 eller .pfx).',
    en: 'The file is not a PKCS#12 file (.p12 or .pfx).',
  },
  'refusal.signing-rounds': {
    sv: 'Filen är gjord så att lösenordet tar för lång tid att pröva. Exportera certifikatet igen med programmets vanliga inställningar.',
    en: 'The file is made so that its password takes too long to try. Export the certificate again with the usual settings of the program.',
  },
  'refusal.signing-password': {
    sv: 'Lösenordet öppnar inte filen.',
    en: 'The password does not open the file.',
  },
  'refusal.signing-key-missing': {
    sv: 'Filen innehåller ingen privat nyckel. Exportera certifikatet tillsammans med nyckeln.',
    en: 'The file contains no private key. Export the certificate together with its key.',
  },
  'refusal.signing-key-other': {
    sv: 'Inget certifikat i filen hör till nyckeln.',
    en: 'No certificate in the file belongs to the key.',
  },
  'refusal.signing-key-weak': {
    sv: 'Nyckeln är för svag. Den ska vara RSA med minst 2048 bitar, eller EC P-256, P-384 eller P-521.',
    en: 'The key is too weak. It must be RSA of at least 2048 bits, or EC P-256, P-384 or P-521.',
  },
  'refusal.signing-purpose': {
    sv: 'Certifikatet är inte gjort för att signera, eller så är det utfärdarens eget. Välj ett certifikat för signering.',
    en: 'The certificate is not made for signing, or it is the issuer’s own. Choose a certificate for signing.',
  },
  'refusal.signing-chain': {
    sv: 'En av certifikatets utfärdare saknas i filen. Exportera det igen med hela kedjan, rotcertifikatet också.',
    en: 'An issuer of the certificate is not in the file. Export it again with the whole chain, the root as well.',
  },
  'refusal.signing-chain-expired': {
    sv: 'En av certifikatets utfärdare har gått ut eller gäller inte ännu. Hämta den nya kedjan från utfärdaren.',
    en: 'An issuer of the certificate has expired or is not valid yet. Get the new chain from the issuer.',
  },
  'refusal.signing-expired': { sv: 'Certifikatet har gått ut.', en: 'The certificate has expired.' },
  'refusal.signing-early': {
    sv: 'Certifikatet gäller inte ännu.',
    en: 'The certificate is not valid yet.',
  },
} as const satisfies Record<string, Text>
