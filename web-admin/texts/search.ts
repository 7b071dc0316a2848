import { type Text } from './texts.ts'

/** The search that stands on every page. */
export const searchTexts = {
  'search.title': { sv: 'Sök', en: 'Search' },
  'search.label': { sv: 'Sök i allt', en: 'Search everything' },
  'search.hint': {
    sv: 'Namn, märkning, serienummer, stöldmärkning, kvittens, ärende eller nämnd',
    en: 'Name, tag, serial number, theft mark, receipt, case or committee',
  },
  'search.key': { sv: 'Tryck / för att söka', en: 'Press / to search' },
  'search.for': { sv: 'Sökning: {q}', en: 'Search: {q}' },
  'search.found': { sv: '{count} träffar', en: '{count} matches' },
  'search.first': { sv: 'De {count} första träffarna', en: 'The first {count} matches' },
  'search.found.one': { sv: 'En träff', en: 'One match' },
  'search.empty.title': { sv: 'Vad letar du efter?', en: 'What are you looking for?' },
  'search.empty.text': {
    sv: 'Skriv minst två tecken. En hel märkning, ett serienummer eller ett ärendenummer leder direkt till sidan.',
    en: 'Write at least two characters. A whole tag, serial number or case number leads straight to its page.',
  },
  'search.none.title': { sv: 'Inget stämmer', en: 'Nothing matches' },
  'search.none.text': {
    sv: 'Pröva början av ett namn eller en märkning, eller de fyra eller sex sista tecknen i serienumret. Personer med skyddad identitet hittas bara med sin kod.',
    en: 'Try the beginning of a name or tag, or the last four or six characters of the serial number. People with a protected identity are found only by their code.',
  },
  'search.kind.device': { sv: 'iPads', en: 'iPads' },
  'search.kind.person': { sv: 'Personer', en: 'People' },
  'search.kind.loan': { sv: 'Lån', en: 'Loans' },
  'search.kind.case': { sv: 'Ärenden', en: 'Cases' },
  'search.kind.body': { sv: 'Nämnder och bolag', en: 'Committees and companies' },
  'search.more': { sv: 'Visa alla', en: 'Show all' },
  'search.exact': { sv: 'Exakt träff', en: 'Exact match' },
  'search.suggestions': { sv: 'Förslag', en: 'Suggestions' },
  'search.count.none': { sv: 'Inget stämmer.', en: 'Nothing matches.' },
  'search.count.one': {
    sv: 'Ett förslag. Välj med pil ned.',
    en: 'One suggestion. Press the down arrow to choose.',
  },
  'search.count': {
    sv: '{count} förslag. Välj med pil ned.',
    en: '{count} suggestions. Press the down arrow to choose.',
  },
} as const satisfies Record<string, Text>
