import { type Text } from './texts.ts'

export const doublesTexts = {
  'doubles.title': { sv: 'Dubbletter', en: 'Duplicates' },
  'doubles.lead': {
    sv: 'Par som troligen är samma person. Personer med skyddad identitet föreslås aldrig här.',
    en: 'Pairs that are probably the same person. People with a protected identity are never suggested here.',
  },
  'doubles.find': { sv: 'Hitta dubbletter', en: 'Find duplicates' },
  'doubles.none.title': { sv: 'Inga dubbletter', en: 'No duplicates' },
  'doubles.none.text': {
    sv: 'Alla i registret verkar vara olika personer. Du kan ändå slå ihop två från en av deras sidor.',
    en: 'Everyone in the register appears to be a different person. You can still merge two people from the page of either one.',
  },
  'doubles.likely': { sv: 'Troligen samma', en: 'Probably the same' },
  'doubles.possible': { sv: 'Kanske samma', en: 'Possibly the same' },
  'doubles.compare': { sv: 'Jämför', en: 'Compare' },
  'doubles.apart': { sv: 'Två olika personer', en: 'Two different people' },
  'doubles.because.same-name': { sv: 'Samma namn', en: 'Same name' },
  'doubles.because.alike-name': { sv: 'Nästan samma namn', en: 'Almost the same name' },
  'doubles.because.same-given-name': { sv: 'Samma förnamn', en: 'Same given name' },
  'doubles.because.same-phone': { sv: 'Samma telefon', en: 'Same phone' },
  'doubles.because.same-mailbox': { sv: 'Samma e-postlåda', en: 'Same mailbox' },
  'doubles.because.same-local-part': {
    sv: 'Samma e-postnamn hos olika leverantörer',
    en: 'Same e-mail name at different providers',
  },

  'merge.start': { sv: 'Slå ihop med en annan person', en: 'Merge with another person' },
  'merge.with.title': { sv: 'Vem är samma person som {name}?', en: 'Who is the same person as {name}?' },
  'merge.with.lead': {
    sv: 'Sök upp den andra raden. Sedan jämför du dem innan något ändras.',
    en: 'Find the other entry. You then compare them before anything is changed.',
  },
  'merge.title': { sv: 'Är det samma person?', en: 'Is it the same person?' },
  'merge.lead': {
    sv: 'Uppdrag, lån, kvittenser och ärenden från båda samlas hos den som blir kvar.',
    en: 'Mandates, loans, receipts and cases from both are gathered under the one that is kept.',
  },
  'merge.points.loans': { sv: 'Lån', en: 'Loans' },
  'merge.points.forms': { sv: 'Undertecknade kvittenser', en: 'Signed receipts' },
  'merge.points.incidents': { sv: 'Ärenden', en: 'Cases' },
  'merge.keep': { sv: 'Vad ska gälla?', en: 'What is correct?' },
  'merge.email': { sv: 'E-postadress', en: 'E-mail address' },
  'merge.email.hint': {
    sv: 'Raden med den adressen blir kvar. Den andra raden försvinner, och dess adress leder hit.',
    en: 'The entry with this address is kept. The other entry is removed, and its address leads here.',
  },
  'merge.nothing': { sv: 'Inget', en: 'None' },
  'merge.reason': { sv: 'Varför slår du ihop dem?', en: 'Why are you merging them?' },
  'merge.reason.hint': {
    sv: 'Minst en av dem har skyddad identitet. Ditt namn och skälet skrivs i händelseloggen.',
    en: 'At least one of them has a protected identity. Your name and the reason are written in the audit log.',
  },
  'merge.for-good': {
    sv: 'Det går inte att ångra. Blir det fel får du lägga till personen på nytt och rätta allt för hand.',
    en: 'This cannot be undone. If it turns out to be wrong you have to add the person again and correct everything by hand.',
  },
  'merge.papers': {
    sv: 'Undertecknade kvittenser ändras inte. Där står namnet som det var.',
    en: 'Signed receipts are not changed. They keep the name as it was.',
  },
  'merge.do': { sv: 'Slå ihop till en person', en: 'Merge into one person' },
  'merge.not-same': {
    sv: 'Är det två olika personer? Då föreslås de inte igen.',
    en: 'Are they two different people? Then they are not suggested again.',
  },
  'said.merged': { sv: 'De två är nu en person.', en: 'The two are now one person.' },
  'said.kept-apart': { sv: 'De föreslås inte igen.', en: 'They will not be suggested again.' },

  'refusal.merge-same': { sv: 'Välj två olika rader.', en: 'Choose two different entries.' },
  'refusal.merge-reason': {
    sv: 'Skriv varför: minst en av dem har skyddad identitet.',
    en: 'Write why: at least one of them has a protected identity.',
  },
  'refusal.merge-unseen': {
    sv: 'Namn och telefon förs inte över när någon av dem har skyddad identitet.',
    en: 'Name and phone are not carried over when one of them has a protected identity.',
  },
  'refusal.merge-seats': {
    sv: 'Båda har uppdrag i samma nämnd under samma dagar, men med olika roll eller vikt. Rätta ett av dem först.',
    en: 'Both have a mandate in the same committee on the same days, but with a different role or weight. Correct one of them first.',
  },
} as const satisfies Record<string, Text>
