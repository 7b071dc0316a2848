import { type Text } from './texts.ts'

/** What all lists have: columns to choose, files to take along. */
export const tableTexts = {
  'table.columns': { sv: 'Kolumner', en: 'Columns' },
  'table.columns.shown': { sv: 'Kolumner som visas', en: 'Columns that are shown' },
  'table.columns.save': { sv: 'Visa', en: 'Show' },
  'table.columns.reset': { sv: 'Återställ', en: 'Reset' },
  'table.xlsx': { sv: 'Excel', en: 'Excel' },
  'table.csv': { sv: 'CSV', en: 'CSV' },
  'refusal.list-too-long': {
    sv: 'Det är mer än en fil rymmer. Begränsa filtret.',
    en: 'This is more than a file holds. Narrow the filter.',
  },
  'audit.kind.list': { sv: 'Lista', en: 'List' },
  'audit.did.lists.export': { sv: 'Tog ut en lista som fil', en: 'Took a list along as a file' },

  'stale.met': {
    sv: 'Någon annan sparade medan du skrev. Det du skrev finns kvar nedan. Spara igen om det ska gälla.',
    en: 'Somebody else saved while you were writing. What you wrote still stands below. Save again if it is to hold.',
  },
  'stale.theirs': { sv: 'Det här ändrade den andra', en: 'This is what the other changed' },
  'stale.clash': { sv: 'Du har skrivit något annat', en: 'You wrote something else' },
  'stale.other': { sv: 'ändrat', en: 'changed' },
  'stale.empty': { sv: 'tomt', en: 'empty' },

  'nav.loans': { sv: 'Lån', en: 'Loans' },
  'loans.title': { sv: 'Lån', en: 'Loans' },
  'loans.filter.state': { sv: 'Läge', en: 'State' },
  'loans.filter.open': { sv: 'Pågående', en: 'Open' },
  'loans.filter.overdue': { sv: 'Försenade', en: 'Overdue' },
  'loans.filter.body': { sv: 'Nämnd eller bolag', en: 'Committee or company' },
  'loans.none.title': { sv: 'Inga lån stämmer', en: 'No loan matches' },
  'loans.none.text': { sv: 'Ändra filtret eller rensa det.', en: 'Change the filter or clear it.' },
  'loans.empty.title': { sv: 'Inga lån ännu', en: 'No loans yet' },
  'loans.empty.text': {
    sv: 'När en iPad lämnas ut står lånet här.',
    en: 'When an iPad is handed out, its loan stands here.',
  },
  'loan.column.borrower': { sv: 'Låntagare', en: 'Borrower' },
  'loan.column.bodies': { sv: 'För', en: 'For' },
  'loan.column.handed-out': { sv: 'Utlämnad', en: 'Handed out' },
  'loan.column.due': { sv: 'Åter senast', en: 'Due back' },
  'loan.column.returned': { sv: 'Återlämnad', en: 'Returned' },
  'loan.column.condition': { sv: 'Skick', en: 'Condition' },
  'loan.column.accessories': { sv: 'Tillbehör', en: 'Accessories' },

  'cases.title': { sv: 'Alla ärenden', en: 'All cases' },
  'cases.filter.kind': { sv: 'Slag', en: 'Kind' },
  'cases.filter.state': { sv: 'Läge', en: 'State' },
  'cases.none.title': { sv: 'Inga ärenden stämmer', en: 'No case matches' },
  'cases.none.text': { sv: 'Ändra filtret eller rensa det.', en: 'Change the filter or clear it.' },
  'cases.empty.title': { sv: 'Inga ärenden ännu', en: 'No cases yet' },
  'case.column.police': { sv: 'Polisens nummer', en: 'Police number' },
  'case.column.closed': { sv: 'Avslutat', en: 'Closed' },
} as const satisfies Record<string, Text>
