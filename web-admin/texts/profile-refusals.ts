import { type Text } from './texts.ts'

/** Why a profile or a security policy is refused, by the code that the slice gives. */
export const profileRefusalTexts = {
  'refusal.profile-unknown': { sv: 'Profilen finns inte.', en: 'There is no such profile.' },
  'refusal.version-unknown': { sv: 'Versionen finns inte.', en: 'There is no such version.' },
  'refusal.template-unknown': { sv: 'Mallen finns inte.', en: 'There is no such template.' },
  'refusal.profile-identifier': {
    sv: 'Profilen har ingen identifierare (PayloadIdentifier).',
    en: 'The profile has no identifier (PayloadIdentifier).',
  },
  'refusal.profile-retired': {
    sv: 'Profilen är tagen ur bruk. Ta den i bruk igen först.',
    en: 'This profile is retired. First bring it back into use.',
  },
  'refusal.profile-in-use': {
    sv: 'Profilen används. Avsluta dess tilldelningar, och vänta tills den är borta från alla iPads.',
    en: 'The profile is in use. End its assignments, and wait until it has gone from all iPads.',
  },
  'reason.profile-in-use': {
    sv: 'Profilen används (tilldelningar: {assignments}, iPads: {ipads}). Avsluta dess tilldelningar, och vänta tills den är borta från alla iPads.',
    en: 'The profile is in use (assignments: {assignments}, iPads: {ipads}). End its assignments, and wait until it has gone from all iPads.',
  },
  'refusal.profile-rolled-out': {
    sv: 'Profilen är utrullad till iPaden. Rulla ut en annan version, eller undanta iPaden från tilldelningen.',
    en: 'This profile is rolled out to the iPad. Roll out another version, or leave the iPad out of the assignment.',
  },
  'refusal.profile-strands': {
    sv: 'Ändringen skulle stänga ute iPaden från nätet eller låsa ute den som använder den.',
    en: 'The change would cut the iPad off from its network, or lock out whoever uses it.',
  },
  'refusal.profile-may-strand': {
    sv: 'iPaden kan förlora sitt sista nät, och då går inget mer att skicka till den. Skriv varför det ska göras ändå.',
    en: 'The iPad may lose its last network, and then nothing more can be sent to it. Write a reason to do it anyway.',
  },
  'refusal.profile-value-missing': {
    sv: 'Profilen behöver uppgifter som saknas för den här iPaden, så den skickas inte.',
    en: 'The profile needs values that are not known for this iPad, so it is not sent.',
  },
  'refusal.profile-unwritable': {
    sv: 'En uppgift om iPaden eller låntagaren innehåller tecken som inte får stå i en profil. Rätta uppgiften först.',
    en: 'A detail of this iPad or its borrower contains characters that a profile cannot carry. Correct it first.',
  },
  'refusal.profile-no-certificate': {
    sv: 'Profilen innehåller hemligheter, och iPaden har inget certifikat att kryptera dem för.',
    en: 'The profile holds secrets, and the iPad has no certificate that they can be encrypted for.',
  },
  'refusal.profile-value': {
    sv: 'Ett värde i profilen går inte att skriva.',
    en: 'A value in the profile cannot be written.',
  },
  'refusal.identifier-taken': {
    sv: 'En annan profil har samma identifierare. På en iPad skulle den ena ersätta den andra.',
    en: 'Another profile has this identifier. On an iPad one would replace the other.',
  },
  'reason.identifier-taken': {
    sv: 'Profilen ”{name}” har samma identifierare. På en iPad skulle den ena ersätta den andra. Spara det här som en ny version av den, eller byt identifierare.',
    en: 'The profile “{name}” has this identifier. On an iPad one would replace the other. Save this as a new version of it, or change the identifier.',
  },
  'refusal.identifier-changed': {
    sv: 'Identifieraren måste vara densamma, annars behåller iPads den gamla profilen vid sidan av den nya.',
    en: 'The identifier must stay the same, or iPads keep the old profile as well as the new one.',
  },
  'refusal.version-approved': {
    sv: 'Versionen är redan godkänd.',
    en: 'This version has already been approved.',
  },
  'refusal.own-version': {
    sv: 'Någon annan måste godkänna det du har skrivit eller sparat.',
    en: 'Another person must approve what you have written or saved.',
  },
  'refusal.profile-refused': {
    sv: 'Profilen har fel som skulle skada iPads. Rätta dem först.',
    en: 'The profile has errors that would harm iPads. Correct them first.',
  },
  'refusal.policy-draft': {
    sv: 'Säkerhetspolicyn är bara ett utkast. Den måste godkännas först.',
    en: 'The security policy is only a draft. It must be approved first.',
  },
  'refusal.policy-superseded': {
    sv: 'En nyare version av säkerhetspolicyn gäller. Använd den.',
    en: 'A newer version of the security policy is in force. Use that one.',
  },
  'refusal.checklist-unanswered': {
    sv: 'Checklistan har frågor utan svar, eller saknar frågor. Skriv en ny version med svar.',
    en: 'The checklist has questions without an answer, or no questions. Write a new version with answers.',
  },
  'refusal.policy-unknown': {
    sv: 'Säkerhetspolicyn finns inte.',
    en: 'There is no such security policy.',
  },
  'refusal.policy-invalid': {
    sv: 'Säkerhetspolicyn är inte rätt ifylld. Rätta den och spara igen.',
    en: 'The security policy is not filled in correctly. Correct it and save again.',
  },
  'refusal.policy-approved': {
    sv: 'Policyn är redan godkänd.',
    en: 'This policy has already been approved.',
  },
  'refusal.own-policy': {
    sv: 'Någon annan måste godkänna det du har skrivit.',
    en: 'Another person must approve what you have written.',
  },

  'refusal.profile-too-large': {
    sv: 'Filen är större än 5 MB.',
    en: 'The file is larger than 5 MB.',
  },
  'refusal.profile-empty': { sv: 'Filen är tom.', en: 'The file is empty.' },
  'refusal.profile-binary': {
    sv: 'Profilen är i binär form. Spara den som XML (plutil -convert xml1).',
    en: 'The profile is in binary form. Save it as XML (plutil -convert xml1).',
  },
  'reason.profile-broken-too-large': { sv: 'Filen är för stor.', en: 'The file is too large.' },
  'reason.profile-broken-too-deep': {
    sv: 'Filen har för många nivåer i varandra: rad {line}, tecken {column}.',
    en: 'The file has too many nested levels: line {line}, character {column}.',
  },
  'reason.profile-broken-too-many-values': {
    sv: 'Filen har för många värden: rad {line}, tecken {column}.',
    en: 'The file has too many values: line {line}, character {column}.',
  },
  'reason.profile-broken-encoding': { sv: 'Filen är inte UTF-8.', en: 'The file is not UTF-8.' },
  'reason.profile-broken-doctype': {
    sv: 'DOCTYPE är inte Apples: rad {line}, tecken {column}.',
    en: 'The DOCTYPE is not Apple’s: line {line}, character {column}.',
  },
  'reason.profile-broken-entity': {
    sv: 'Okänd entitet (skriv &amp; för ett &-tecken): rad {line}, tecken {column}.',
    en: 'Unknown entity (write &amp; for an ampersand): line {line}, character {column}.',
  },
  'reason.profile-broken-markup': {
    sv: 'En tagg är felskriven eller inte stängd: rad {line}, tecken {column}.',
    en: 'A tag is misspelt or not closed: line {line}, character {column}.',
  },
  'reason.profile-broken-structure': {
    sv: 'En tagg är okänd eller står på fel ställe: rad {line}, tecken {column}.',
    en: 'A tag is unknown or in the wrong place: line {line}, character {column}.',
  },
  'reason.profile-broken-key': {
    sv: 'En nyckel finns två gånger eller saknar värde: rad {line}, tecken {column}.',
    en: 'A key appears twice or has no value: line {line}, character {column}.',
  },
  'reason.profile-broken-number': {
    sv: 'Ett tal går inte att läsa: rad {line}, tecken {column}.',
    en: 'A number cannot be read: line {line}, character {column}.',
  },
  'reason.profile-broken-date': {
    sv: 'En tidpunkt är felskriven (rätt: 2026-11-22T14:05:00Z): rad {line}, tecken {column}.',
    en: 'A time is malformed (correct: 2026-11-22T14:05:00Z): line {line}, character {column}.',
  },
  'reason.profile-broken-data': {
    sv: 'Binärdata är inte base64: rad {line}, tecken {column}.',
    en: 'Binary data is not base64: line {line}, character {column}.',
  },
  'refusal.profile-armoured': {
    sv: 'Filen är en signatur skriven som text (PEM). Skicka själva .mobileconfig-filen, signerad i binär form (DER) eller osignerad.',
    en: 'The file is a signature written as text (PEM). Send the .mobileconfig file itself, signed in binary form (DER) or unsigned.',
  },
  'refusal.profile-not-a-profile': {
    sv: 'Filen är inte en konfigurationsprofil. En sådan är XML, slutar på .mobileconfig och har PayloadType Configuration.',
    en: 'The file is not a configuration profile. Such a file is XML, ends in .mobileconfig and has PayloadType Configuration.',
  },
  'refusal.profile-encrypted': {
    sv: 'Profilen är krypterad för en viss iPad och kan inte läsas. Hämta den okrypterad där den gjordes.',
    en: 'The profile is encrypted for one particular iPad and cannot be read. Download it unencrypted from where it was made.',
  },
  'refusal.profile-signature': {
    sv: 'Signaturen stämmer inte: filen är ändrad, krypterad eller inte en signerad profil.',
    en: 'The signature is not valid: the file has been changed, is encrypted or is not a signed profile.',
  },
  'refusal.profile-signer-expired': {
    sv: 'Profilen är signerad med ett certifikat som har gått ut. Hämta den osignerad eller signerad på nytt.',
    en: 'The profile is signed with a certificate that has expired. Download it unsigned or signed again.',
  },
} as const satisfies Record<string, Text>
