import { type Text } from './texts.ts'

export const doublesTexts = {
  'doubles.title': { sv: 'Dubbletter', en: 'Doubles' },
  'doubles.lead': {
    sv: 'Par som troligen är samma person. Ingen med skyddad identitet föreslås här.',
    en: 'Pairs that are probably the same person. Nobody with a protected identity is proposed here.',
  },
  'doubles.find': { sv: 'Hitta dubbletter', en: 'Find doubles' },
  'doubles.none.title': { sv: 'Inga dubbletter', en: 'No doubles' },
  'doubles.none.text': {
    sv: 'Alla i registret verkar vara olika personer. Du kan ändå slå ihop två från en av deras sidor.',
    en: 'Everybody in the register seems to be somebody else. You can still merge two from the page of either.',
  },
  'doubles.likely': { sv: 'Troligen samma', en: 'Probably the same' },
  'doubles.possible': { sv: 'Kanske samma', en: 'Perhaps the same' },
  'doubles.compare': { sv: 'Jämför', en: 'Compare' },
  'doubles.apart': { sv: 'Två olika personer', en: 'Two different people' },
  'doubles.because.same-name': { sv: 'Samma namn', en: 'Same name' },
  'doubles.because.alike-name': { sv: 'Nästan samma namn', en: 'Almost the same name' },
  'doubles.because.same-given-name': { sv: 'Samma förnamn', en: 'Same given name' },
  'doubles.because.same-phone': { sv: 'Samma telefon', en: 'Same phone' },
  'doubles.because.same-mailbox': { sv: 'Samma brevlåda', en: 'Same mailbox' },
  'doubles.because.same-local-part': {
    sv: 'Samma e-postnamn hos olika leverantörer',
    en: 'Same e-mail name at different providers',
  },

  'merge.start': { sv: 'Slå ihop med annan', en: 'Merge with another' },
  'merge.with.title': { sv: 'Vem är samma person som {name}?', en: 'Who is the same person as {name}?' },
  'merge.with.lead': {
    sv: 'Sök upp den andra raden. Sedan jämför du dem innan något ändras.',
    en: 'Find the other row. Then you compare them before anything is changed.',
  },
  'merge.title': { sv: 'Är det samma person?', en: 'Is it the same person?' },
  'merge.lead': {
    sv: 'Uppdrag, lån, blanketter och ärenden från båda samlas hos den som blir kvar.',
    en: 'Mandates, loans, forms and cases of both are gathered with the one who stays.',
  },
  'merge.points.loans': { sv: 'Lån', en: 'Loans' },
  'merge.points.forms': { sv: 'Undertecknade blanketter', en: 'Signed forms' },
  'merge.points.incidents': { sv: 'Ärenden', en: 'Cases' },
  'merge.keep': { sv: 'Vad ska gälla?', en: 'What is right?' },
  'merge.email': { sv: 'E-postadress', en: 'E-mail address' },
  'merge.email.hint': {
    sv: 'Raden med den adressen blir kvar. Den andra raden försvinner, och dess adress leder hit.',
    en: 'The row with this address stays. The other row goes, and its address leads here.',
  },
  'merge.nothing': { sv: 'Inget', en: 'None' },
  'merge.reason': { sv: 'Varför slår du ihop dem?', en: 'Why do you merge them?' },
  'merge.reason.hint': {
    sv: 'Minst en av dem har skyddad identitet. Ditt namn och skälet skrivs i loggen.',
    en: 'At least one of them has a protected identity. Your name and the reason go into the log.',
  },
  'merge.for-good': {
    sv: 'Det går inte att ångra. Blir det fel får du lägga till personen på nytt och rätta allt för hand.',
    en: 'It cannot be undone. If you are wrong you have to add the person anew and correct everything by hand.',
  },
  'merge.papers': {
    sv: 'Undertecknade papper ändras inte: där står namnet som det var.',
    en: 'Signed papers are not changed: the name stands there as it was.',
  },
  'merge.do': { sv: 'Slå ihop till en person', en: 'Merge into one person' },
  'merge.not-same': {
    sv: 'Är det två olika personer? Då föreslås de inte igen.',
    en: 'Are they two different people? Then they are not proposed again.',
  },
  'said.merged': { sv: 'De två är nu en person.', en: 'The two are one person now.' },
  'said.kept-apart': { sv: 'De föreslås inte igen.', en: 'They are not proposed again.' },

  'refusal.merge-same': { sv: 'Välj två olika rader.', en: 'Choose two different rows.' },
  'refusal.merge-reason': {
    sv: 'Skriv varför: minst en av dem har skyddad identitet.',
    en: 'Write why: at least one of them has a protected identity.',
  },
  'refusal.merge-unseen': {
    sv: 'Namn och telefon förs inte över när någon av dem har skyddad identitet.',
    en: 'Names and telephone are not carried over when one of them has a protected identity.',
  },
  'refusal.merge-seats': {
    sv: 'Båda har uppdrag i samma nämnd under samma dagar, men med olika roll eller vikt. Rätta det ena först.',
    en: 'Both have a mandate in the same body on the same days, with another role or weight. Correct one of them first.',
  },
} as const satisfies Record<string, Text>
